using System.Globalization;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Sessions;

/// <summary>A session together with the person whose it is, as they are now.</summary>
public sealed record OpenSession(Session Session, Person Person);

/// <summary>Begins, finds and ends sessions.</summary>
public sealed class SessionBook(IDbContextFactory<RecordsDb> records, AuditLog audit, TimeProvider time)
{
    /// <summary>A new key for a cookie: 256 bits of chance.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Under which a key is stored.</summary>
    public static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Begins a session, and tells the audit log: both or neither.</summary>
    public async Task BeginAsync(Session session, AuditEvent told, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        db.Sessions.Add(session);
        await audit.SaveAsync(db, told, cancellation);
    }

    /// <summary>A session that has neither ended nor been revoked, nor lain idle too long; null where there is none, or its person is gone.</summary>
    /// <param name="idle">How long it may lie unused.</param>
    /// <param name="seenHere">When the caller last saw it used, of which the records may not have heard yet.</param>
    public async Task<OpenSession?> FindAsync(string id, TimeSpan idle, DateTimeOffset? seenHere, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var found = await (from session in db.Sessions.AsNoTracking()
                           join person in db.Users.AsNoTracking() on session.PersonId equals person.Id
                           where session.Id == id
                           select new { session, person }).FirstOrDefaultAsync(cancellation);
        return found is not null && found.session.Revoked is null && now < found.session.Ends && now - (seenHere > found.session.Seen ? seenHere.Value : found.session.Seen) <= idle
            ? new OpenSession(found.session, found.person)
            : null;
    }

    /// <summary>Notes that sessions were used: each at an instant.</summary>
    public async Task SeenAsync(IReadOnlyDictionary<string, DateTimeOffset> seen, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(seen);
        await using var db = await records.CreateDbContextAsync(cancellation);
        foreach (var (id, at) in seen)
        {
            await db.Sessions.Where(session => session.Id == id && session.Seen < at)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.Seen, at), cancellation);
        }
    }

    public Task<int> EndAsync(string id, CancellationToken cancellation) => EndWhereAsync(session => session.Id == id, cancellation);

    /// <summary>Ends every session of a person, on every machine; the count of those ended.</summary>
    public Task<int> EndAllOfAsync(Guid person, CancellationToken cancellation) => EndWhereAsync(session => session.PersonId == person, cancellation);

    /// <summary>Ends every session of a person, or all but one, because somebody asks for it, and tells the audit log: both or neither; the count of those ended.</summary>
    /// <param name="kept">The one that stays; empty: none.</param>
    public async Task<int> EndAllOfAsync(Guid person, string kept, AuditActor who, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var ended = 0;
        await audit.SaveAsync(
            db,
            async () =>
            {
                ended = await EndInAsync(db, session => session.PersonId == person && session.Id != kept, time.GetUtcNow(), cancellation);
                return [AccountTold.Of(who, "sessions-ended", person, ("count", ended.ToString(CultureInfo.InvariantCulture)))];
            },
            cancellation);
        return ended;
    }

    /// <summary>The sessions of a person that are open, those used last first; at most a hundred.</summary>
    public async Task<IReadOnlyList<Session>> OpenOfAsync(Guid person, TimeSpan idle, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var since = now - idle;
        return await db.Sessions.AsNoTracking()
            .Where(session => session.PersonId == person && session.Revoked == null && session.Ends > now && session.Seen >= since)
            .OrderByDescending(session => session.Seen).Take(100).ToListAsync(cancellation);
    }

    /// <summary>Ends what somebody's word ends, if it was not heard before; false: it was, and nothing ended. Where this fails, it can be said again.</summary>
    /// <param name="word">What makes the word one of its kind.</param>
    /// <param name="until">From when on nobody would believe it anyway.</param>
    public async Task<bool> EndOnceAsync(string word, DateTimeOffset until, Expression<Func<Session, bool>> which, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await UsedOnceBook.TakeInAsync(db, "sign-out", word, until, time.GetUtcNow(), cancellation))
        {
            return false;
        }

        await EndInAsync(db, which, time.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Ends the sessions that a provider knows by a name (<c>sid</c>).</summary>
    public Task<int> EndProviderSessionAsync(string providerSession, CancellationToken cancellation) =>
        EndWhereAsync(session => session.ProviderSession == providerSession, cancellation);

    /// <summary>Takes out sessions that ended before an instant.</summary>
    public async Task<int> ForgetBeforeAsync(DateTimeOffset instant, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await db.Sessions.Where(session => session.Ends < instant).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Ends sessions within a transaction of the caller's.</summary>
    internal static Task<int> EndInAsync(RecordsDb db, Expression<Func<Session, bool>> which, DateTimeOffset now, CancellationToken cancellation) =>
        db.Sessions.Where(which).Where(session => session.Revoked == null).ExecuteUpdateAsync(set => set.SetProperty(session => session.Revoked, now), cancellation);

    private async Task<int> EndWhereAsync(Expression<Func<Session, bool>> which, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await EndInAsync(db, which, time.GetUtcNow(), cancellation);
    }
}
