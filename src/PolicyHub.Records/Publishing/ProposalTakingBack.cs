using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Publishing;

/// <summary>Publishes again what an urgent change replaced that had a no, or no yes in time.</summary>
internal sealed class ProposalTakingBack(IDbContextFactory<RecordsDb> records, TimeProvider time, ProposalRepository repository, HubActs hub)
{
    /// <summary>Publishes the earlier text of an urgent change again; does nothing where that is done.</summary>
    /// <returns>Null: there was nothing to take back. What another had done a moment before is done.</returns>
    public async Task<ProposalOutcome?> TakeBackAsync(Guid id, CancellationToken cancellation)
    {
        Proposal? proposal;
        List<ProposalFile> files;
        await using (var db = await records.CreateDbContextAsync(cancellation))
        {
            proposal = await db.Set<Proposal>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellation);
            files = await db.Set<ProposalFile>().AsNoTracking().Where(file => file.ProposalId == id).ToListAsync(cancellation);
        }

        if (proposal is { State: ProposalState.TakenBack })
        {
            return new ProposalOutcome.Done(proposal, IsByAnother: true);
        }

        if (proposal is not { State: ProposalState.TakingBack })
        {
            return null;
        }

        try
        {
            var (_, publisher, _) = repository.Open();
            if (await repository.RevisionAsync(proposal, cancellation) is not { } revision)
            {
                return await hub.WaitsAsync(id, "What was published is not in the repository as it was sent.", cancellation);
            }

            // Refused before it could be published: there is nothing to take back.
            ImmutableArray<CommitId> commits = [];
            if (proposal.Published.Length > 0 || await publisher.FindPublishedAsync(revision, cancellation) is { IsEmpty: false })
            {
                var back = ProposalChange.Reverse(revision.Change, files, $"Taken back: {proposal.Note}", proposal.UrgentReason);
                Trailer[] trailers = [new("Proposal", revision.Proposal.ToString(CultureInfo.InvariantCulture)), new("Takes-back", revision.Commit.Hex)];
                switch (await publisher.PublishAsync(back, [.. trailers], new Signatory("PolicyHub", "policyhub@localhost"), time.GetUtcNow(), CancellationToken.None))
                {
                    case PublishOutcome.Published published:
                        commits = published.Commits;
                        break;
                    case PublishOutcome.Moved when (await publisher.FindMovedAsync(Left(back), cancellation)).Moved.IsEmpty:
                        // The earlier text is there again already.
                        break;
                    case PublishOutcome.Moved moved:
                        return await hub.WaitsAsync(id, $"Somebody has changed it since: {string.Join(", ", moved.Paths)}.", cancellation);
                    case PublishOutcome.NotNow notNow:
                        return await hub.WaitsAsync(id, notNow.Reason, cancellation);
                }
            }

            return await hub.DoAsync(id, ProposalAct.TakeBack, "taken-back", (now, row) => (row.Closed, row.Waits, row.TakenBackBy) = (now, "", [.. commits.Select(commit => commit.Hex)]), "", cancellation, [.. commits.Select(commit => commit.Hex)]);
        }
        catch (GitException failure)
        {
            return await hub.WaitsAsync(id, failure.Message, cancellation);
        }
    }

    /// <summary>As a change set that goes on from what another leaves: it has moved where that is not there.</summary>
    private static ChangeSet Left(ChangeSet change) => new()
    {
        Steps =
        [
            change.Steps[0] with
            {
                Paths = [.. change.Steps.SelectMany(step => step.Paths).GroupBy(path => path.Path).Select(path => new ChangedPath(path.Key, path.Last().New, null))],
            },
        ],
    };
}
