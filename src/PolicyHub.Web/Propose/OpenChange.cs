using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Pages;

namespace PolicyHub.Web.Propose;

/// <summary>A change as whoever asks sees it, with its documents as they were and as they become.</summary>
public sealed record OpenChange(ProposalView View, ImmutableArray<ChangedFile> Texts)
{
    public Proposal Proposal => View.Proposal;

    public bool IsAuthor => View.Roles.Contains(ProposalRole.Author);

    public bool IsWritten => IsAuthor && ProposalFlow.IsWritten(View.State);

    /// <summary>An administrator who has nothing else to do with it gives its steps to others and sees no text of it.</summary>
    public bool IsLimited => IsLimitedFor(View);

    public static bool IsLimitedFor(ProposalView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Roles.All(role => role == ProposalRole.Administrator);
    }

    /// <summary>What it is called: what staff do differently, else its documents.</summary>
    public string Title(Visit visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return IsLimited ? visit.Format("proposal.number", Proposal.Number)
            : Proposal.Note.Length > 0 ? Proposal.Note
            : visit.Format("proposal.title.of", Texts.IsEmpty ? visit["proposal.title.nothing"] : string.Join(", ", Texts.DistinctBy(text => text.Path).Take(3).Select(text => text.Title)));
    }

    /// <summary>What puts its day into its texts.</summary>
    public EffectiveDay Day(Visit visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return new EffectiveDay(Texts, visit.Clock, visit.Today.Settings.Zone);
    }

    /// <summary>Documents whose planned text the change would cancel, as it goes on from another, and the day of that.</summary>
    public IEnumerable<(ChangedFile Text, DateTimeOffset At)> Cancels(Visit visit) =>
        Texts.Where(text => !text.IsUpcoming && text.Path.IsDocument).Select(text => (Text: text, Planned: PlannedOf(text, visit)))
            .Where(pair => pair.Planned is { Version.Blob: { } blob } && Texts.All(other => other.File.Path != pair.Text.File.Path || GoesOnFrom(other.File) != blob.Hex))
            .Select(pair => (pair.Text, pair.Planned!.Value.At));

    private static (DocumentVersion Version, DateTimeOffset At)? PlannedOf(ChangedFile text, Visit visit) =>
        visit.Today.Find(LibraryPath.TryParse(text.File.From, out var moved) ? moved : text.Path, visit.Reader)?.Upcoming;

    private static string GoesOnFrom(ProposalFile file) => file.Origin.Length > 0 ? file.Origin : file.Base;
}
