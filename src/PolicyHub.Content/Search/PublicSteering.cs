using System.Collections.Immutable;

namespace PolicyHub.Content.Search;

/// <summary>
/// What of the files by which owners steer search may serve the public. They are written for staff: a word in them that the library knows,
/// and no public text holds, is a word of a hidden one.
/// </summary>
/// <param name="whole">The index of all documents.</param>
/// <param name="open">That of the public ones.</param>
internal sealed class PublicSteering(SearchIndex whole, SearchIndex open)
{
    /// <summary>Wordings with a hidden word are left out, and an entry to which no two are left.</summary>
    public SynonymSet Of(SynonymSet synonyms) => new(
    [
        .. from entry in synonyms.Entries
           where Reader.IsOpen(entry.Access)
           let words = Open(entry.Words)
           let means = Open(entry.Means)
           where words.Length > 0 && means.Length > 0
           select entry with { Words = words, Means = means },
    ]);

    /// <summary>Without the reasons and owners, which are told to staff.</summary>
    public IReadOnlyList<Pin> Of(IEnumerable<Pin> pins) =>
    [
        .. from pin in pins
           let asks = Open(pin.Asks)
           where asks.Length > 0
           select pin with { Asks = asks, Reason = "", Owner = "" },
    ];

    private ImmutableArray<string> Open(ImmutableArray<string> wordings) => [.. wordings.Where(wording => !whole.KnowsMoreOf(wording, open))];
}
