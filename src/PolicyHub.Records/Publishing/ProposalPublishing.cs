using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Publishing;

/// <summary>Publishes what has its last yes, or is urgent. Found again on the branch where it stands there already, however it was interrupted.</summary>
internal sealed class ProposalPublishing(IDbContextFactory<RecordsDb> records, AuditLog log, TimeProvider time, ProposalRepository repository, HubActs hub)
{
    /// <summary>Publishes what has its last yes, or was urgent; does nothing where that is done.</summary>
    /// <returns>Null: there was nothing to publish. What another had done a moment before is done.</returns>
    public async Task<ProposalOutcome?> PublishAsync(Guid id, CancellationToken cancellation)
    {
        Proposal? proposal;
        List<ApprovalGiven> given;
        await using (var db = await records.CreateDbContextAsync(cancellation))
        {
            proposal = await db.Set<Proposal>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellation);
            given = await db.Set<ApprovalGiven>().AsNoTracking().Where(one => one.ProposalId == id && one.IsYes && !one.IsVoid).OrderBy(one => one.At).ToListAsync(cancellation);
        }

        if (proposal is { State: ProposalState.Published })
        {
            return new ProposalOutcome.Done(proposal, IsByAnother: true);
        }

        if (proposal is not { State: ProposalState.Approved or ProposalState.Urgent, Published.Length: 0 })
        {
            return null;
        }

        try
        {
            var (_, publisher, _) = repository.Open();
            if (await repository.RevisionAsync(proposal, cancellation) is not { } revision)
            {
                return await hub.WaitsAsync(id, "What was approved is not in the repository as it was sent.", cancellation);
            }

            if (await publisher.FindPublishedAsync(revision, cancellation) is { IsEmpty: false } found)
            {
                return await PublishedAsync(proposal, found, cancellation);
            }

            ImmutableArray<Trailer> trailers =
            [
                new("Proposal", revision.Proposal.ToString(CultureInfo.InvariantCulture)),
                new("Proposal-revision", revision.Commit.Hex),
                new("Proposed-by", revision.By.ToString()),
                .. proposal.State == ProposalState.Urgent ? [new Trailer("Urgent", "published before it was approved")] : Array.Empty<Trailer>(),
                .. given.Where(one => one.Revision == proposal.Revision && one.Hash == proposal.Hash)
                    .Select(one => new GivenApproval(new Signatory(one.Name, one.Address), one.Position, one.At, one.Hash).Trailer),
            ];
            return await publisher.PublishAsync(revision.Change, trailers, revision.By, time.GetUtcNow(), CancellationToken.None) switch
            {
                PublishOutcome.Published published => await PublishedAsync(proposal, published.Commits, CancellationToken.None),
                // Another process may have published it at this very moment; then its paths have moved to what was approved.
                PublishOutcome.Moved moved => await publisher.FindPublishedAsync(revision, cancellation) is { IsEmpty: false } byAnother
                    ? await PublishedAsync(proposal, byAnother, cancellation)
                    : await ReturnAsync(proposal, [.. moved.Paths.Select(path => path.Value)], cancellation),
                PublishOutcome.NotNow notNow => await hub.WaitsAsync(id, notNow.Reason, cancellation),
                _ => null,
            };
        }
        catch (GitException failure)
        {
            return await hub.WaitsAsync(id, failure.Message, cancellation);
        }
    }

    private Task<ProposalOutcome> PublishedAsync(Proposal proposal, ImmutableArray<CommitId> commits, CancellationToken cancellation)
    {
        ImmutableArray<string> names = [.. commits.Select(commit => commit.Hex)];
        return proposal.State == ProposalState.Approved
            ? hub.DoAsync(proposal.Id, ProposalAct.Publish, "published", (now, row) => (row.Published, row.Closed, row.Waits) = (names, now, ""), "", cancellation, names)
            : UrgentPublishedAsync(proposal.Id, names, cancellation);
    }

    /// <summary>An urgent change stays what it is, and knows now how it was published.</summary>
    private async Task<ProposalOutcome> UrgentPublishedAsync(Guid id, ImmutableArray<string> commits, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        ProposalOutcome outcome = new ProposalOutcome.Refused(ProposalRefusal.Stale);
        await log.SaveAsync(db, async () =>
        {
            if (await db.Set<Proposal>().FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { } row)
            {
                return [];
            }

            if (row.Published.Length > 0)
            {
                outcome = new ProposalOutcome.Done(row, IsByAnother: true);
                return [];
            }

            (row.Published, row.Waits, row.Changed) = (commits, "", time.GetUtcNow());
            row.Stamp++;
            outcome = new ProposalOutcome.Done(row);
            return [ProposalTold.Of(AuditActor.Hub, AuditKind.Publication, "published-urgent", row, "", ("commits", string.Join(", ", commits)))];
        }, cancellation);
        return outcome;
    }

    private async Task<ProposalOutcome> ReturnAsync(Proposal proposal, ImmutableArray<string> paths, CancellationToken cancellation)
    {
        var outcome = await hub.DoAsync(proposal.Id, ProposalAct.Return, "returned", (_, row) => row.Waits = "", string.Join(", ", paths), cancellation);
        return outcome is ProposalOutcome.Done done ? new ProposalOutcome.Refused(ProposalRefusal.Moved) { Paths = paths, GivenBack = done.IsByAnother ? null : done.Proposal } : outcome;
    }
}
