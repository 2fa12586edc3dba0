using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Sessions;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.People;

/// <summary>Enrols counter PCs, finds them by the key of their cookie, and takes them out of use. Each change and its row in the audit log are one transaction.</summary>
public sealed class CounterPcBook(IDbContextFactory<RecordsDb> records, AuditLog audit, TimeProvider time)
{
    /// <summary>Those in use or waiting for their link to be opened, by name; at most a thousand.</summary>
    public async Task<IReadOnlyList<CounterPc>> ListAsync(CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await db.CounterPcs.AsNoTracking().Where(pc => pc.Revoked == null).OrderBy(pc => pc.Name).Take(1000).ToListAsync(cancellation);
    }

    /// <summary>Makes one, with the key of a link that enrols the browser in which it is opened.</summary>
    public async Task<(CounterPc Pc, string LinkKey)> AddAsync(string name, string desk, string audience, Guid by, AuditActor who, CancellationToken cancellation)
    {
        var key = SessionBook.NewKey();
        var now = time.GetUtcNow();
        var pc = new CounterPc
        {
            Id = Guid.NewGuid(),
            Name = name,
            Desk = desk,
            Audience = audience,
            By = by,
            Made = now,
            LinkHash = SessionBook.IdOf(key),
            LinkEnds = now + CounterPc.LinkLasts,
        };
        await using var db = await records.CreateDbContextAsync(cancellation);
        db.CounterPcs.Add(pc);
        await audit.SaveAsync(db, Told(who, "counter-pc-made", pc.Id), cancellation);
        return (pc, key);
    }

    /// <summary>The one that a link is for, as long as it can be used; null: none.</summary>
    public async Task<CounterPc?> OfLinkAsync(string linkKey, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var (hash, now) = (SessionBook.IdOf(linkKey), time.GetUtcNow());
        return await db.CounterPcs.AsNoTracking().FirstOrDefaultAsync(pc => pc.LinkHash == hash && pc.LinkEnds > now && pc.Revoked == null, cancellation);
    }

    /// <summary>Uses a link up: the key for the cookie of the browser that opened it; null: the link can't be used, or another was faster.</summary>
    public async Task<string?> EnrolAsync(string linkKey, AuditActor who, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var (key, hash, now) = (SessionBook.NewKey(), SessionBook.IdOf(linkKey), time.GetUtcNow());
        var keyHash = SessionBook.IdOf(key);
        var head = await audit.SaveAsync(
            db,
            async () => await db.CounterPcs.Where(pc => pc.LinkHash == hash && pc.LinkEnds > now && pc.Revoked == null).ExecuteUpdateAsync(
                set => set.SetProperty(pc => pc.KeyHash, keyHash).SetProperty(pc => pc.LinkHash, (string?)null).SetProperty(pc => pc.LinkEnds, (DateTimeOffset?)null)
                    .SetProperty(pc => pc.Enrolled, now).SetProperty(pc => pc.Seen, now),
                cancellation) == 1
                ? [Told(who, "counter-pc-enrolled", await db.CounterPcs.Where(pc => pc.KeyHash == keyHash).Select(pc => pc.Id).SingleAsync(cancellation))]
                : [],
            cancellation);
        return head is null ? null : key;
    }

    /// <summary>The one whose cookie holds a key; null: none, or it was taken out of use.</summary>
    public async Task<CounterPc?> FindAsync(string key, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var hash = SessionBook.IdOf(key);
        return await db.CounterPcs.AsNoTracking().FirstOrDefaultAsync(pc => pc.KeyHash == hash && pc.Revoked == null, cancellation);
    }

    public async Task SeenAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        await db.CounterPcs.Where(pc => pc.Id == id).ExecuteUpdateAsync(set => set.SetProperty(pc => pc.Seen, now), cancellation);
    }

    /// <summary>Takes one out of use, with its link and the sessions of whoever acts there; false: there is none that was in use.</summary>
    public async Task<bool> RevokeAsync(Guid id, AuditActor who, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var (name, now) = (AuditActor.ReferenceOfPc(id), time.GetUtcNow());
        return await audit.SaveAsync(
            db,
            async () =>
            {
                if (await db.CounterPcs.Where(pc => pc.Id == id && pc.Revoked == null)
                        .ExecuteUpdateAsync(set => set.SetProperty(pc => pc.Revoked, now).SetProperty(pc => pc.LinkHash, (string?)null), cancellation) != 1)
                {
                    return [];
                }

                await SessionBook.EndInAsync(db, session => session.ProviderSession == name, now, cancellation);
                return [Told(who, "counter-pc-revoked", id)];
            },
            cancellation) is not null;
    }

    private static AuditEvent Told(AuditActor who, string what, Guid pc) => new() { Kind = AuditKind.Account, Who = who, What = what, Subject = AuditActor.ReferenceOfPc(pc) };
}
