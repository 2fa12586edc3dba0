using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Storage;
using PolicyHub.Records.Tests.Audit;

namespace PolicyHub.Records.Tests.People;

/// <summary>Accounts, their links, passkeys, codes, tries and counter PCs, on both databases; and that none changes without its row in the audit log.</summary>
public sealed class AccountBookTests
{
    private static readonly string Hash = Passwords.Hash("violet kettle marmot nine");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Change_OfAnyKind_StandsWithItsRowOrNotAtAll(RecordsProvider provider)
    {
        using var books = await AccountBooks.OpenAsync(provider);
        var ann = AuditSample.Ann;
        var casey = await books.InviteAsync("casey", "B1");
        var devon = await books.InviteAsync("devon");
        await books.Passkeys.AddAsync(casey.Person.Id, Passkey(1), ann, Now);
        var (spare, _) = await books.Pcs.AddAsync("Counter 1", "", "", casey.Person.Id, ann, Now);
        var (_, link) = await books.Pcs.AddAsync("Counter 2", "", "", casey.Person.Id, ann, Now);
        var elsewhere = new Person { Id = Guid.NewGuid(), Name = "Emery", UserName = "emery", NormalizedUserName = "EMERY", Source = PersonSource.Provider };
        await books.People.TakeAsync(elsewhere, ann, Now);
        (string Told, Func<Task> Act)[] acts =
        [
            ("account account-made", () => books.InviteAsync("flynn")),
            ("account account-changed", () => books.Accounts.ChangeAsync(casey.Person.Id, new PersonForm { Name = "Casey Moore", UserName = "casey", Badge = "B2" }, ann, Now)),
            ("role-change rights", () => books.Accounts.ChangeAsync(devon.Person.Id, new PersonForm { Name = "Devon", UserName = "devon", Roles = "auditor" }, ann, Now)),
            ("account pin-changed", () => books.Accounts.ChangeAsync(casey.Person.Id, "pin-changed", person => person.PinHash = Hash, ann, Now)),
            ("account password-changed", () => books.Accounts.ChangeAsync(casey.Person.Id, "password-changed", person => person.PasswordHash = Hash, ann, Now, kept: "none of them")),
            ("account link-used", () => books.Accounts.AcceptAsync(casey.Key, null, Passkey(2), ann, Now)),
            ("account link-made", () => books.Accounts.InviteAsync(casey.Person.Id, forgetFactors: true, ann, Now)),
            ("account passkey-added", () => books.Passkeys.AddAsync(casey.Person.Id, Passkey(3), ann, Now)),
            ("account passkey-removed", () => books.Passkeys.RemoveAsync(casey.Person.Id, Passkey(3).CredentialId, ann, Now)),
            ("account sessions-ended", () => books.Sessions.EndAllOfAsync(casey.Person.Id, "", ann, Now)),
            ("account counter-pc-made", () => books.Pcs.AddAsync("Counter 3", "", "", casey.Person.Id, ann, Now)),
            ("account counter-pc-enrolled", () => books.Pcs.EnrolAsync(link, ann, Now)),
            ("account counter-pc-revoked", () => books.Pcs.RevokeAsync(spare.Id, ann, Now)),
            ("account account-disabled", () => books.Accounts.DisableAsync(casey.Person.Id, isDisabled: true, ann, Now)),
            ("role-change rights", () => books.People.TakeAsync(new Person { Id = elsewhere.Id, Name = "Emery", Grants = [new Grant(Role.Auditor, "")] }, ann, Now)),
        ];
        foreach (var (told, act) in acts)
        {
            // Without the log: nothing of it is there. With it: all of it.
            await books.SignInAsync(casey.Person.Id);
            await books.SignInAsync(casey.Person.Id, AuditActor.ReferenceOfPc(spare.Id));
            var before = await books.AllAsync();
            await books.Records.ExecuteAsync(AuditSample.FullLog(provider));
            await Assert.ThrowsAnyAsync<Exception>(act);
            Assert.Equal((told, before), (told, await books.AllAsync()));

            await books.Records.ExecuteAsync(AuditSample.RoomInTheLog(provider));
            await act();
            Assert.Equal(told, (await books.ToldAsync())[0]);
            Assert.NotEqual(WithoutRows(before), WithoutRows(await books.AllAsync()));
        }

        Assert.True((await AuditSample.VerifyAsync(books.Records)).IsWhole);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Add_ManyOfWhomOneIsTaken_AddsNone(RecordsProvider provider)
    {
        using var books = await AccountBooks.OpenAsync(provider);
        PersonForm[] forms = [.. Enumerable.Range(0, 30).Select(row => new PersonForm { Name = $"Person {row}", UserName = $"p{row}", Badge = $"B{row}", End = "2026-11-24" })];
        var added = await books.Accounts.AddAsync(forms, AuditSample.Ann, Now, ("by", "file"));
        Assert.Equal((30, 0), (added.Invited.Count, added.Taken.Count));
        Assert.Equal(30, (await books.ToldAsync()).Count);

        var again = await books.Accounts.AddAsync([new PersonForm { Name = "New", UserName = "new" }, forms[3], new PersonForm { Name = "Other", UserName = "other", Badge = "B7" }], AuditSample.Ann, Now);
        Assert.Equal([(1, "user-name"), (1, "badge"), (2, "badge")], again.Taken);
        var (people, total) = await books.Accounts.ListAsync("PERSON 1", 0, 5, Now);
        Assert.Equal((5, 11), (people.Count, total));
        Assert.Equal((30, 30), ((await books.Accounts.ListAsync("", 0, 100, Now)).Total, (await books.ToldAsync()).Count));

        // Ends by itself after its last day.
        Assert.Equal([true, false], new[] { 24, 25 }.Select(day => people[0].IsActiveOn(new DateOnly(2026, 11, day))));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Link_ByManyAtOnce_IsUsedOnceAndEndsSessions(RecordsProvider provider)
    {
        using var books = await AccountBooks.OpenAsync(provider);
        var (person, old) = await books.InviteAsync("casey");
        var session = await books.SignInAsync(person.Id);
        var key = (await books.Accounts.InviteAsync(person.Id, forgetFactors: false, AuditSample.Ann, Now))!;
        Assert.Null(await books.Accounts.OfInvitationAsync(old, Now));
        Assert.Equal(person.Id, (await books.Accounts.OfInvitationAsync(key, Now))!.Id);
        Assert.True(await books.IsOpenAsync(session));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => books.Accounts.AcceptAsync(key, Hash, null, AuditSample.Ann, Now))));
        Assert.Equal(person.Id, answers.Single(answer => answer is not null)!.Id);
        Assert.False(await books.IsOpenAsync(session));
        Assert.True(Passwords.Verify((await books.Accounts.FindAsync(" Casey ", Now))!.PasswordHash, "violet kettle marmot nine"));
        Assert.Single(await books.ToldAsync(), "account link-used");

        var late = (await books.Accounts.InviteAsync(person.Id, forgetFactors: true, AuditSample.Ann, Now))!;
        Assert.Null((await books.Accounts.FindAsync("casey", Now))!.PasswordHash);
        books.Clock.Advance(Invitation.Lasts);
        Assert.Null(await books.Accounts.AcceptAsync(late, Hash, null, AuditSample.Ann, Now));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Passkey_Kept_ReadsAsTheFrameworkWroteIt(RecordsProvider provider)
    {
        using var books = await AccountBooks.OpenAsync(provider);
        var (person, _) = await books.InviteAsync("casey");
        Assert.True(await books.Passkeys.AddAsync(person.Id, Passkey(1), AuditSample.Ann, Now));
        Assert.False(await books.Passkeys.AddAsync(person.Id, Passkey(1), AuditSample.Ann, Now), "One passkey is kept once.");
        await using (var db = books.Records.CreateDbContext())
        {
            using var store = new Microsoft.AspNetCore.Identity.EntityFrameworkCore.UserStore<Person, IdentityRole<Guid>, RecordsDb, Guid, IdentityUserClaim<Guid>, IdentityUserRole<Guid>, IdentityUserLogin<Guid>, IdentityUserToken<Guid>, IdentityRoleClaim<Guid>, IdentityUserPasskey<Guid>>(db);
            var read = (await store.FindPasskeyAsync(person, Passkey(1).CredentialId, Now))!;
            var made = Passkey(1);
            Assert.Equal(made.PublicKey, read.PublicKey);
            Assert.Equal((made.Name, made.CreatedAt, made.SignCount, made.IsUserVerified, made.IsBackupEligible, made.IsBackedUp), (read.Name, read.CreatedAt, read.SignCount, read.IsUserVerified, read.IsBackupEligible, read.IsBackedUp));
            Assert.Equal(made.Transports, read.Transports);
            Assert.Equal(made.AttestationObject, read.AttestationObject);
            Assert.Equal(made.ClientDataJson, read.ClientDataJson);
        }

        foreach (var number in Enumerable.Range(2, PasskeyBook.Most - 1))
        {
            Assert.True(await books.Passkeys.AddAsync(person.Id, Passkey((byte)number), AuditSample.Ann, Now));
        }

        Assert.False(await books.Passkeys.AddAsync(person.Id, Passkey(200), AuditSample.Ann, Now));
        Assert.False(await books.Passkeys.RemoveAsync(Guid.NewGuid(), Passkey(1).CredentialId, AuditSample.Ann, Now));
        Assert.True(await books.Passkeys.RemoveAsync(person.Id, Passkey(1).CredentialId, AuditSample.Ann, Now));
        Assert.False(await books.Passkeys.RemoveAsync(person.Id, Passkey(1).CredentialId, AuditSample.Ann, Now));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Tries_TenWrong_RestTheAccountLongerEachTime(RecordsProvider provider)
    {
        using var books = await AccountBooks.OpenAsync(provider);
        await books.InviteAsync("casey", "b1");
        foreach (var wrong in Enumerable.Range(1, 10))
        {
            var known = (await books.Tries.CountAsync("casey", Now))!;
            Assert.Equal((wrong, false), (known.AccessFailedCount, books.Tries.IsLocked(known)));
            await books.Tries.FailedAsync(known, Now);
        }

        Assert.True(books.Tries.IsLocked((await books.Tries.CountAsync("casey", Now))!));
        Assert.Null(await books.Tries.CountAsync("nobody", Now));
        books.Clock.Advance(TimeSpan.FromSeconds(61));
        var eleventh = (await books.Tries.CountAsync("casey", Now))!;
        Assert.Equal((11, false), (eleventh.AccessFailedCount, books.Tries.IsLocked(eleventh)));
        await books.Tries.FailedAsync(eleventh, Now);
        books.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.True(books.Tries.IsLocked((await books.Tries.CountAsync("casey", Now))!));
        books.Clock.Advance(TimeSpan.FromSeconds(60));
        await books.Tries.SucceededAsync((await books.Tries.CountAsync("casey", Now))!, Now);
        Assert.Equal(1, (await books.Tries.CountAsync("casey", Now))!.AccessFailedCount);

        foreach (var _ in Enumerable.Range(1, 5))
        {
            await books.Tries.PinFailedAsync(await books.Tries.CountPinAsync("B1", Now), Now);
        }

        Assert.True(books.Tries.IsPinLocked((await books.Tries.CountPinAsync(" b1", Now))!));
        await books.Tries.PinSucceededAsync((await books.Tries.CountPinAsync("b1", Now))!, Now);
        Assert.False(books.Tries.IsPinLocked((await books.Tries.CountPinAsync("b1", Now))!));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Codes_SentByManyAtOnce_CountOnce(RecordsProvider provider)
    {
        using var books = await AccountBooks.OpenAsync(provider);
        var (person, _) = await books.InviteAsync("casey");
        await books.Accounts.ChangeAsync(person.Id, "authenticator-added", me => me.RecoveryCodes = ["one", "two"], AuditSample.Ann, Now);

        Assert.Single(await ManyAsync(() => books.Tries.TakeStepAsync(person.Id, 57, Now)), taken => taken);
        Assert.False(await books.Tries.TakeStepAsync(person.Id, 56, Now));
        Assert.True(await books.Tries.TakeStepAsync(person.Id, 58, Now));
        Assert.Single(await ManyAsync(() => books.People.TakeRecoveryCodeAsync(person.Id, "one", Now)), taken => taken);
        Assert.True(await books.People.TakeRecoveryCodeAsync(person.Id, "two", Now));
        Assert.Empty((await books.People.FindAsync(person.Id, Now))!.RecoveryCodes);

        static async Task<bool[]> ManyAsync(Func<Task<bool>> act) => await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(act)));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task CounterPc_Enrolled_IsFoundUntilItIsRevokedWithItsSessions(RecordsProvider provider)
    {
        using var books = await AccountBooks.OpenAsync(provider);
        var (person, _) = await books.InviteAsync("casey");
        var (pc, link) = await books.Pcs.AddAsync("Counter 1", "billing", "counter", person.Id, AuditSample.Ann, Now);
        Assert.Equal(pc.Id, (await books.Pcs.OfLinkAsync(link, Now))!.Id);
        var keys = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => books.Pcs.EnrolAsync(link, AuditSample.Ann, Now))));
        var key = keys.Single(one => one is not null)!;
        Assert.Null(await books.Pcs.OfLinkAsync(link, Now));
        Assert.Equal(("Counter 1", "billing", "counter"), (await books.Pcs.FindAsync(key, Now)) is { } found ? (found.Name, found.Desk, found.Audience) : default);

        var acting = await books.SignInAsync(person.Id, AuditActor.ReferenceOfPc(pc.Id));
        var own = await books.SignInAsync(person.Id);
        Assert.True(await books.Pcs.RevokeAsync(pc.Id, AuditSample.Ann, Now));
        Assert.False(await books.Pcs.RevokeAsync(pc.Id, AuditSample.Ann, Now));
        Assert.Null(await books.Pcs.FindAsync(key, Now));
        Assert.Equal((false, true), (await books.IsOpenAsync(acting), await books.IsOpenAsync(own)));
        Assert.Single(await books.ToldAsync(), "account counter-pc-revoked");

        var (_, late) = await books.Pcs.AddAsync("Counter 2", "", "", person.Id, AuditSample.Ann, Now);
        books.Clock.Advance(CounterPc.LinkLasts);
        Assert.Null(await books.Pcs.EnrolAsync(late, AuditSample.Ann, Now));
    }

    private static string WithoutRows(string all) => all[..all.LastIndexOf('\n')];

    private static UserPasskeyInfo Passkey(byte number) => new([number, 2, 3], [4, number, 6], AuditSample.Morning, 7, ["internal", "hybrid"], true, true, false, [8, 9], [10, 11]) { Name = "Office key" };
}
