using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Content.Approvals;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Publishing;

/// <summary>Sends what was written: first its commits, which are kept for ever, then the rows that ask for approval.</summary>
internal sealed class ProposalSending(IDbContextFactory<RecordsDb> records, AuditLog log, TimeProvider time, ProposalRepository repository)
{
    public async Task<ProposalOutcome> SendAsync(
        Guid id, Colleague by, ImmutableArray<ApprovalStep> route, Func<Proposal, ProposalFile, byte[]>? prepare, ProposalAct act, Action<Proposal, DateTimeOffset> change, CancellationToken cancellation,
        string position = "")
    {
        ArgumentNullException.ThrowIfNull(by);
        if (route.IsEmpty)
        {
            return new ProposalOutcome.Refused(ProposalRefusal.Invalid, "Nobody is there who could approve it.");
        }

        Proposal? proposal;
        List<ProposalFile> files;
        await using (var db = await records.CreateDbContextAsync(cancellation))
        {
            proposal = await db.Set<Proposal>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellation);
            files = await db.Set<ProposalFile>().AsNoTracking().Where(file => file.ProposalId == id).ToListAsync(cancellation);
        }

        if (proposal is null || proposal.AuthorId != by.Id)
        {
            return new ProposalOutcome.Refused(ProposalRefusal.Gone);
        }

        if (ProposalFlow.Next(proposal.State, act, ProposalRole.Author) is null)
        {
            return new ProposalOutcome.Refused(ProposalRefusal.NotAllowed);
        }

        var stamps = files.ToDictionary(file => (file.Step, file.Path), file => file.Stamp);
        if (prepare is not null)
        {
            files.Where(file => file.Text is not null).ToList().ForEach(file => file.Text = prepare(proposal, file));
        }

        SentRevision sent;
        try
        {
            var (git, publisher, refs) = repository.Open();
            var changes = await ProposalChange.OfAsync(git, proposal, files, cancellation);
            if (changes.Fault is { } fault)
            {
                return new ProposalOutcome.Refused(ProposalRefusal.Invalid, fault);
            }

            // On top of the very commit that was looked at: on a later one the revision would not read as what it says.
            var (moved, tip) = await publisher.FindMovedAsync(changes, cancellation);
            if (!moved.IsEmpty)
            {
                return new ProposalOutcome.Refused(ProposalRefusal.Moved) { Paths = [.. moved.Select(path => path.Value)] };
            }

            var before = proposal.Number is { } number ? (await refs.ReadAsync(number, cancellation)).FirstOrDefault() : null;
            var kept = before is null
                ? await refs.OpenAsync(changes, tip, by.Signatory, time.GetUtcNow(), cancellation)
                : await refs.ReviseAsync(before, changes, tip, by.Signatory, time.GetUtcNow(), cancellation);
            if (kept is null)
            {
                return new ProposalOutcome.Refused(ProposalRefusal.Stale);
            }

            sent = kept;
        }
        catch (GitException failure)
        {
            return new ProposalOutcome.Refused(ProposalRefusal.Unreachable, failure.Message);
        }

        return await ProposalRows.ActAsync(records, log, id, by, act, act == ProposalAct.Send ? "sent" : "published-urgent", async (db, row, details) =>
        {
            // The row is taken first: a save that comes now waits, sees that it was sent, and is refused; one that came before is seen here.
            var now = time.GetUtcNow();
            await ProposalRows.VoidAsync(db, row, cancellation);
            (row.Number, row.Revision, row.Commit, row.Hash) = (sent.Proposal, sent.Number, sent.Commit.Hex, sent.Change.Hash);
            (row.Sent, row.Changed, row.Waits, row.Closed, row.Published) = (now, now, "", null, []);
            change(row, now);
            await db.SaveChangesAsync(cancellation);
            var saved = await db.Set<ProposalFile>().Where(file => file.ProposalId == id).Select(file => new { file.Step, file.Path, file.Stamp }).ToListAsync(cancellation);
            if (saved.Count != stamps.Count || saved.Any(file => !stamps.TryGetValue((file.Step, file.Path), out var stamp) || stamp != file.Stamp))
            {
                return new ProposalOutcome.Refused(ProposalRefusal.Stale);
            }

            var first = route.Min(step => step.Order);
            db.AddRange(route.Select(step => new ApprovalTask
            {
                Id = Guid.NewGuid(),
                ProposalId = id,
                Revision = sent.Number,
                Order = step.Order,
                Positions = step.Positions,
                Need = step.Need,
                Paths = [.. step.Paths.Select(path => path.Value)],
                Sections = step.Sections,
                Asked = step.Order == first ? now : null,
            }));
            db.Add(ProposalRows.Entry(row, act, by, position, now, row.UrgentReason));
            details.AddRange([("paths", string.Join(", ", sent.Change.Bases.Keys)), ("position", position), ("loses", string.Join("; ", row.Loses))]);
            return null;
        }, proposal.UrgentReason, cancellation);
    }
}
