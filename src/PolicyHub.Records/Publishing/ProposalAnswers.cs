using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Publishing;

/// <summary>Takes what those say who are asked, each to the very change set that they have seen.</summary>
internal sealed class ProposalAnswers(IDbContextFactory<RecordsDb> records, AuditLog log, TimeProvider time)
{
    /// <summary>Somebody's yes to what they have seen. The last one makes it approved.</summary>
    /// <param name="hash">Of the change set that they have seen; where it is another by now, it is no yes to that.</param>
    /// <param name="exception">See <see cref="ApprovalGiven.Exception"/>.</param>
    public Task<ProposalOutcome> ApproveAsync(Guid id, Colleague by, string hash, string comment, string exception, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(comment);
        ArgumentNullException.ThrowIfNull(exception);
        return ProposalRows.ActAsync(records, log, id, by, ProposalAct.Approve, "approved", async (db, proposal, details) =>
        {
            if (await AnswerAsync(db, proposal, by, hash, isYes: true, ProposalAct.Approve, comment, exception.Trim(), details, cancellation) is { } refused)
            {
                return refused;
            }

            var (tasks, given, _) = await ProposalRows.StandingAsync(db, proposal, by, cancellation);
            if (Advance(proposal, tasks, [.. given, .. db.ChangeTracker.Entries<ApprovalGiven>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity)]))
            {
                proposal.State = ProposalFlow.Next(proposal.State, ProposalAct.Complete, ProposalRole.Hub)!.Value;
                proposal.Closed = proposal.State == ProposalState.Published ? time.GetUtcNow() : null;
                details.Add(("complete", "yes"));
            }

            return null;
        }, comment, cancellation);
    }

    /// <summary>Somebody's no, or what they ask to be changed; every yes that was given is void.</summary>
    public Task<ProposalOutcome> RefuseAsync(Guid id, Colleague by, string hash, string reason, ProposalAct act, string what, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(by);
        return string.IsNullOrWhiteSpace(reason)
            ? Task.FromResult<ProposalOutcome>(new ProposalOutcome.Refused(ProposalRefusal.Invalid))
            : ProposalRows.ActAsync(records, log, id, by, act, what, async (db, proposal, details) =>
            {
                var refused = await AnswerAsync(db, proposal, by, hash, isYes: false, act, reason, "", details, cancellation);
                if (refused is null)
                {
                    await ProposalRows.VoidAsync(db, proposal, cancellation);
                }

                return refused;
            }, reason, cancellation);
    }

    private async Task<ProposalOutcome.Refused?> AnswerAsync(
        RecordsDb db, Proposal proposal, Colleague by, string hash, bool isYes, ProposalAct act, string text, string exception, List<(string Name, string Value)> details, CancellationToken cancellation)
    {
        if (proposal.Hash != hash || text.Length > ProposalEntry.LongestText || exception.Length > ApprovalGiven.LongestException)
        {
            return new ProposalOutcome.Refused(proposal.Hash != hash ? ProposalRefusal.Stale : ProposalRefusal.Invalid);
        }

        var (tasks, given, _) = await ProposalRows.StandingAsync(db, proposal, by, cancellation);

        // The state has moved on in memory already; who was asked is told by the one before.
        var asked = ApprovalStanding.OpenTo(by, new Proposal
        {
            Id = proposal.Id,
            AuthorId = proposal.AuthorId,
            AuthorName = proposal.AuthorName,
            Writers = proposal.Writers,
            Made = proposal.Made,
            Changed = proposal.Changed,
            Revision = proposal.Revision,
            State = ProposalState.Sent,
        }, tasks, given, await ProposalRows.DeputiesAsync(db, by, cancellation)).ToList();
        if (asked.Count == 0)
        {
            return new ProposalOutcome.Refused(ProposalRefusal.NotAllowed);
        }

        var now = time.GetUtcNow();
        db.AddRange(asked.Select(one => new ApprovalGiven
        {
            Id = Guid.NewGuid(),
            TaskId = one.Task.Id,
            ProposalId = proposal.Id,
            Revision = proposal.Revision,
            Hash = hash,
            PersonId = by.Id,
            Name = by.Name,
            Address = by.Address,
            Position = one.Position,
            IsDeputy = one.IsDeputy,
            At = now,
            IsYes = isYes,
            Exception = exception,
        }));
        var position = asked[0].Position;
        db.Add(ProposalRows.Entry(proposal, act, by, position, now, text));
        proposal.Changed = now;
        details.AddRange([("position", string.Join(", ", asked.Select(one => one.Position).Distinct())), ("deputy", asked.Any(one => one.IsDeputy) ? "yes" : ""), ("at", InstantConverter.Write(now)), ("exception", exception)]);
        return null;
    }

    /// <summary>Ends the steps that have what they need, asks the next; true: all are done.</summary>
    private bool Advance(Proposal proposal, IEnumerable<ApprovalTask> all, IReadOnlyCollection<ApprovalGiven> given)
    {
        var now = time.GetUtcNow();
        var tasks = all.Where(task => task.Revision == proposal.Revision).OrderBy(task => task.Order).ToList();
        foreach (var task in tasks.Where(task => task.IsOpen && given.Where(one => one.TaskId == task.Id && one is { IsYes: true, IsVoid: false }).Select(one => one.PersonId).Distinct().Count() >= task.Need))
        {
            task.Done = now;
        }

        if (tasks.FirstOrDefault(task => task.Done is null) is not { } next)
        {
            return true;
        }

        foreach (var task in tasks.Where(task => task.Order == next.Order && task.Asked is null))
        {
            task.Asked = now;
        }

        return false;
    }
}
