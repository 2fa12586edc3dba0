using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.People;

/// <summary>
/// Counts wrong passwords and PINs. A try is counted before its outcome is known, so that many at once cannot outrun the count, and for a
/// name that nobody has the same is asked of the database. After the 10th wrong password in a row (the 5th PIN) nothing is taken for a
/// minute, then for two, four and so on up to a day; after the 100th, until an administrator makes a new link (NIST SP 800-63B-4, 3.2.2).
/// </summary>
public sealed class Tries(IDbContextFactory<RecordsDb> records, TimeProvider time)
{
    private const int PasswordsFree = 10;
    private const int PinsFree = 5;
    private const int Most = 100;

    /// <summary>How long nothing is taken after so many failures in a row.</summary>
    /// <param name="free">The failure with which it begins.</param>
    public static TimeSpan LockFor(int failures, int free) =>
        failures < free ? TimeSpan.Zero : TimeSpan.FromMinutes(Math.Min(Math.Pow(2, failures - free), 24 * 60));

    public bool IsLocked(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person.LockoutEnd > time.GetUtcNow();
    }

    public bool IsPinLocked(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person.PinLocked > time.GetUtcNow();
    }

    /// <summary>Counts a try with a password or code; whose it is, null: nobody's. While the account rests it is not counted.</summary>
    public async Task<Person?> CountAsync(string userName, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var (normal, now) = (AccountBook.Normal(userName), time.GetUtcNow());
        await db.Users.Where(person => person.NormalizedUserName == normal && (person.LockoutEnd == null || person.LockoutEnd <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(person => person.AccessFailedCount, person => person.AccessFailedCount + 1), cancellation);
        return await db.Users.AsNoTracking().FirstOrDefaultAsync(person => person.NormalizedUserName == normal, cancellation);
    }

    /// <summary>A try failed; null: it was nobody's.</summary>
    public async Task FailedAsync(Person? person, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var (id, now) = (person?.Id ?? Guid.Empty, time.GetUtcNow());
        DateTimeOffset? until = Until(person?.AccessFailedCount ?? 0, PasswordsFree, now);
        await db.Users.Where(known => known.Id == id && until != null && (known.LockoutEnd == null || known.LockoutEnd <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(known => known.LockoutEnd, until), cancellation);
    }

    public async Task SucceededAsync(Person person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        await using var db = await records.CreateDbContextAsync(cancellation);
        await db.Users.Where(known => known.Id == person.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(known => known.AccessFailedCount, 0).SetProperty(known => known.LockoutEnd, (DateTimeOffset?)null), cancellation);
    }

    /// <summary>Counts a try with a PIN, as <see cref="CountAsync"/>.</summary>
    public async Task<Person?> CountPinAsync(string badge, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(badge);
        await using var db = await records.CreateDbContextAsync(cancellation);
        var (normal, now) = (badge.Trim().ToUpperInvariant(), time.GetUtcNow());
        await db.Users.Where(person => person.Badge == normal && (person.PinLocked == null || person.PinLocked <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(person => person.PinFailures, person => person.PinFailures + 1), cancellation);
        return await db.Users.AsNoTracking().FirstOrDefaultAsync(person => person.Badge == normal, cancellation);
    }

    public async Task PinFailedAsync(Person? person, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var (id, now) = (person?.Id ?? Guid.Empty, time.GetUtcNow());
        DateTimeOffset? until = Until(person?.PinFailures ?? 0, PinsFree, now);
        await db.Users.Where(known => known.Id == id && until != null && (known.PinLocked == null || known.PinLocked <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(known => known.PinLocked, until), cancellation);
    }

    public async Task PinSucceededAsync(Person person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        await using var db = await records.CreateDbContextAsync(cancellation);
        await db.Users.Where(known => known.Id == person.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(known => known.PinFailures, 0).SetProperty(known => known.PinLocked, (DateTimeOffset?)null), cancellation);
    }

    /// <summary>Takes a code of an authenticator or a recovery code once, whoever else sends it at the same time; false: it was taken before.</summary>
    public async Task<bool> TakeStepAsync(Guid person, long step, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await db.Users.Where(known => known.Id == person && known.LastCodeStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(known => known.LastCodeStep, step), cancellation) == 1;
    }

    private static DateTimeOffset? Until(int failures, int free, DateTimeOffset now) =>
        failures >= Most ? DateTimeOffset.MaxValue : failures < free ? null : now + LockFor(failures, free);
}
