using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editing;

/// <summary>
/// A text that waits for its day, with a correction of today's text put in. It keeps its own date. Where both changed one paragraph, a person chooses; nothing is dropped.
/// </summary>
public sealed class CarriedText
{
    private readonly byte[] before;

    private CarriedText(byte[] before, TextMerge merge) => (this.before, Merge) = (before, merge);

    /// <summary>“Mine” is the upcoming text, “theirs” the corrected text of today.</summary>
    public TextMerge Merge { get; }

    /// <summary>The upcoming text with the correction; null while there is a conflict.</summary>
    public byte[]? Text => Merge.Conflicts.Any() ? null : Choose([]);

    /// <summary>Carries a correction into an upcoming text. Null: one of the three is no text.</summary>
    /// <param name="today">What is in effect, as it was before the correction.</param>
    /// <param name="corrected">The same with the correction.</param>
    /// <param name="upcoming">What waits for its day.</param>
    public static CarriedText? Of(ReadOnlySpan<byte> today, ReadOnlySpan<byte> corrected, ReadOnlySpan<byte> upcoming)
    {
        // The days on which the two take effect differ by their nature, so they never meet.
        var own = VersionFieldsReader.Read(today).Effective;
        var neutral = VersionFieldsReader.Read(corrected).Effective == own ? null : FrontMatterText.Set(corrected, "effective", own);
        return TextMerge.Of(today, upcoming, neutral ?? corrected) is { } merge ? new CarriedText(upcoming.ToArray(), merge) : null;
    }

    /// <summary>The upcoming text with the correction and a text for each conflict, and the date that it always had.</summary>
    /// <exception cref="ArgumentException">Not as many texts as conflicts.</exception>
    public byte[] Choose(IReadOnlyList<string> texts)
    {
        var chosen = Merge.Choose(texts);
        var own = VersionFieldsReader.Read(before).Effective;
        return VersionFieldsReader.Read(chosen).Effective == own ? chosen : FrontMatterText.Set(chosen, "effective", own) ?? chosen;
    }
}
