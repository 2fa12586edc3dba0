using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Publishing;

/// <summary>What the program does with a proposal by itself, with its row of the log.</summary>
internal sealed class HubActs(IDbContextFactory<RecordsDb> records, AuditLog log, TimeProvider time)
{
    /// <summary>Something that the program does by itself.</summary>
    public async Task<ProposalOutcome> DoAsync(
        Guid id, ProposalAct act, string what, Action<DateTimeOffset, Proposal> change, string text, CancellationToken cancellation, ImmutableArray<string> commits = default)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        ProposalOutcome? outcome = null;
        try
        {
            await log.SaveAsync(db, async () =>
            {
                if (await db.Set<Proposal>().FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { } row || ProposalFlow.Next(row.State, act, ProposalRole.Hub) is not { } next)
                {
                    return [];
                }

                var now = time.GetUtcNow();
                (row.State, row.Changed) = (next, now);
                if (act == ProposalAct.Return)
                {
                    await ProposalRows.VoidAsync(db, row, cancellation);
                }

                change(now, row);
                row.Stamp++;
                db.Add(ProposalRows.Entry(row, act, null, "", now, text));
                outcome = new ProposalOutcome.Done(row);
                var told = ProposalTold.Of(AuditActor.Hub, act == ProposalAct.Publish ? AuditKind.Publication : AuditKind.Proposal, what, row, "", ("commits", commits.IsDefaultOrEmpty ? "" : string.Join(", ", commits)), ("paths", text));
                return [told];
            }, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another does the same; what it did counts.
            outcome = null;
        }

        return outcome ?? await ByAnotherAsync(id, act, cancellation);
    }

    /// <summary>What was not done because another had done it already is done.</summary>
    private async Task<ProposalOutcome> ByAnotherAsync(Guid id, ProposalAct act, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await db.Set<Proposal>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellation) is { } row && ProposalFlow.Leads(act, row.State)
            ? new ProposalOutcome.Done(row, IsByAnother: true)
            : new ProposalOutcome.Refused(ProposalRefusal.NotAllowed);
    }

    /// <summary>Keeps why it could not be done yet; it is tried again.</summary>
    public async Task<ProposalOutcome> WaitsAsync(Guid id, string reason, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var cut = reason.Length <= 1000 ? reason : reason[..1000];
        await db.Set<Proposal>().Where(one => one.Id == id && one.Waits != cut).ExecuteUpdateAsync(set => set.SetProperty(one => one.Waits, cut), cancellation);
        return new ProposalOutcome.Refused(ProposalRefusal.Unreachable, cut);
    }
}
