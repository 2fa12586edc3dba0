using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Content.Approvals;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Publishing;

/// <summary>
/// Takes proposals from their authors to the published branch: sends them, takes yes and no, publishes what has its last yes, and takes back
/// what was urgent and had none. What was sent is in git before a row says so; a publication is found again on the branch, however it was
/// interrupted; so every step can be done again.
/// </summary>
public sealed class ProposalDesk : IDisposable
{
    private readonly IDbContextFactory<RecordsDb> records;
    private readonly TimeProvider time;
    private readonly ProposalRepository repository;
    private readonly HubActs hub;
    private readonly ProposalSending sending;
    private readonly ProposalAnswers answers;
    private readonly ProposalPublishing publishing;
    private readonly ProposalTakingBack takingBack;

    /// <param name="library">The repository; fails where there is none that can be published to.</param>
    public ProposalDesk(IDbContextFactory<RecordsDb> records, AuditLog log, TimeProvider time, Func<LibraryRepository> library)
    {
        (this.records, this.time) = (records, time);
        repository = new ProposalRepository(library);
        hub = new HubActs(records, log, time);
        sending = new ProposalSending(records, log, time, repository);
        answers = new ProposalAnswers(records, log, time);
        publishing = new ProposalPublishing(records, log, time, repository, hub);
        takingBack = new ProposalTakingBack(records, time, repository, hub);
    }

    /// <summary>Sends what its author has written for approval; each revision that is sent is kept for ever.</summary>
    /// <param name="route">At least one step.</param>
    /// <param name="prepare">Makes of a text that was written the one that is sent, such as with its date; null: nothing is made of it.</param>
    public Task<ProposalOutcome> SendAsync(Guid id, Colleague by, ImmutableArray<ApprovalStep> route, Func<Proposal, ProposalFile, byte[]>? prepare, CancellationToken cancellation) =>
        sending.SendAsync(id, by, route, prepare, ProposalAct.Send, (_, _) => { }, cancellation);

    /// <summary>Publishes before it is approved; the approval is asked for at the same moment.</summary>
    /// <param name="position">In which they may.</param>
    /// <param name="within">How long it stands without a yes.</param>
    public async Task<ProposalOutcome> PublishUrgentAsync(
        Guid id, Colleague by, string position, string reason, TimeSpan within, ImmutableArray<ApprovalStep> route, Func<Proposal, ProposalFile, byte[]>? prepare, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new ProposalOutcome.Refused(ProposalRefusal.Invalid);
        }

        var sent = await sending.SendAsync(
            id, by, route, prepare, ProposalAct.PublishUrgent, (proposal, now) => (proposal.UrgentReason, proposal.Deadline) = (reason.Trim(), now + within), cancellation, position);
        return sent is ProposalOutcome.Done ? await PublishAsync(id, cancellation) ?? sent : sent;
    }

    /// <summary>Somebody's yes to what they have seen. The last one publishes.</summary>
    /// <param name="hash">Of the change set that they have seen; where it is another by now, it is no yes to that.</param>
    /// <param name="exception">Why a promised question may find something else from now on; empty: none does.</param>
    public async Task<ProposalOutcome> ApproveAsync(Guid id, Colleague by, string hash, string comment, CancellationToken cancellation, string exception = "")
    {
        var outcome = await answers.ApproveAsync(id, by, hash, comment, exception, cancellation);
        return outcome is ProposalOutcome.Done { Proposal.State: ProposalState.Approved } ? await PublishAsync(id, cancellation) ?? outcome : outcome;
    }

    public Task<ProposalOutcome> AskForChangesAsync(Guid id, Colleague by, string hash, string what, CancellationToken cancellation) =>
        answers.RefuseAsync(id, by, hash, what, ProposalAct.AskForChanges, "asked-for-changes", cancellation);

    /// <summary>Somebody's no. An urgent one that is published already is taken back.</summary>
    public async Task<ProposalOutcome> RejectAsync(Guid id, Colleague by, string hash, string reason, CancellationToken cancellation)
    {
        var outcome = await answers.RefuseAsync(id, by, hash, reason, ProposalAct.Reject, "rejected", cancellation);
        return outcome is ProposalOutcome.Done { Proposal.State: ProposalState.TakingBack } ? await TakeBackAsync(id, cancellation) ?? outcome : outcome;
    }

    /// <summary>Publishes what has its last yes, or was urgent; does nothing where that is done.</summary>
    /// <returns>Null: there was nothing to publish.</returns>
    public Task<ProposalOutcome?> PublishAsync(Guid id, CancellationToken cancellation) => publishing.PublishAsync(id, cancellation);

    /// <summary>Publishes the earlier text of an urgent change again; does nothing where that is done.</summary>
    /// <returns>Null: there was nothing to take back.</returns>
    public Task<ProposalOutcome?> TakeBackAsync(Guid id, CancellationToken cancellation) => takingBack.TakeBackAsync(id, cancellation);

    /// <summary>Goes on with whatever was interrupted: publishes what has its last yes, takes back what is past its time. Bounded by what is open.</summary>
    /// <returns>Proposals that came further, or were given back to their authors since what they are based on has moved.</returns>
    public async Task<ImmutableArray<Proposal>> ContinueAsync(CancellationToken cancellation)
    {
        List<Proposal> waiting;
        await using (var db = await records.CreateDbContextAsync(cancellation))
        {
            waiting = await db.Set<Proposal>().AsNoTracking()
                .Where(one => one.State == ProposalState.Approved || one.State == ProposalState.TakingBack || one.State == ProposalState.Urgent).OrderBy(one => one.Changed).ToListAsync(cancellation);
        }

        var moved = ImmutableArray.CreateBuilder<Proposal>();
        foreach (var proposal in waiting)
        {
            if (proposal is { State: ProposalState.Urgent, Published.Length: > 0 } && proposal.Deadline <= time.GetUtcNow())
            {
                await hub.DoAsync(proposal.Id, ProposalAct.Expire, "expired", (_, _) => { }, "", cancellation);
            }

            var outcome = await PublishAsync(proposal.Id, cancellation) ?? await TakeBackAsync(proposal.Id, cancellation);
            if (outcome is ProposalOutcome.Done { IsByAnother: false } done)
            {
                moved.Add(done.Proposal);
            }
            else if (outcome is ProposalOutcome.Refused { GivenBack: { } back })
            {
                moved.Add(back);
            }
        }

        return moved.ToImmutable();
    }

    /// <summary>The revision that a proposal was sent as last, from git; null: it is not there, or is not what its row says.</summary>
    /// <exception cref="GitException">The repository can't be read.</exception>
    public Task<SentRevision?> RevisionAsync(Proposal proposal, CancellationToken cancellation) => repository.RevisionAsync(proposal, cancellation);

    /// <summary>Takes away what a process that was killed left behind in the repository.</summary>
    /// <exception cref="GitException">The repository can't be read.</exception>
    public Task TidyAsync(CancellationToken cancellation) => repository.Open().Refs.TidyAsync(time.GetUtcNow() - TimeSpan.FromHours(1), cancellation);

    public void Dispose() => repository.Dispose();
}
