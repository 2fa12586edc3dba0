using System.Collections.Immutable;
using PolicyHub.Content;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Mail;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Pages.Mine;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Propose;

/// <summary>
/// Tells whom it concerns that a planned text does not come as planned, once the change that does so is published: who wrote it, who approved it, and whoever holds a position that owns its
/// document. They find it under My work, and in their mail.
/// </summary>
public sealed class LostPlans(MailPost post, ProposalBook book, ApprovalBook approvals, PeopleBook people, CurrentEdition current, TimeProvider time, ILogger<LostPlans> log)
{
    /// <summary>How long it is told under My work.</summary>
    public static readonly TimeSpan ToldFor = TimeSpan.FromDays(30);

    /// <summary>Those of the last weeks that concern somebody, the latest first.</summary>
    public async Task<ImmutableArray<(Proposal Proposal, LostUpcoming Lost)>> OfAsync(Guid person, ImmutableArray<string> positions, Visit visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return
        [
            .. from proposal in await book.PublishedSinceAsync(time.GetUtcNow() - ToldFor, cancellation)
               from lost in Of(proposal)
               let concerns = ConcernedBy(visit.Today, lost)
               where concerns.People.Contains(person) || concerns.Positions.Intersect(positions).Any()
               select (proposal, lost),
        ];
    }

    /// <summary>Tells by e-mail of what was just published; nobody waits for it.</summary>
    public async Task TellAsync(Proposal proposal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        if (!post.IsOn || proposal.Published.IsEmpty)
        {
            return;
        }

        try
        {
            var (edition, words) = (current.Value, current.Value.Settings.Words);
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), edition.Settings.Zone).DateTime);
            foreach (var lost in Of(proposal))
            {
                var (ids, positions) = ConcernedBy(edition, lost);
                var told = (await approvals.HoldersAsync(positions, today, cancellation)).SelectMany(group => group).ToList();
                foreach (var id in ids)
                {
                    told.AddRange(await people.FindAsync(id, cancellation) is { } person ? [person] : []);
                }

                var title = edition.Find(lost.Path, Reader.Auditor)?.Title ?? lost.Path.Name;
                var day = TimeZoneInfo.ConvertTime(lost.At, edition.Settings.Zone).ToString("d MMM yyyy", System.Globalization.CultureInfo.CurrentCulture);
                foreach (var person in told.DistinctBy(person => person.Id).Where(person => person.Email is { Length: > 0 } && person.Id != proposal.AuthorId))
                {
                    post.Send(new HubMail(
                        person.Email!,
                        words.Format("mail.lost.subject", title),
                        $"{words.Format("mail.lost.text", title, day, proposal.AuthorName)}\n\n{post.Link(WorkLinks.Page)}\n\n{words.Format("mail.foot", edition.Settings.Name)}\n"));
                }
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            log.LogWarning(failure, "It could not be found out whom to tell by e-mail of a planned text that does not come.");
        }
    }

    private static IEnumerable<LostUpcoming> Of(Proposal proposal) => proposal.Loses.Select(LostUpcoming.TryParse).OfType<LostUpcoming>();

    /// <summary>As the commit says that published what was planned, and as its document names its owners.</summary>
    private static (ImmutableHashSet<Guid> People, ImmutableArray<string> Positions) ConcernedBy(Edition edition, LostUpcoming lost)
    {
        var found = edition.Catalogue.Documents.Select(history => (History: history, Version: history.Versions.LastOrDefault(version => version.Blob == lost.Blob))).FirstOrDefault(pair => pair.Version is not null);
        var signed = found.Version?.Commit.Trailers.Where(trailer => trailer.Key is "Proposed-by" or "Approved-by").Select(trailer => PersonIn(trailer.Value)).OfType<Guid>() ?? [];
        return ([.. signed], edition.Find(found.History?.Path ?? lost.Path, Reader.Auditor)?.Document.Owners ?? []);
    }

    /// <summary>Who a trailer of ours names: their id stands where others have an address.</summary>
    private static Guid? PersonIn(string trailer) =>
        trailer.IndexOf('<', StringComparison.Ordinal) is >= 0 and var start && trailer.IndexOf('@', start) is > 0 and var end && Guid.TryParse(trailer.AsSpan(start + 1, end - start - 1), out var id) ? id : null;
}
