using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.People;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.Storage;

public sealed class RecordsOpeningTests
{
    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Open_NothingThere_MakesRecordsThatKeepAPerson(RecordsProvider provider)
    {
        using var records = await TestRecords.NoneYetAsync(provider);
        await RecordsOpening.OpenAsync(records.Location, CancellationToken.None);
        await AddPersonAsync(records, "Ann");

        await using var db = records.CreateDbContext();
        Assert.Equal("Ann", (await db.Users.SingleAsync()).Name);
        Assert.Equal([RecordsModel.LastMigration], await db.Database.GetAppliedMigrationsAsync());
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Open_Again_KeepsWhatIsThereAndMakesNoCopy(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        await AddPersonAsync(records, "Ann");
        await RecordsOpening.OpenAsync(records.Location, CancellationToken.None);

        await using var db = records.CreateDbContext();
        Assert.Equal("Ann", (await db.Users.SingleAsync()).Name);
        Assert.Empty(Directory.EnumerateFiles(records.Folder.Path, "*.before-*"));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Open_EightThreadsAtOnce_AllFindOneDatabase(RecordsProvider provider)
    {
        using var records = await TestRecords.NoneYetAsync(provider);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RecordsOpening.OpenAsync(records.Location, CancellationToken.None))));

        await using var db = records.CreateDbContext();
        Assert.Equal([RecordsModel.LastMigration], await db.Database.GetAppliedMigrationsAsync());
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Open_ThreeProcessesAtOnce_AllFindOneDatabase(RecordsProvider provider)
    {
        using var records = await TestRecords.NoneYetAsync(provider);
        var children = Enumerable.Range(0, 3).Select(_ => ChildProcess.Start("open", records.Location)).ToList();
        try
        {
            Assert.All(await Task.WhenAll(children.Select(child => child.ExitAsync())), code => Assert.Equal(0, code));
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }

        await using var db = records.CreateDbContext();
        Assert.Equal([RecordsModel.LastMigration], await db.Database.GetAppliedMigrationsAsync());
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Open_WrittenByANewerProgram_IsRefusedAndSaysWhatToDo(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        await records.ExecuteAsync("""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('99990101000000_Later', '99.0.0');""");

        var refused = await Assert.ThrowsAsync<RecordsUnusableException>(() => RecordsOpening.OpenAsync(records.Location, CancellationToken.None));
        Assert.Contains("newer PolicyHub (migration 99990101000000_Later", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Start that version", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Open_FileIsNoDatabase_IsRefused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("policyhub.db", new string('x', 4096));
        await Assert.ThrowsAsync<RecordsUnusableException>(() => RecordsOpening.OpenAsync(RecordsLocation.OfFile(folder["policyhub.db"]), CancellationToken.None));
    }

    [Fact]
    public async Task Open_AFileThatNeedsMigration_IsCopiedFirst()
    {
        using var records = await TestRecords.NoneYetAsync(RecordsProvider.Sqlite);
        await records.ExecuteAsync("CREATE TABLE Earlier (Word TEXT); INSERT INTO Earlier VALUES ('kept');");
        await RecordsOpening.OpenAsync(records.Location, CancellationToken.None);

        await using var copy = new SqliteConnection($"Data Source={records.Location.File}.before-{RecordsModel.LastMigration}");
        await copy.OpenAsync();
        await using var command = copy.CreateCommand();
        command.CommandText = "SELECT (SELECT Word FROM Earlier) || (SELECT count(*) FROM sqlite_master WHERE name = 'People');";
        Assert.Equal("kept0", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Open_AfterAKillDuringAMigration_ClearsTheLockThatItLeft()
    {
        using var records = await TestRecords.NoneYetAsync(RecordsProvider.Sqlite);
        Assert.True(await Task.Factory.StartNew(() => KillDuringMigration(records), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default), "No process was caught between taking the lock and writing the tables.");
        Assert.Equal("1|0", await AskAsync(records, """SELECT (SELECT count(*) FROM "__EFMigrationsLock") || '|' || (SELECT count(*) FROM sqlite_master WHERE name = 'People');"""));

        await RecordsOpening.OpenAsync(records.Location, CancellationToken.None);
        await AddPersonAsync(records, "Ann");
        Assert.Equal("0", await AskAsync(records, """SELECT count(*) || '' FROM "__EFMigrationsLock";"""));
        Assert.True(File.Exists($"{records.Location.File}.before-{RecordsModel.LastMigration}"));
    }

    private static async Task AddPersonAsync(TestRecords records, string name)
    {
        await using var db = records.CreateDbContext();
        db.Users.Add(new Person { Id = Guid.NewGuid(), Name = name, UserName = name, Made = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero) });
        await db.SaveChangesAsync();
    }

    /// <summary>
    /// Starts migrations, and kills each as soon as it has taken the lock, until one had not written its tables by then. The moment is short: it is
    /// waited for by a thread of its own, which nothing else that the tests do holds up.
    /// </summary>
    private static bool KillDuringMigration(TestRecords records)
    {
        using var watcher = new SqliteConnection(records.Location.Connection + ";Pooling=False");
        for (var attempt = 0; attempt < 10; attempt++)
        {
            File.Delete(records.Location.File!);
            using var child = ChildProcess.Start("open", records.Location);
            while (!child.HasExited && !File.Exists(records.Location.File))
            {
                Thread.Yield();
            }

            watcher.Open();

            // While the file is being made it is locked now and then: SQLite asks again after a millisecond, the driver only after 150, when all is over.
            Scalar(watcher, "PRAGMA busy_timeout = 5000;");
            while (!child.HasExited && Scalar(watcher, "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock';") is 0L)
            {
                Thread.Yield();
            }

            while (!child.HasExited && Scalar(watcher, """SELECT count(*) FROM "__EFMigrationsLock";""") is 0L)
            {
                Thread.Yield();
            }

            child.KillAsync().GetAwaiter().GetResult();
            var caught = Scalar(watcher, """SELECT (SELECT count(*) FROM "__EFMigrationsLock") * ((SELECT count(*) FROM sqlite_master WHERE name = 'People') = 0);""") is 1L;
            watcher.Close();
            if (caught)
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<object?> AskAsync(TestRecords records, string sql)
    {
        await using var connection = new SqliteConnection(records.Location.Connection);
        await connection.OpenAsync();
        return Scalar(connection, sql);
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
