using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Notices;

/// <summary>Posts, extends and ends notices, each with its row in the audit log, and knows which run. Who may do so is for the caller to know.</summary>
public sealed class NoticeBook(IDbContextFactory<RecordsDb> records, AuditLog log, TimeProvider time)
{
    /// <summary>In UTF-16 units.</summary>
    public const int LongestWhat = 160;

    /// <summary>In UTF-16 units.</summary>
    public const int LongestDetails = 1000;

    /// <summary>More than run at one time anywhere; beyond it the oldest are left out.</summary>
    private const int MostRunning = 200;

    /// <summary>So far ahead may a notice end when it is posted, and again each time it is extended.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(24);

    /// <summary>Whether a notice posted or extended now may run until then.</summary>
    public bool MayRunUntil(DateTimeOffset until) => time.GetUtcNow() is var now && until > now && until <= now + Longest;

    /// <summary>Posts a notice; one that is sent twice, by its number, is one.</summary>
    /// <returns>False where it was there already.</returns>
    public async Task<bool> PostAsync(PostedNotice notice, AuditActor who, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (!MayRunUntil(notice.Until))
        {
            throw new ArgumentException("A notice runs for 24 hours at most.", nameof(notice));
        }

        await using var db = await records.CreateDbContextAsync(cancellation);
        if (await db.Set<PostedNotice>().AnyAsync(known => known.Id == notice.Id, cancellation))
        {
            return false;
        }

        db.Add(notice);
        try
        {
            await log.SaveAsync(db, Told("posted", notice, who), cancellation);
            return true;
        }
        catch (DbUpdateException failure)
        {
            // Sent twice at the same moment: there is one.
            db.ChangeTracker.Clear();
            return await db.Set<PostedNotice>().AnyAsync(known => known.Id == notice.Id, cancellation) ? false : throw new InvalidOperationException("The notice could not be stored.", failure);
        }
    }

    /// <summary>Gives a running notice more time, up to a day from now.</summary>
    /// <returns>Null where there is none, or it has ended.</returns>
    public Task<PostedNotice?> ExtendAsync(Guid id, DateTimeOffset until, AuditActor who, CancellationToken cancellation) => ChangeAsync(
        id, "extended", who, (notice, now) => (notice.Until, notice.Extended, notice.ExtendedBy) = (until > now + Longest ? now + Longest : until, now, who.Name ?? ""), cancellation);

    /// <summary>Ends a running notice.</summary>
    /// <returns>Null where there is none, or it has ended.</returns>
    public Task<PostedNotice?> EndAsync(Guid id, AuditActor who, CancellationToken cancellation) =>
        ChangeAsync(id, "ended", who, (notice, now) => (notice.Ended, notice.EndedBy) = (now, who.Name ?? ""), cancellation);

    public async Task<PostedNotice?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await db.Set<PostedNotice>().AsNoTracking().FirstOrDefaultAsync(notice => notice.Id == id, cancellation);
    }

    /// <summary>Those that run, the latest first.</summary>
    public async Task<ImmutableArray<PostedNotice>> RunningAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = await records.CreateDbContextAsync(cancellation);
        var found = await db.Set<PostedNotice>().AsNoTracking()
            .Where(notice => notice.Until > now && notice.Ended == null)
            .OrderByDescending(notice => notice.Posted).ThenBy(notice => notice.Id).Take(MostRunning).ToListAsync(cancellation);
        return [.. found];
    }

    /// <summary>Those that have ended, the latest posted first, and how many there are.</summary>
    public async Task<(ImmutableArray<PostedNotice> Notices, int Total)> PastAsync(int skipped, int taken, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = await records.CreateDbContextAsync(cancellation);
        var past = db.Set<PostedNotice>().AsNoTracking().Where(notice => notice.Until <= now || notice.Ended != null);
        var found = await past.OrderByDescending(notice => notice.Posted).ThenBy(notice => notice.Id).Skip(skipped).Take(taken).ToListAsync(cancellation);
        return ([.. found], await past.CountAsync(cancellation));
    }

    /// <summary>The text stands beside the chain: a lead may have written of a person, and then it must be possible to erase it.</summary>
    private static AuditEvent Told(string what, PostedNotice notice, AuditActor who) => new()
    {
        Kind = AuditKind.Notice,
        Who = who,
        What = what,
        Subject = $"notice:{notice.Id:D}",
        Details = AuditFields.Of(("desk", notice.Desk), ("audience", notice.Audience), ("until", InstantConverter.Write(notice.Over))),
        Personal = AuditFields.Of(("text", notice.What)),
    };

    private async Task<PostedNotice?> ChangeAsync(Guid id, string what, AuditActor who, Action<PostedNotice, DateTimeOffset> change, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (await db.Set<PostedNotice>().FirstOrDefaultAsync(notice => notice.Id == id, cancellation) is not { } known || !known.RunsAt(now))
        {
            return null;
        }

        change(known, now);
        await log.SaveAsync(db, Told(what, known, who), cancellation);
        return known;
    }
}
