using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Tests;

/// <summary>What the tests have another process do to their records.</summary>
internal static class Child
{
    /// <summary>Where the connection string stands: it holds a password, and arguments are seen by all.</summary>
    public const string Database = "POLICYHUB_TESTS_DATABASE";

    private const int Threads = 8;

    public static async Task<int> RunAsync(string[] args)
    {
        var text = Environment.GetEnvironmentVariable(Database)!;
        var location = args[1] == nameof(RecordsProvider.Sqlite) ? RecordsLocation.OfFile(text) : RecordsLocation.OfServer(text);
        await RecordsOpening.OpenAsync(location, CancellationToken.None);
        if (args is ["write", _, var each])
        {
            await WriteAsync(location, int.Parse(each, CultureInfo.InvariantCulture));
        }
        else if (args is ["edit", _, .. var editing])
        {
            await Proposals.Editors.RunAsync(new RecordsFactory(location), editing);
        }

        return 0;
    }

    /// <summary>Eight threads add people, each with a row of the log; what is on disk is told on standard output.</summary>
    private static async Task WriteAsync(RecordsLocation location, int each)
    {
        var options = new DbContextOptionsBuilder<RecordsDb>();
        options.UseRecords(location);
        using var log = new AuditLog(new Factory(options.Options), TimeProvider.System);
        var told = new Lock();
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            async () =>
            {
                for (var write = 0; write < each; write++)
                {
                    var (person, number) = await AddAsync(new RecordsDb(options.Options), log, isOwnTransaction: thread % 2 == 0);
                    lock (told)
                    {
                        output.WriteLine(FormattableString.Invariant($"{number} {person}"));
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }

    private static async Task<(Guid Person, long Number)> AddAsync(RecordsDb db, AuditLog log, bool isOwnTransaction)
    {
        await using var _ = db;
        var person = new Person { Id = Guid.NewGuid(), Name = "Someone", Made = TimeProvider.System.GetUtcNow() };
        person.UserName = person.Id.ToString("N");
        var told = new AuditEvent
        {
            Kind = AuditKind.Account,
            Who = AuditActor.Hub with { Name = "Someone", Address = "127.0.0.1" },
            What = "made",
            Subject = AuditActor.ReferenceOf(person.Id),
        };
        if (!isOwnTransaction)
        {
            db.Users.Add(person);
            return (person.Id, (await log.SaveAsync(db, told, CancellationToken.None)).Number);
        }

        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Users.Add(person);
        await db.SaveChangesAsync();
        var head = await log.AppendAsync(db, told, CancellationToken.None);
        await transaction.CommitAsync();
        return (person.Id, head.Number);
    }

    private sealed class Factory(DbContextOptions<RecordsDb> options) : IDbContextFactory<RecordsDb>
    {
        public RecordsDb CreateDbContext() => new(options);
    }
}
