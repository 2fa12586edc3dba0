using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Proposals;

/// <summary>
/// Proposals while they are written: begun, saved every few seconds, described, handed over, commented on. Who may do what is
/// <see cref="ProposalFlow"/>'s; whether somebody may change a document at all is for the caller to know.
/// </summary>
public sealed class ProposalBook(IDbContextFactory<RecordsDb> records, AuditLog log, TimeProvider time)
{
    /// <summary>Files of one proposal.</summary>
    public const int MostFiles = 100;

    /// <summary>In bytes, of one text or file.</summary>
    public const int LargestFile = 20 * 1024 * 1024;

    private const int MostListed = 500;

    /// <summary>Begins a proposal.</summary>
    /// <param name="others">Ids of others who wrote what it begins with, and can't approve it for that.</param>
    public async Task<Proposal> StartAsync(Colleague by, IEnumerable<StartedFile> files, CancellationToken cancellation, ImmutableArray<Guid> others = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        var now = time.GetUtcNow();
        var proposal = new Proposal { Id = Guid.NewGuid(), AuthorId = by.Id, AuthorName = by.Name, Writers = [by.Key, .. others.IsDefault ? [] : others.Where(other => other != by.Id).Select(other => other.ToString("D"))], Made = now, Changed = now };
        await using var db = await records.CreateDbContextAsync(cancellation);
        db.Add(proposal);
        db.AddRange(files.Take(MostFiles).Select(file => FileOf(proposal.Id, file, now)));
        await log.SaveAsync(db, ProposalTold.Of(by.Told, AuditKind.Proposal, "begun", proposal), cancellation);
        return proposal;
    }

    /// <summary>A proposal as somebody sees it; null: there is none, or they may not see it.</summary>
    public async Task<ProposalView?> FindAsync(Guid id, Colleague by, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await db.Set<Proposal>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellation) is { } proposal
            ? await ProposalRows.ViewAsync(db, proposal, by, cancellation)
            : null;
    }

    /// <summary>A file of a proposal with its bytes; null: there is none. Whether whoever asks may see it is for the caller to know.</summary>
    public async Task<ProposalFile?> ReadAsync(Guid id, int step, string path, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await db.Set<ProposalFile>().AsNoTracking().FirstOrDefaultAsync(file => file.ProposalId == id && file.Step == step && file.Path == path, cancellation);
    }

    /// <summary>All files of a proposal with their bytes, by step and path.</summary>
    public async Task<ImmutableArray<ProposalFile>> ReadAllAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return [.. await db.Set<ProposalFile>().AsNoTracking().Where(file => file.ProposalId == id).OrderBy(file => file.Step).ThenBy(file => file.Path).ToListAsync(cancellation)];
    }

    /// <summary>The proposal of somebody's that is being written and holds a path, the newest; null: there is none.</summary>
    public async Task<Proposal?> FindOpenAsync(Guid author, string path, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await db.Set<Proposal>().AsNoTracking()
            .Where(one => one.AuthorId == author && (one.State == ProposalState.Draft || one.State == ProposalState.Returned)
                && db.Set<ProposalFile>().Any(file => file.ProposalId == one.Id && (file.Path == path || file.From == path)))
            .OrderByDescending(one => one.Made).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Open proposals of others that change a path, so that two who write know of each other.</summary>
    public Task<ImmutableArray<Proposal>> OthersAsync(Guid author, string path, CancellationToken cancellation) => ListAsync(
        (db, one) => one.Where(proposal => proposal.AuthorId != author && proposal.State != ProposalState.Published && proposal.State != ProposalState.Withdrawn
            && proposal.State != ProposalState.TakenBack && proposal.State != ProposalState.Rejected
            && db.Set<ProposalFile>().Any(file => file.ProposalId == proposal.Id && file.Path == path)),
        cancellation);

    /// <summary>Those that somebody writes or has written, those that go on first.</summary>
    public Task<ImmutableArray<Proposal>> OfAuthorAsync(Guid author, CancellationToken cancellation) =>
        ListAsync((_, one) => one.Where(proposal => proposal.AuthorId == author), cancellation);

    /// <summary>Those that are not closed.</summary>
    public Task<ImmutableArray<Proposal>> OpenAsync(CancellationToken cancellation) => ListAsync(
        (_, one) => one.Where(proposal => proposal.State != ProposalState.Published && proposal.State != ProposalState.Withdrawn && proposal.State != ProposalState.TakenBack),
        cancellation);

    /// <summary>Those that were urgent, closed ones too.</summary>
    public Task<ImmutableArray<Proposal>> UrgentAsync(CancellationToken cancellation) =>
        ListAsync((_, one) => one.Where(proposal => proposal.UrgentReason != "" && proposal.Number != null), cancellation);

    /// <summary>Open proposals that decide about what is held back at paths, with those of their paths.</summary>
    public async Task<ImmutableArray<(Proposal Proposal, ImmutableArray<string> Paths)>> OutsideAsync(CancellationToken cancellation)
    {
        var open = await OpenAsync(cancellation);
        var ids = open.Select(one => one.Id).ToList();
        await using var db = await records.CreateDbContextAsync(cancellation);
        var paths = (await db.Set<ProposalFile>().Where(file => file.IsOutside && ids.Contains(file.ProposalId)).Select(file => new { file.ProposalId, file.Path }).ToListAsync(cancellation))
            .ToLookup(file => file.ProposalId, file => file.Path);
        return [.. open.Where(one => one.State != ProposalState.Rejected && paths.Contains(one.Id)).Select(one => (one, (ImmutableArray<string>)[.. paths[one.Id]]))];
    }

    /// <summary>Those that were published since, the latest first; urgent ones too, which wait for their yes.</summary>
    public Task<ImmutableArray<Proposal>> PublishedSinceAsync(DateTimeOffset since, CancellationToken cancellation) =>
        ListAsync((_, one) => one.Where(proposal => proposal.State == ProposalState.Urgent || (proposal.State == ProposalState.Published && proposal.Closed >= since)), cancellation);

    /// <summary>The paths of a proposal, by its id.</summary>
    public async Task<ILookup<Guid, string>> PathsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return (await db.Set<ProposalFile>().Where(file => ids.Contains(file.ProposalId)).Select(file => new { file.ProposalId, file.Path }).Distinct().OrderBy(file => file.Path).ToListAsync(cancellation))
            .ToLookup(file => file.ProposalId, file => file.Path);
    }

    /// <summary>Saves a text or file of a proposal; nothing that was saved elsewhere meanwhile is overwritten.</summary>
    /// <param name="stamp">The number of the save that the text goes on from.</param>
    /// <param name="carried">For an upcoming text, the save of today's text that it takes into account; null: none beside those of before.</param>
    public async Task<SaveOutcome> SaveAsync(Guid id, Colleague by, int step, string path, int stamp, byte[] text, CancellationToken cancellation, int? carried = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var saved = 0;
        var outcome = await WriteAsync(id, by, async (db, _) =>
        {
            if (text.Length > LargestFile || await db.Set<ProposalFile>().FirstOrDefaultAsync(file => file.ProposalId == id && file.Step == step && file.Path == path, cancellation) is not { } file)
            {
                return ProposalRefusal.Invalid;
            }

            saved = file.Stamp;
            file.Carried = carried ?? file.Carried;
            if (file.Text is { } there && there.AsSpan().SequenceEqual(text))
            {
                return null;
            }

            if (file.Stamp != stamp)
            {
                return ProposalRefusal.Stale;
            }

            (file.Text, file.Changed, file.Stamp) = (text, time.GetUtcNow(), stamp + 1);
            saved = file.Stamp;
            return null;
        }, cancellation);
        return new SaveOutcome(saved, outcome);
    }

    /// <summary>Saves a text that was put together with what stands in the library by now, and what it replaces there from now on.</summary>
    /// <param name="replaces">The text that stands on the published branch.</param>
    /// <param name="origin">The published text that it goes on from.</param>
    public async Task<SaveOutcome> RebaseAsync(Guid id, Colleague by, int step, string path, int stamp, byte[] text, string replaces, string origin, CancellationToken cancellation)
    {
        var saved = 0;
        var refusal = await WriteAsync(id, by, async (db, _) =>
        {
            if (await db.Set<ProposalFile>().FirstOrDefaultAsync(file => file.ProposalId == id && file.Step == step && file.Path == path, cancellation) is not { } file)
            {
                return ProposalRefusal.Invalid;
            }

            saved = file.Stamp;
            if (file.Stamp != stamp)
            {
                return ProposalRefusal.Stale;
            }

            (file.Text, file.Base, file.Origin, file.Changed, file.Stamp) = (text, replaces, origin, time.GetUtcNow(), stamp + 1);
            saved = file.Stamp;
            return null;
        }, cancellation);
        return new SaveOutcome(saved, refusal);
    }

    /// <summary>Adds a file; where the path is there already nothing changes.</summary>
    public async Task<SaveOutcome> AddAsync(Guid id, Colleague by, StartedFile added, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(added);
        var refusal = await WriteAsync(id, by, async (db, _) =>
        {
            var files = db.Set<ProposalFile>().Where(file => file.ProposalId == id);
            if (await files.AnyAsync(file => file.Step == added.Step && file.Path == added.Path, cancellation))
            {
                return ProposalRefusal.Stale;
            }

            if (added.Text?.Length > LargestFile || await files.CountAsync(cancellation) >= MostFiles)
            {
                return ProposalRefusal.Invalid;
            }

            db.Add(FileOf(id, added, time.GetUtcNow()));
            return null;
        }, cancellation);
        return new SaveOutcome(0, refusal);
    }

    /// <summary>Takes a file out of a proposal: it stays in the library as it is.</summary>
    public async Task<SaveOutcome> LeaveOutAsync(Guid id, Colleague by, string path, CancellationToken cancellation) => new(0, await WriteAsync(id, by, async (db, _) =>
    {
        db.RemoveRange(await db.Set<ProposalFile>().Where(file => file.ProposalId == id && file.Path == path).ToListAsync(cancellation));
        return null;
    }, cancellation));

    /// <summary>Gives a text of a proposal another path, in all of its steps; where one of the proposal has that path already nothing changes.</summary>
    public async Task<SaveOutcome> MoveAsync(Guid id, Colleague by, string path, string to, CancellationToken cancellation) => new(0, await WriteAsync(id, by, async (db, _) =>
    {
        var files = await db.Set<ProposalFile>().Where(file => file.ProposalId == id && (file.Path == path || file.Path == to)).ToListAsync(cancellation);
        if (files.Count == 0 || files.Any(file => file.Path == to))
        {
            return files.Count == 0 ? ProposalRefusal.Gone : ProposalRefusal.Stale;
        }

        foreach (var file in files)
        {
            // It leaves its path once, with what is published first; back at it, it was never gone.
            var from = file.Step > 0 || (file.IsNew && file.Base.Length == 0) ? "" : file.From.Length > 0 ? file.From : file.Path;
            db.Remove(file);
            db.Add(new ProposalFile
            {
                ProposalId = id,
                Step = file.Step,
                Path = to,
                From = from == to ? "" : from,
                Base = file.Base,
                Origin = file.Origin,
                IsOutside = file.IsOutside,
                Text = file.Text,
                IsMinor = file.IsMinor,
                MustRead = file.MustRead,
                Stamp = file.Stamp + 1,
                Carried = file.Carried,
                Changed = time.GetUtcNow(),
            });
        }

        return null;
    }, cancellation));

    /// <summary>Says what is said of a proposal as a whole, and of each of its files.</summary>
    /// <param name="stamp">The number of the proposal that was seen.</param>
    public async Task<SaveOutcome> DescribeAsync(Guid id, Colleague by, int stamp, ProposalFacts facts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var saved = stamp;
        var refusal = await WriteAsync(id, by, async (db, proposal) =>
        {
            saved = proposal.Stamp;
            if (proposal.Stamp != stamp)
            {
                return ProposalRefusal.Stale;
            }

            if (facts.Note.Length > Proposal.LongestNote || facts.Why.Length > Proposal.LongestWhy)
            {
                return ProposalRefusal.Invalid;
            }

            (proposal.Note, proposal.Why, proposal.Effective) = (facts.Note.Trim(), facts.Why.Trim(), facts.Effective.Trim());
            (proposal.Loses, proposal.Exception) = (facts.Loses, facts.Exception.Trim());
            saved = ++proposal.Stamp;
            foreach (var file in await db.Set<ProposalFile>().Where(file => file.ProposalId == id).ToListAsync(cancellation))
            {
                (file.IsMinor, file.MustRead) = (facts.Minor.Contains(file.Path), facts.MustRead.GetValueOrDefault(file.Path, []));
            }

            return null;
        }, cancellation);
        return new SaveOutcome(saved, refusal);
    }

    /// <summary>Adds a comment, or an answer to one.</summary>
    public Task<ProposalOutcome> CommentAsync(Guid id, Colleague by, string text, Guid? answers, CancellationToken cancellation) =>
        ActAsync(id, by, ProposalAct.Comment, "commented", (_, _) => { }, text, cancellation, answers);

    /// <summary>Goes on writing what was sent or rejected. Every yes that it had is void, and its steps are gone.</summary>
    public Task<ProposalOutcome> TakeUpAsync(Guid id, Colleague by, CancellationToken cancellation) =>
        ActAsync(id, by, ProposalAct.TakeUp, "taken-up", (_, proposal) => proposal.Waits = "", "", cancellation);

    public Task<ProposalOutcome> WithdrawAsync(Guid id, Colleague by, string reason, CancellationToken cancellation) =>
        ActAsync(id, by, ProposalAct.Withdraw, "withdrawn", (now, proposal) => proposal.Closed = now, reason, cancellation);

    /// <summary>Gives it to another author, who goes on; whoever wrote it so far can't approve it all the same.</summary>
    public Task<ProposalOutcome> HandOverAsync(Guid id, Colleague by, Guid to, string name, CancellationToken cancellation) => ActAsync(
        id, by, ProposalAct.HandOver, "handed-over",
        (_, proposal) => (proposal.AuthorId, proposal.AuthorName, proposal.Writers) = (to, name, [.. proposal.Writers.Add(to.ToString("D")).Distinct()]), name, cancellation);

    private static ProposalFile FileOf(Guid id, StartedFile file, DateTimeOffset now) => new()
    {
        ProposalId = id,
        Step = file.Step,
        Path = file.Path,
        From = file.From,
        Base = file.Base,
        Origin = file.Origin,
        IsOutside = file.IsOutside,
        Text = file.Text,
        IsMinor = file.IsMinor,
        Changed = now,
    };

    /// <summary>Writes while the proposal is its author's to write; it can't be sent between the look and the save.</summary>
    private async Task<ProposalRefusal?> WriteAsync(Guid id, Colleague by, Func<RecordsDb, Proposal, Task<ProposalRefusal?>> write, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (await db.Set<Proposal>().FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { } proposal || proposal.AuthorId != by.Id)
        {
            return ProposalRefusal.Gone;
        }

        if (ProposalFlow.Next(proposal.State, ProposalAct.Save, ProposalRole.Author) is null)
        {
            return ProposalRefusal.NotAllowed;
        }

        if (await write(db, proposal) is { } refusal)
        {
            return refusal;
        }

        // Always written, so that this save and a send meet on one row.
        proposal.Changed = time.GetUtcNow();
        db.Entry(proposal).Property(one => one.Changed).IsModified = true;
        if (!proposal.Writers.Contains(by.Key))
        {
            proposal.Writers = proposal.Writers.Add(by.Key);
        }

        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ProposalRefusal.Stale;
        }
        catch (DbUpdateException) when (db.ChangeTracker.Entries<ProposalFile>().Any(entry => entry.State == EntityState.Added))
        {
            // The same file was added at the same moment.
            return ProposalRefusal.Stale;
        }
    }

    private async Task<ProposalOutcome> ActAsync(
        Guid id, Colleague by, ProposalAct act, string what, Action<DateTimeOffset, Proposal> change, string text, CancellationToken cancellation, Guid? answers = null)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (text.Length > ProposalEntry.LongestText || (act == ProposalAct.Comment && string.IsNullOrWhiteSpace(text)))
        {
            return new ProposalOutcome.Refused(ProposalRefusal.Invalid);
        }

        return await ProposalRows.ActAsync(records, log, id, by, act, what, async (db, proposal, _) =>
        {
            var now = time.GetUtcNow();
            proposal.Changed = now;
            if (act == ProposalAct.TakeUp)
            {
                await ProposalRows.VoidAsync(db, proposal, cancellation);
            }

            change(now, proposal);
            db.Add(ProposalRows.Entry(proposal, act, by, "", now, text, answers));
            return null;
        }, text, cancellation);
    }

    private async Task<ImmutableArray<Proposal>> ListAsync(Func<RecordsDb, IQueryable<Proposal>, IQueryable<Proposal>> which, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return [.. await which(db, db.Set<Proposal>().AsNoTracking()).OrderBy(one => one.Closed != null).ThenByDescending(one => one.Changed).Take(MostListed).ToListAsync(cancellation)];
    }
}
