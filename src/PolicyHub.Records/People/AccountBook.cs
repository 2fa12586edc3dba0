using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Sessions;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.People;

/// <summary>A new account, and the key of the link by which its person chooses how to sign in.</summary>
public sealed record Invited(Person Person, string Key);

/// <summary>What came of asking for new accounts: all of them, or none and why.</summary>
/// <param name="Taken">By the place in what was asked: <c>user-name</c> or <c>badge</c> that another has already.</param>
public sealed record AddedAccounts(IReadOnlyList<Invited> Invited, IReadOnlyList<(int Index, string What)> Taken);

/// <summary>Accounts kept here: adds, changes and disables them, and makes the one-time links by which people come in. Each change and its row in the audit log are one transaction.</summary>
public sealed class AccountBook(IDbContextFactory<RecordsDb> records, AuditLog audit, TimeProvider time)
{
    /// <summary>The form in which user names are compared.</summary>
    public static string Normal(string userName)
    {
        ArgumentNullException.ThrowIfNull(userName);
        return Passwords.Normal(userName.Trim()).ToUpperInvariant();
    }

    /// <summary>People by name.</summary>
    /// <param name="text">A part of a name or user name; empty: all.</param>
    public async Task<(IReadOnlyList<Person> People, int Total)> ListAsync(string text, int skip, int take, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var normal = Normal(text);
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // The database compares; it knows no culture.
        var people = db.Users.AsNoTracking().Where(person => normal.Length == 0 || person.NormalizedUserName!.Contains(normal) || person.Name.ToUpper().Contains(normal));
#pragma warning restore CA1304, CA1311, CA1862, MA0011
        return (await people.OrderBy(person => person.Name).ThenBy(person => person.Id).Skip(skip).Take(take).ToListAsync(cancellation), await people.CountAsync(cancellation));
    }

    public async Task<Person?> FindAsync(string userName, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var normal = Normal(userName);
        return await db.Users.AsNoTracking().FirstOrDefaultAsync(person => person.NormalizedUserName == normal, cancellation);
    }

    /// <summary>Adds accounts, each with its link, or none of them where one can't be added.</summary>
    /// <param name="forms">Without faults.</param>
    /// <param name="who">Who adds them, as the audit log names them.</param>
    /// <param name="details">What else the log tells of each.</param>
    public async Task<AddedAccounts> AddAsync(IReadOnlyList<PersonForm> forms, AuditActor who, CancellationToken cancellation, params (string Name, string Value)[] details)
    {
        ArgumentNullException.ThrowIfNull(forms);
        await using var db = await records.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var people = forms.Select(form => form.Make(now)).ToList();
        var taken = await TakenAsync(db, people, cancellation);
        if (taken.Count > 0)
        {
            return new AddedAccounts([], taken);
        }

        var invited = people.Select(person => new Invited(person, SessionBook.NewKey())).ToList();
        db.Users.AddRange(people);
        db.Invitations.AddRange(invited.Select(one => NewInvitation(one.Person.Id, one.Key, now)));
        try
        {
            await audit.SaveAsync(db, () => Task.FromResult<IReadOnlyCollection<AuditEvent>>([.. people.Select(person => AccountTold.Made(who, person, details))]), cancellation);
        }
        catch (DbUpdateException failure)
        {
            // Another was faster with one of the names.
            db.ChangeTracker.Clear();
            taken = await TakenAsync(db, people, cancellation);
            return taken.Count > 0 ? new AddedAccounts([], taken) : throw new InvalidOperationException("The accounts could not be stored.", failure);
        }

        return new AddedAccounts(invited, []);
    }

    /// <summary>Changes what is known of a person; null: done; else what can't be: <c>badge</c> that another has, <c>gone</c>.</summary>
    /// <param name="form">Without faults.</param>
    public async Task<string?> ChangeAsync(Guid id, PersonForm form, AuditActor who, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(form);
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (await db.Users.FirstOrDefaultAsync(person => person.Id == id, cancellation) is not { } known)
        {
            return "gone";
        }

        var before = AccountTold.Rights(known);
        form.Apply(known);
        if (known.Badge is { } badge && await db.Users.AnyAsync(other => other.Badge == badge && other.Id != id, cancellation))
        {
            return "badge";
        }

        await audit.SaveAsync(
            db, () => Task.FromResult<IReadOnlyCollection<AuditEvent>>([AccountTold.Of(who, "account-changed", id), .. AccountTold.Changed(who, before, known)]), cancellation);
        return null;
    }

    /// <summary>Disables an account and ends its sessions, or enables it again; how many sessions ended; null: there is no such account.</summary>
    public async Task<int?> DisableAsync(Guid id, bool isDisabled, AuditActor who, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        int? ended = null;
        await audit.SaveAsync(
            db,
            async () =>
            {
                if (await db.Users.FirstOrDefaultAsync(person => person.Id == id, cancellation) is not { } known)
                {
                    return [];
                }

                known.IsDisabled = isDisabled;
                ended = isDisabled ? await EndSessionsAsync(db, id, "", cancellation) : 0;
                return [AccountTold.Of(who, isDisabled ? "account-disabled" : "account-enabled", id)];
            },
            cancellation);
        return ended;
    }

    /// <summary>Changes how a person signs in; false: there is none.</summary>
    /// <param name="what">How the audit log tells of it, such as <c>pin-changed</c>.</param>
    /// <param name="kept">The one session that stays open; null: all do.</param>
    public async Task<bool> ChangeAsync(Guid id, string what, Action<Person> change, AuditActor who, CancellationToken cancellation, string? kept = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (await db.Users.FirstOrDefaultAsync(person => person.Id == id, cancellation) is not { } known)
        {
            return false;
        }

        await audit.SaveAsync(
            db,
            async () =>
            {
                change(known);
                if (kept is not null)
                {
                    await EndSessionsAsync(db, id, kept, cancellation);
                }

                return [AccountTold.Of(who, what, id)];
            },
            cancellation);
        return true;
    }

    /// <summary>A new one-time link of a person; one that was made before can't be used any more. Null: there is no such account of ours.</summary>
    /// <param name="forgetFactors">For whoever lost a device: takes away passkeys, authenticator, recovery codes and password, and lifts a lock, and ends sessions.</param>
    public async Task<string?> InviteAsync(Guid id, bool forgetFactors, AuditActor who, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (await db.Users.FirstOrDefaultAsync(person => person.Id == id && person.Source == PersonSource.Local, cancellation) is not { } known)
        {
            return null;
        }

        var key = SessionBook.NewKey();
        await audit.SaveAsync(
            db,
            async () =>
            {
                await db.Invitations.Where(invitation => invitation.PersonId == id && invitation.Used == null).ExecuteDeleteAsync(cancellation);
                db.Invitations.Add(NewInvitation(id, key, time.GetUtcNow()));
                if (forgetFactors)
                {
                    await db.Set<IdentityUserPasskey<Guid>>().Where(passkey => passkey.UserId == id).ExecuteDeleteAsync(cancellation);
                    await EndSessionsAsync(db, id, "", cancellation);
                    (known.PasswordHash, known.AuthenticatorKey, known.TwoFactorEnabled, known.RecoveryCodes) = (null, null, false, []);
                }

                (known.AccessFailedCount, known.LockoutEnd) = (0, null);
                return [AccountTold.Of(who, "link-made", id, ("forget-factors", forgetFactors ? "yes" : "no"))];
            },
            cancellation);
        return key;
    }

    /// <summary>Whose link a key is, as long as it can be used; null: nobody's.</summary>
    public async Task<Person?> OfInvitationAsync(string key, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var (id, now) = (SessionBook.IdOf(key), time.GetUtcNow());
        return await (from invitation in db.Invitations.AsNoTracking()
                      join person in db.Users.AsNoTracking() on invitation.PersonId equals person.Id
                      where invitation.Id == id && invitation.Used == null && invitation.Ends > now && !person.IsDisabled
                      select person).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>
    /// Uses a link up, with what its person chose, and ends every session of theirs: whoever was signed in as them before the link was made is
    /// not they, perhaps. All of it or nothing; null: the link can't be used, or another was faster.
    /// </summary>
    /// <param name="passwordHash">The password that they chose; null: they made a passkey.</param>
    public async Task<Person?> AcceptAsync(string key, string? passwordHash, UserPasskeyInfo? passkey, AuditActor who, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var (id, now) = (SessionBook.IdOf(key), time.GetUtcNow());
        Person? person = null;
        var head = await audit.SaveAsync(
            db,
            async () =>
            {
                if (await db.Invitations.Where(invitation => invitation.Id == id && invitation.Used == null && invitation.Ends > now)
                        .ExecuteUpdateAsync(set => set.SetProperty(invitation => invitation.Used, now), cancellation) != 1)
                {
                    return [];
                }

                person = await (from invitation in db.Invitations
                                join known in db.Users on invitation.PersonId equals known.Id
                                where invitation.Id == id
                                select known).FirstAsync(cancellation);
                if (passkey is not null && !await PasskeyBook.AddToAsync(db, person.Id, passkey, cancellation))
                {
                    return [];
                }

                person.PasswordHash = passwordHash ?? person.PasswordHash;
                (person.SecurityStamp, person.AccessFailedCount, person.LockoutEnd) = (Guid.NewGuid().ToString(), 0, null);
                await EndSessionsAsync(db, person.Id, "", cancellation);
                return [AccountTold.Of(who, "link-used", person.Id, ("chose", passwordHash is null ? "passkey" : "password"))];
            },
            cancellation);
        return head is null ? null : person;
    }

    private Task<int> EndSessionsAsync(RecordsDb db, Guid person, string kept, CancellationToken cancellation) =>
        SessionBook.EndInAsync(db, session => session.PersonId == person && session.Id != kept, time.GetUtcNow(), cancellation);

    private static Invitation NewInvitation(Guid person, string key, DateTimeOffset now) =>
        new() { Id = SessionBook.IdOf(key), PersonId = person, Made = now, Ends = now + Invitation.Lasts };

    private static async Task<List<(int Index, string What)>> TakenAsync(RecordsDb db, List<Person> people, CancellationToken cancellation)
    {
        var names = people.Select(person => person.NormalizedUserName!).ToHashSet(StringComparer.Ordinal);
        var badges = people.Select(person => person.Badge).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var takenNames = (await db.Users.Where(known => names.Contains(known.NormalizedUserName!)).Select(known => known.NormalizedUserName!).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var takenBadges = (await db.Users.Where(known => badges.Contains(known.Badge!)).Select(known => known.Badge!).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var taken = new List<(int, string)>();
        foreach (var (index, person) in people.Index())
        {
            // The second of two that are asked for at once is taken by the first.
            if (!takenNames.Add(person.NormalizedUserName!))
            {
                taken.Add((index, "user-name"));
            }

            if (person.Badge is { } badge && !takenBadges.Add(badge))
            {
                taken.Add((index, "badge"));
            }
        }

        return taken;
    }
}
