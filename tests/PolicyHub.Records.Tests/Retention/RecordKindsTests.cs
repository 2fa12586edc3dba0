using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Feedback;
using PolicyHub.Records.Mails;
using PolicyHub.Records.Notices;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Reading;
using PolicyHub.Records.Retention;
using PolicyHub.Records.Searches;
using PolicyHub.Records.Sessions;
using PolicyHub.Records.Storage;
using PolicyHub.Records.Tests.Audit;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.Retention;

/// <summary>No kind of record is forgotten: neither by who explains it, nor by its time, nor by a records request.</summary>
public sealed class RecordKindsTests
{
    private static readonly DateTimeOffset Old = new(2020, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Recently = AuditSample.Morning.AddDays(-2);

    private static readonly Guid Ann = new("5d1d5f1e-0d7a-4a61-9b0a-2f3ad0a7f001");

    private static readonly Guid Bob = new("5d1d5f1e-0d7a-4a61-9b0a-2f3ad0a7f002");

    [Fact]
    public async Task Kinds_AndTheTablesOfTheModel_AreTheSame()
    {
        using var records = await TestRecords.NoneYetAsync(RecordsProvider.Sqlite);
        await using var db = records.CreateDbContext();
        var stored = db.Model.GetEntityTypes().Where(entity => !entity.IsOwned()).Select(entity => entity.ClrType).ToList();
        var listed = RecordKinds.All.SelectMany(kind => kind.Entities).ToList();

        Assert.Equal([], stored.Except(listed));
        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.Equal([], listed.Except(stored).Where(entity => entity != typeof(IdentityUserPasskey<Guid>)));
        Assert.All(RecordKinds.All, kind => Assert.True(kind.Rows is not null || !kind.IsPersonal, kind.Name));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Run_TakesOutWhatIsPastItsTime_AndNothingElse(RecordsProvider provider)
    {
        using var records = await FilledAsync(provider);
        var taken = await RunAsync(records, hold: "");

        Assert.Equal(["accounts 1", "deputies 1", "feedback 2", "mails 1", "notices 1", "pins 1", "proposals 1", "recent 1", "searches 1", "seen 1", "sessions 1"], taken.Where(pair => pair.Key != "audit").Select(pair => $"{pair.Key} {pair.Value}"));
        await using var db = records.CreateDbContext();
        Assert.Equal(["old and open", "recent"], await db.Set<FeedbackNote>().Select(note => note.Note).Order().ToListAsync());
        Assert.Equal("recent", (await db.Set<PostedNotice>().SingleAsync()).What);
        Assert.Equal("recent", (await db.Set<Pin>().SingleAsync()).Path);
        Assert.Equal("recent", (await db.Set<RecentPage>().SingleAsync()).Path);
        Assert.Equal(Ann, (await db.Users.SingleAsync()).Id);
        Assert.Equal(new DateOnly(2026, 11, 21), (await db.Set<QueryDay>().SingleAsync()).Day);
        Assert.Contains("\"pins\":\"1\"", (await db.Set<AuditEntry>().SingleAsync(row => row.What == "take-out")).Details, StringComparison.Ordinal);
        Assert.Empty(await RunAsync(records, hold: ""));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("pins")]
    public async Task Run_UnderAHold_TakesOutNothingThatIsHeld(string hold)
    {
        using var records = await FilledAsync(RecordsProvider.Sqlite);
        var taken = await RunAsync(records, hold);

        Assert.Equal(hold == "all" ? [] : ["accounts", "deputies", "feedback", "mails", "notices", "proposals", "recent", "searches", "seen", "sessions"], taken.Keys.Where(name => name != "audit"));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Request_ForATopicOrDays_GivesEveryKindWithAListAndChecksums(RecordsProvider provider)
    {
        using var records = await FilledAsync(provider);
        var all = await AskAsync(records, new RecordsAsked());
        var list = JsonNode.Parse(all["contents.json"])!;
        var given = RecordKinds.All.Where(kind => kind is { Rows: not null, IsOwnersAlone: false }).Select(kind => kind.Name).ToList();

        Assert.Equal(given, list["files"]!.AsArray().Select(file => (string)file!["kind"]!));
        Assert.Equal(["pins", "recent", "seen", "keys"], list["leftOut"]!.AsArray().Select(one => (string)one!["kind"]!));
        Assert.All(list["files"]!.AsArray(), file => Assert.Equal((int)file!["rows"]!, all[(string)file["file"]!].Count(letter => letter == '\n')));
        var sums = all["SHA256SUMS"].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(given.Count + 1, sums.Length);
        Assert.All(sums, line => Assert.Equal(line[..64], Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(all[line[66..]])))));
        Assert.Equal(2, Lines(all, "accounts"));
        Assert.Equal(1, Lines(all, "audit"));

        var topic = await AskAsync(records, new RecordsAsked { Topic = "OLD and" });
        Assert.Equal((0, 1, 0), (Lines(topic, "accounts"), Lines(topic, "feedback"), Lines(topic, "notices")));
        var days = await AskAsync(records, new RecordsAsked { From = Recently.AddDays(-1), Until = Recently.AddDays(1) });
        Assert.Equal((0, 1, 1), (Lines(days, "accounts"), Lines(days, "feedback"), Lines(days, "notices")));
        Assert.Equal(2, Lines(await AskAsync(records, new RecordsAsked { WithOwnersAlone = true }), "pins"));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Own_OfOnePerson_HoldsTheirsAndNoSecretAndNobodyElses(RecordsProvider provider)
    {
        using var records = await FilledAsync(provider);
        var own = await new RecordsRequest(records, new TestClock(AuditSample.Morning)).OfAsync(Ann, CancellationToken.None);
        var text = own.ToJsonString();

        Assert.Equal(["made", .. RecordKinds.All.Where(kind => kind is { IsPersonal: true, Rows: not null }).Select(kind => kind.Name)], own.Select(pair => pair.Key));
        Assert.All(RecordKinds.All.Where(kind => kind is { IsPersonal: true, Rows: not null }), kind => Assert.True(own[kind.Name]!.AsArray().Count > 0, kind.Name));
        Assert.DoesNotContain("Bob", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Bob.ToString("D"), text, StringComparison.Ordinal);
    }

    /// <summary>Of every kind something old and something recent, of Ann and of Bob, whose account ended long ago.</summary>
    private static async Task<TestRecords> FilledAsync(RecordsProvider provider)
    {
        var records = await TestRecords.OpenAsync(provider);
        await using var db = records.CreateDbContext();
        db.AddRange(Of(Ann, "Ann", null), Of(Bob, "Bob", new DateOnly(2020, 2, 1)));
        await db.SaveChangesAsync();
        db.AddRange(Session("a", Old), Session("b", Recently));
        db.Add(new CounterPc { Id = Guid.NewGuid(), Name = "Counter 2", By = Ann, Made = Recently, KeyHash = "secret" });
        db.AddRange(Notice("old", Old), Notice("recent", Recently));
        db.AddRange(Closed(Old), Closed(Recently), DeputyUntil(new DateOnly(2020, 1, 3)), DeputyUntil(new DateOnly(2026, 12, 1)));
        db.AddRange(Note("old", Old, FeedbackState.Resolved), Note("old thanks", Old, FeedbackState.Thanked), Note("old and open", Old, FeedbackState.Open), Note("recent", Recently, FeedbackState.Resolved));
        db.AddRange(new Pin { PersonId = Ann, Path = "old", At = Old }, new Pin { PersonId = Ann, Path = "recent", At = Recently });
        db.AddRange(new RecentPage { PersonId = Ann, Path = "old", At = Old }, new RecentPage { PersonId = Ann, Path = "recent", At = Recently });
        db.AddRange(MailOf(Ann, Recently), MailOf(null, Old));
        var urgent = Closed(Recently);
        db.Add(urgent);
        db.AddRange(SeenBy(Ann, urgent, Recently), SeenBy(Ann, urgent, Old));
        db.AddRange(new QueryDay { Day = new DateOnly(2020, 1, 1), Words = "w", Source = "s", People = 9 }, new QueryDay { Day = new DateOnly(2026, 11, 21), Words = "w", Source = "s", People = 4 });
        await db.SaveChangesAsync();
        using var log = AuditSample.Log(records);
        await log.AppendAsync(AuditSample.SignIn, CancellationToken.None);
        return records;
    }

    private static WaitingMail MailOf(Guid? person, DateTimeOffset at) =>
        new() { Id = Guid.NewGuid(), PersonId = person, Address = "one@riverton.example", Subject = "waits", Text = "waits", Made = at, Due = at };

    private static SeenUrgent SeenBy(Guid person, Proposal urgent, DateTimeOffset at) =>
        new() { PersonId = person, ProposalId = urgent.Id, Path = at == Old ? "old" : "recent", Title = "Late fees", Since = at, At = at };

    private static async Task<ImmutableSortedDictionary<string, int>> RunAsync(TestRecords records, string hold)
    {
        using var log = AuditSample.Log(records);
        var rules = new RetentionRules(RecordKinds.All.ToDictionary(kind => kind.Name, kind => new RetentionRule(TimeSpan.FromDays(30), hold == "all" || hold == kind.Name)));
        return await rules.RunAsync(records, log, new TestClock(AuditSample.Morning), CancellationToken.None);
    }

    private static async Task<Dictionary<string, string>> AskAsync(TestRecords records, RecordsAsked asked)
    {
        using var stream = new MemoryStream();
        await new RecordsRequest(records, new TestClock(AuditSample.Morning)).WriteAsync(stream, asked, "a test", CancellationToken.None);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        var files = new Dictionary<string, string>();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            files[entry.FullName] = await reader.ReadToEndAsync();
        }

        return files;
    }

    private static int Lines(Dictionary<string, string> files, string kind) => files[kind + ".jsonl"].Count(letter => letter == '\n');

    private static Proposal Closed(DateTimeOffset at) =>
        new() { Id = Guid.NewGuid(), AuthorId = Ann, AuthorName = "Ann", State = ProposalState.Published, Made = at, Changed = at, Closed = at };

    private static Deputy DeputyUntil(DateOnly day) =>
        new() { Id = Guid.NewGuid(), Position = "p", PersonId = Ann, Name = "Ann", From = day.AddDays(-2), Until = day, SetBy = "Cara", Made = new DateTimeOffset(day.AddDays(-3).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) };

    private static Person Of(Guid id, string name, DateOnly? ends) =>
        new() { Id = id, Name = name, UserName = name, NormalizedUserName = name.ToUpperInvariant(), Ends = ends, Made = Old, PasswordHash = "secret", SecurityStamp = "secret" };

    private static Session Session(string id, DateTimeOffset at) => new() { Id = "secret" + id, PersonId = Ann, Method = "password", Begun = at, Seen = at, Ends = at.AddHours(12) };

    private static PostedNotice Notice(string what, DateTimeOffset at) =>
        new() { Id = Guid.NewGuid(), Desk = "d", Audience = "", What = what, Details = "", PostedById = Ann, PostedBy = "Ann", Posted = at, Until = at.AddHours(4) };

    private static FeedbackNote Note(string note, DateTimeOffset at, FeedbackState state) => new()
    {
        Id = Guid.NewGuid(),
        Path = "p",
        Title = "P",
        Section = "",
        Version = "1",
        Commit = "c",
        Blob = "b",
        Owners = [],
        Query = "",
        Answered = false,
        Note = note,
        PersonId = Ann,
        ShownName = "",
        At = at,
        State = state,
        Closed = state is FeedbackState.Resolved ? at.AddHours(1) : null,
    };
}
