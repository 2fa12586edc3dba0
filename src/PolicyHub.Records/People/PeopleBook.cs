using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.People;

/// <summary>Finds people, and takes in those that others vouch for.</summary>
public sealed class PeopleBook(IDbContextFactory<RecordsDb> records, AuditLog audit)
{
    public async Task<Person?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await db.Users.AsNoTracking().FirstOrDefaultAsync(person => person.Id == id, cancellation);
    }

    /// <summary>Ids of the people who have one of some mail addresses.</summary>
    public async Task<ImmutableArray<Guid>> OfMailAsync(IReadOnlyCollection<string> addresses, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        var asked = addresses.Select(address => address.ToUpperInvariant()).ToList();
        await using var db = await records.CreateDbContextAsync(cancellation);
        return [.. await db.Users.Where(person => person.NormalizedEmail != null && asked.Contains(person.NormalizedEmail)).Select(person => person.Id).ToListAsync(cancellation)];
    }

    /// <summary>Uses up a recovery code, once whoever else sends it at the same time; false: the person has none such.</summary>
    /// <param name="hash">As <see cref="Totp.RecoveryHash"/> makes it.</param>
    public async Task<bool> TakeRecoveryCodeAsync(Guid id, string hash, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (await db.Users.FirstOrDefaultAsync(known => known.Id == id, cancellation) is not { } person || !person.RecoveryCodes.Contains(hash))
        {
            return false;
        }

        (person.RecoveryCodes, person.ConcurrencyStamp) = (person.RecoveryCodes.Remove(hash), Guid.NewGuid().ToString());
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>
    /// Makes a person known, or brings what is known up to date; the same when several do so at once. Whoever comes with rights, or with others
    /// than before, is told to the audit log in the same transaction.
    /// </summary>
    /// <param name="who">Who vouches, as the audit log names it.</param>
    public async Task<Person> TakeAsync(Person person, AuditActor who, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (await db.Users.FirstOrDefaultAsync(known => known.Id == person.Id, cancellation) is not { } known)
        {
            try
            {
                db.Users.Add(person);
                await SaveAsync(db, [.. AccountTold.Changed(who, "", person)], cancellation);
                return person;
            }
            catch (DbUpdateException)
            {
                db.ChangeTracker.Clear();
                known = await db.Users.FirstAsync(other => other.Id == person.Id, cancellation);
            }
        }

        var before = AccountTold.Rights(known);
        (known.Name, known.Desk, known.Audience) = (person.Name, person.Desk, person.Audience);
        (known.Groups, known.Positions, known.GrantTexts) = (person.Groups, person.Positions, person.GrantTexts);
        await SaveAsync(db, [.. AccountTold.Changed(who, before, known)], cancellation);
        return known;
    }

    private async Task SaveAsync(RecordsDb db, IReadOnlyCollection<AuditEvent> told, CancellationToken cancellation)
    {
        if (told.Count > 0)
        {
            await audit.SaveAsync(db, () => Task.FromResult(told), cancellation);
        }
        else
        {
            await db.SaveChangesAsync(cancellation);
        }
    }
}
