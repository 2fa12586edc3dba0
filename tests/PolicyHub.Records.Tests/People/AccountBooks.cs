using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;
using PolicyHub.Records.Storage;
using PolicyHub.Records.Tests.Audit;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.People;

/// <summary>All that accounts are kept with, on one database, at a time that a test moves.</summary>
internal sealed class AccountBooks : IDisposable
{
    private AccountBooks(TestRecords records)
    {
        Records = records;
        Log = new AuditLog(records, Clock);
        Accounts = new AccountBook(records, Log, Clock);
        Passkeys = new PasskeyBook(records, Log);
        People = new PeopleBook(records, Log);
        Pcs = new CounterPcBook(records, Log, Clock);
        Sessions = new SessionBook(records, Log, Clock);
        Tries = new Tries(records, Clock);
    }

    public TestRecords Records { get; }

    public TestClock Clock { get; } = new(AuditSample.Morning);

    public AuditLog Log { get; }

    public AccountBook Accounts { get; }

    public PasskeyBook Passkeys { get; }

    public PeopleBook People { get; }

    public CounterPcBook Pcs { get; }

    public SessionBook Sessions { get; }

    public Tries Tries { get; }

    public static async Task<AccountBooks> OpenAsync(RecordsProvider provider) => new(await TestRecords.OpenAsync(provider));

    public async Task<Invited> InviteAsync(string userName, string? badge = null) =>
        (await Accounts.AddAsync([new PersonForm { Name = "Casey Morgan", UserName = userName, Badge = badge ?? "" }], AuditSample.Ann, CancellationToken.None)).Invited[0];

    /// <summary>A session that is open.</summary>
    public async Task<Session> SignInAsync(Guid person, string? providerSession = null)
    {
        var now = Clock.GetUtcNow();
        var session = new Session
        {
            Id = SessionBook.IdOf(SessionBook.NewKey()),
            PersonId = person,
            Method = "password",
            Begun = now,
            Seen = now,
            Ends = now.AddHours(12),
            ProviderSession = providerSession,
        };
        await Sessions.BeginAsync(session, AuditSample.SignIn, CancellationToken.None);
        return session;
    }

    public async Task<bool> IsOpenAsync(Session session) => await Sessions.FindAsync(session.Id, TimeSpan.FromHours(2), null, CancellationToken.None) is not null;

    /// <summary>What the log tells of accounts, the newest first.</summary>
    public async Task<List<string>> ToldAsync() =>
        [.. (await new AuditBook(Records).ReadAsync(new AuditQuestion(), null, 1000, CancellationToken.None)).Select(row => $"{row.Entry.Kind} {row.Entry.What}")];

    /// <summary>Everything that stands in the tables of people, as text.</summary>
    public async Task<string> AllAsync()
    {
        await using var db = Records.CreateDbContext();
        return string.Join('\n',
            (await db.Users.AsNoTracking().OrderBy(person => person.Id).ToListAsync()).Select(person => System.Text.Json.JsonSerializer.Serialize(person))
            .Concat((await db.Invitations.AsNoTracking().OrderBy(invitation => invitation.Id).ToListAsync()).Select(invitation => System.Text.Json.JsonSerializer.Serialize(invitation)))
            .Concat((await db.CounterPcs.AsNoTracking().OrderBy(pc => pc.Id).ToListAsync()).Select(pc => System.Text.Json.JsonSerializer.Serialize(pc)))
            .Concat((await db.Sessions.AsNoTracking().OrderBy(session => session.Id).ToListAsync()).Select(session => System.Text.Json.JsonSerializer.Serialize(session)))
            .Concat((await db.Set<Microsoft.AspNetCore.Identity.IdentityUserPasskey<Guid>>().AsNoTracking().ToListAsync()).Select(passkey => Convert.ToHexString(passkey.CredentialId)).Order())
            .Append($"{await db.Set<AuditEntry>().CountAsync()} rows"));
    }

    public void Dispose()
    {
        Log.Dispose();
        Records.Dispose();
    }
}
