using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Feedback;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Feedback;
using PolicyHub.Web.Pages;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Propose;

/// <summary>A change as lists name it.</summary>
/// <param name="WaitsFor">The positions that are asked; empty: none is.</param>
/// <param name="Since">Since when it waits, or was changed last.</param>
public sealed record WorkChange(Proposal Proposal, string Title, ImmutableArray<string> WaitsFor, DateTimeOffset Since);

/// <summary>A document that takes effect, or ends, on a day to come.</summary>
public sealed record WorkUpcoming(DocumentHistory History, string Title, DateTimeOffset At, bool Ends);

/// <summary>All that waits for a person, or that they wait for.</summary>
public sealed record Work
{
    public required ImmutableArray<WorkChange> Writing { get; init; }

    public required ImmutableArray<WorkChange> ForMe { get; init; }

    public required ImmutableArray<WorkChange> ForOthers { get; init; }

    public required ImmutableArray<WorkChange> Ended { get; init; }

    public required ImmutableArray<(EditionDocument Document, DateOnly By)> Reviews { get; init; }

    public required ImmutableArray<WorkUpcoming> Upcoming { get; init; }

    public required ImmutableArray<(EditionDocument Document, ImmutableArray<Problem> Problems)> Problems { get; init; }

    public required ImmutableArray<FeedbackNote> Feedback { get; init; }

    /// <summary>What came from outside and waits until somebody decides about it.</summary>
    public required ImmutableArray<OutsideEntry> Outside { get; init; }

    /// <summary>What was planned and concerns them, and does not come as planned, by the change that did so.</summary>
    public required ImmutableArray<(Proposal Proposal, LostUpcoming Lost)> Lost { get; init; }
}

/// <summary>Puts together what waits for a person: changes, yeses, reviews, problems and notes of their own documents.</summary>
public sealed class WorkList(ProposalBook book, ApprovalBook approvals, FeedbackDesk feedback, LostPlans plans, OutsideChanges outside)
{
    /// <summary>How far ahead a review is named.</summary>
    public const int ReviewDays = 30;

    private const int MostEnded = 5;

    private const int MostUpcoming = 200;

    public async Task<Work> ReadAsync(HttpContext http, Colleague me, SignedIn person, Visit visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(me);
        ArgumentNullException.ThrowIfNull(visit);
        var own = await book.OfAuthorAsync(me.Id, cancellation);
        var forMe = await approvals.WaitingForAsync(me, cancellation);
        var ids = own.Concat(forMe.Select(one => one.Proposal)).Select(one => one.Id).ToList();
        var paths = await book.PathsAsync(ids, cancellation);
        var tasks = await approvals.OpenTasksAsync(ids, cancellation);
        var documents = Owned(person, visit);
        var today = me.Today;
        return new Work
        {
            Writing = [.. own.Where(one => ProposalFlow.IsWritten(one.State) || one.State == ProposalState.Rejected).Select(one => Change(one, one.Changed))],
            ForMe = [.. forMe.Select(one => Change(one.Proposal, one.Since))],
            ForOthers =
            [
                .. own.Where(one => one.State is ProposalState.Sent or ProposalState.Urgent or ProposalState.Approved or ProposalState.TakingBack)
                    .Select(one => Change(one, tasks[one.Id].Select(task => task.Asked!.Value).DefaultIfEmpty(one.Changed).Max())),
            ],
            Ended = [.. own.Where(one => ProposalFlow.IsClosed(one.State)).OrderByDescending(one => one.Closed).Take(MostEnded).Select(one => Change(one, one.Closed ?? one.Changed))],
            Reviews =
            [
                .. documents.Where(document => document.Document.ReviewBy <= today.AddDays(ReviewDays)).Select(document => (document, document.Document.ReviewBy!.Value))
                    .OrderBy(due => due.Value).ThenBy(due => due.document.Title, StringComparer.CurrentCulture),
            ],
            Upcoming = Upcoming(visit),
            Problems = Problems(documents, visit),
            Outside = await outside.ListAsync(http, visit),
            Feedback = await feedback.WaitingForAsync(person, visit, cancellation),
            Lost = await plans.OfAsync(me.Id, person.Positions, visit, cancellation),
        };

        WorkChange Change(Proposal one, DateTimeOffset since) => new(
            one, TitleOf(one, paths[one.Id], visit), [.. tasks[one.Id].SelectMany(task => task.Answerable).Distinct(StringComparer.Ordinal)], since);
    }

    /// <summary>What staff do differently from now on; where nobody has said so yet, the names of its documents.</summary>
    public static string TitleOf(Proposal proposal, IEnumerable<string> paths, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(visit);
        if (proposal.Note.Length > 0)
        {
            return proposal.Note;
        }

        var titles = paths.Take(3).Select(path => LibraryPath.TryParse(path, out var parsed) && visit.Today.Find(parsed, visit.Reader) is { } found ? found.Title : path).ToList();
        return visit.Format("proposal.title.of", titles.Count == 0 ? visit["proposal.title.nothing"] : string.Join(", ", titles));
    }

    /// <summary>Documents that a position of theirs owns; who holds none has those that they may write.</summary>
    private static List<EditionDocument> Owned(SignedIn person, Visit visit) =>
    [
        .. visit.Today.Documents(visit.Reader).Where(document => person.Positions.IsEmpty
            ? person.Is(Role.Author) && person.MayWrite(document.Document)
            : document.Document.Owners.Any(owner => person.Positions.Contains(owner))),
    ];

    private static ImmutableArray<(EditionDocument Document, ImmutableArray<Problem> Problems)> Problems(List<EditionDocument> documents, Visit visit)
    {
        var byFile = visit.Today.Problems.Where(problem => problem.Severity > Severity.Info && visit.Today.MayBeTold(problem, visit.Reader)).ToLookup(problem => problem.File, StringComparer.Ordinal);
        return
        [
            .. documents.Select(document => (document, (ImmutableArray<Problem>)[.. byFile[document.Path.Value].OrderByDescending(problem => problem.Severity).ThenBy(problem => problem.Position.Line)]))
                .Where(pair => pair.Item2.Length > 0).OrderBy(pair => pair.document.Title, StringComparer.CurrentCulture),
        ];
    }

    /// <summary>What is planned: the next text of each document, and the end of those that end.</summary>
    private static ImmutableArray<WorkUpcoming> Upcoming(Visit visit)
    {
        var (today, zone) = (visit.Today, visit.Today.Settings.Zone);
        var standing = today.Documents(visit.Reader).ToDictionary(document => document.History);
        var starts =
            from history in today.Catalogue.Documents
            where visit.Reader.MaySee(today.AccessOf(history))
            let next = Resolver.Upcoming(history.Versions, visit.Clock, zone)
            where next is not null && today.MaySee(history, next.Value.Version, visit.Reader)
            select new WorkUpcoming(history, standing.GetValueOrDefault(history)?.Title ?? history.Path.Name, next.Value.At, Ends: false);
        var ends = standing.Values.Where(document => document.RescindedAt > visit.Clock)
            .Select(document => new WorkUpcoming(document.History, document.Title, document.RescindedAt!.Value, Ends: true));
        return [.. starts.Concat(ends).OrderBy(one => one.At).ThenBy(one => one.Title, StringComparer.CurrentCulture).Take(MostUpcoming)];
    }
}
