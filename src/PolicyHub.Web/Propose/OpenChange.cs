using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
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

    /// <summary>
    /// The planned texts that it takes away or moves: while it is written as they would be by now, and once it was sent as its author has confirmed them.
    /// </summary>
    public ImmutableArray<LostUpcoming> Lost(Visit visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        if (!ProposalFlow.IsWritten(View.State))
        {
            return [.. Proposal.Loses.Select(LostUpcoming.TryParse).OfType<LostUpcoming>()];
        }

        var day = Day(visit);
        return LostUpcoming.By(
            visit.Today,
            [
                .. Texts.Where(IsPublished).Select(text => new ComingText(
                    text.Path, LibraryPath.TryParse(text.File.From, out var from) ? from : null, text.File.Step, GoesOnFrom(text.File) is { Length: > 0 } origin ? new BlobId(origin) : null,
                    text.File.IsRescinded ? null : day.StartOf(Proposal, text), text.File.IsRescinded)),
            ],
            visit.Clock);
    }

    /// <summary>Today's text that nobody has changed stands where it stands, unless another one waits there.</summary>
    private static bool IsPublished(ChangedFile text) => text.IsChanged || text.IsUpcoming || GoesOnFrom(text.File) != text.File.Base;

    private static string GoesOnFrom(ProposalFile file) => file.Origin.Length > 0 ? file.Origin : file.Base;
}
