using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Propose;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>What is said of a change, as the form of its page holds it: what was saved, or what was typed and could not be.</summary>
public sealed record ChangeForm
{
    public const string MinorField = "kind:";

    public const string ReadersField = "read:";

    public const string LostField = "lost";

    public const int LongestException = 1000;

    private const int MostLost = 100;

    public required int Stamp { get; init; }

    public required string Note { get; init; }

    public required string Why { get; init; }

    /// <summary>As a date field takes it; empty: at once.</summary>
    public required string Date { get; init; }

    /// <summary>Whether it waits for a date.</summary>
    public required bool IsDated { get; init; }

    /// <summary>The planned texts that it takes away or moves, as far as its author has ticked them; see <see cref="Proposal.Loses"/>.</summary>
    public required ImmutableArray<string> Loses { get; init; }

    /// <summary>Why a planned text is cancelled by it.</summary>
    public required string Exception { get; init; }

    public required ImmutableHashSet<string> Minor { get; init; }

    public required ImmutableDictionary<string, ImmutableArray<string>> Readers { get; init; }

    /// <summary>As it was saved. Where nothing was said of it yet, the readers are those that each document names itself.</summary>
    public static ChangeForm Of(Proposal proposal, ImmutableArray<ChangedFile> texts)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        var isFresh = proposal is { Note: "", Why: "" } && texts.All(text => text.File.MustRead.IsEmpty);
        return new ChangeForm
        {
            Stamp = proposal.Stamp,
            Note = proposal.Note,
            Why = proposal.Why,
            Date = proposal.Effective,
            IsDated = proposal.Effective.Length > 0,
            Loses = proposal.Loses,
            Exception = proposal.Exception,
            Minor = [.. texts.Where(text => text.File.IsMinor).Select(text => text.File.Path)],
            Readers = texts.DistinctBy(text => text.File.Path).ToImmutableDictionary(text => text.File.Path, text => isFresh ? text.Document?.MustRead ?? [] : text.File.MustRead),
        };
    }

    /// <summary>As it was typed; what it does not bring stays as it was.</summary>
    /// <param name="audiences">Those of the library; readers that are none of them are left out.</param>
    public static ChangeForm Of(IFormCollection typed, ChangeForm saved, ImmutableArray<ChangedFile> texts, IReadOnlyCollection<string> audiences)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(saved);
        var paths = texts.Select(text => text.File.Path).Distinct(StringComparer.Ordinal).ToList();
        return new ChangeForm
        {
            Stamp = int.TryParse(typed["stamp"], NumberStyles.None, CultureInfo.InvariantCulture, out var stamp) ? stamp : -1,
            Note = OneLine(typed["note"].ToString()),
            Why = typed["why"].ToString().Trim().ReplaceLineEndings("\n"),
            Date = typed["date"].ToString().Trim(),
            IsDated = typed["when"] == "date",
            Loses = [.. typed[LostField].OfType<string>().Where(key => LostUpcoming.TryParse(key) is not null).Take(MostLost)],
            Exception = typed.ContainsKey("exception") ? OneLine(typed["exception"].ToString()) : saved.Exception,
            Minor = [.. paths.Where(path => typed[MinorField + path] == "minor")],
            Readers = paths.ToImmutableDictionary(
                path => path,
                path => (ImmutableArray<string>)[.. typed[ReadersField + path].OfType<string>().Where(reader => audiences.Contains(reader) || saved.Readers[path].Contains(reader)).Distinct(StringComparer.Ordinal)]),
        };
    }

    /// <summary>The word for what keeps it from being saved; null: nothing.</summary>
    public string? Fault =>
        Note.Length > Proposal.LongestNote ? "proposal.wrong.note-long"
        : Why.Length > Proposal.LongestWhy ? "proposal.wrong.why-long"
        : Exception.Length > LongestException ? "proposal.wrong.why-long"
        : IsDated && !DeclaredMoment.TryParse(Date, out _) ? "proposal.wrong.date"
        : null;

    /// <summary>The word for what keeps it from being sent; null: nothing.</summary>
    public string? FaultOfSending => Fault ?? (Note.Length == 0 ? "proposal.wrong.note" : null);

    public ProposalFacts Facts => new()
    {
        Note = Note,
        Why = Why,
        Effective = IsDated ? Date : "",
        Loses = Loses,
        Exception = Exception,
        Minor = Minor,
        MustRead = Readers,
    };

    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
}
