using System.Data;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.Audit;

public sealed class AuditLogTests
{
    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Append_Twice_SecondCarriesTheHashOfTheFirst(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        using var log = AuditSample.Log(records);
        var first = await log.AppendAsync(AuditSample.SignIn, CancellationToken.None);
        var second = await log.AppendAsync(AuditSample.SignIn with { Kind = AuditKind.SignOut }, CancellationToken.None);

        await using var db = records.CreateDbContext();
        var rows = await db.Set<AuditEntry>().OrderBy(entry => entry.Number).ToListAsync();
        Assert.Equal((1, AuditHash.BeforeFirst, first.Hash, "sign-in"), (rows[0].Number, rows[0].Previous, rows[0].Hash, rows[0].Kind));
        Assert.Equal((2, first.Hash, second.Hash, "sign-out"), (rows[1].Number, rows[1].Previous, rows[1].Hash, rows[1].Kind));
        Assert.Equal(AuditSample.Morning, rows[0].At);
        Assert.Equal(second, await log.HeadAsync(CancellationToken.None));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Append_SomeoneWithNameAndMail_KeepsThemBesideTheChainOnly(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        using var log = AuditSample.Log(records);
        await log.AppendAsync(AuditSample.SignIn with { Personal = AuditFields.Of((AuditFields.Reason, "Ann asked")) }, CancellationToken.None);

        await using var db = records.CreateDbContext();
        var row = await db.Set<AuditEntry>().SingleAsync();
        Assert.DoesNotContain("Ann", row.Actor + row.Position + row.What + row.Subject + row.Details + row.Personal, StringComparison.Ordinal);
        Assert.Equal(
            ["address=10.1.2.3", "mail=ann@riverton.example", "name=Ann Auditor", "reason=Ann asked"],
            (await db.Set<AuditPersonal>().ToListAsync()).Select(field => $"{field.Field}={field.Value}").Order());
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Append_TextThatNoDatabaseKeeps_IsCleanedAndTheChainHolds(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        using var log = AuditSample.Log(records);
        await log.AppendAsync(
            AuditSample.SignIn with
            {
                What = "a\0b\r\nc\ud800d" + new string('x', 500),
                Subject = "Wörter “здесь” 🔒'; DROP TABLE \"AuditEntries\"; --",
                Details = AuditFields.Of(("k\0", "\ud83d")),
                Personal = AuditFields.Of((AuditFields.Reason, string.Concat(Enumerable.Repeat("🔒", 900)) + "\0")),
            },
            CancellationToken.None);

        await using var db = records.CreateDbContext();
        var row = await db.Set<AuditEntry>().SingleAsync();
        Assert.StartsWith("a b  c\ufffdd", row.What, StringComparison.Ordinal);
        Assert.Equal(200, row.What.Length);
        Assert.True((await AuditSample.VerifyAsync(records)).IsWhole);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Save_WithARowOfAnother_WritesBothOrNeither(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        using var log = AuditSample.Log(records);
        var id = Guid.NewGuid();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await using var db = records.CreateDbContext();
            db.Users.Add(new Person { Id = id, Name = "Ann", UserName = "ann", NormalizedUserName = "ANN", Made = AuditSample.Morning });

            // The second time the person is there already.
            await Record.ExceptionAsync(() => log.SaveAsync(db, AuditSample.SignIn with { Kind = AuditKind.Account }, CancellationToken.None));
        }

        await using var after = records.CreateDbContext();
        Assert.Equal((1, 1), (await after.Users.CountAsync(), await after.Set<AuditEntry>().CountAsync()));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Append_TransactionRolledBack_LeavesNoRowAndNoGap(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        using var log = AuditSample.Log(records);
        await using (var db = records.CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await log.AppendAsync(db, AuditSample.SignIn, CancellationToken.None);
            await transaction.RollbackAsync();
        }

        Assert.Equal(1, (await log.AppendAsync(AuditSample.SignIn, CancellationToken.None)).Number);
        Assert.True((await AuditSample.VerifyAsync(records)).IsWhole);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Append_ToAContextWithoutTransaction_IsRefused(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        using var log = AuditSample.Log(records);
        await using var db = records.CreateDbContext();
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.AppendAsync(db, AuditSample.SignIn, CancellationToken.None));
    }

    [Fact]
    public async Task Append_InATransactionThatSeesOldRows_IsRefused()
    {
        using var records = await TestRecords.OpenAsync(RecordsProvider.PostgreSql);
        using var log = AuditSample.Log(records);
        await using var db = records.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.AppendAsync(db, AuditSample.SignIn, CancellationToken.None));
    }

    [Fact]
    public async Task Append_OnASqliteThatDoesNotWaitForTheDisk_IsRefused()
    {
        using var records = await TestRecords.OpenAsync(RecordsProvider.Sqlite);
        using var log = AuditSample.Log(records);
        await using var db = records.CreateDbContext();
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = NORMAL;");
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.SaveAsync(db, AuditSample.SignIn, CancellationToken.None));
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = FULL;");
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Append_FromManyThreads_MakesOneChain(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        using var log = AuditSample.Log(records);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var row = 0; row < 10; row++)
            {
                await log.AppendAsync(AuditSample.SignIn, CancellationToken.None);
            }
        })));
        var report = await AuditSample.VerifyAsync(records);
        Assert.True(report.IsWhole, string.Join('\n', report.Faults));
        Assert.Equal((80, 80L), (report.Rows, report.Head!.Number));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Append_WhileAnotherChanges_WaitsAndGoesTogether(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        using var log = AuditSample.Log(records);
        var (began, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var db = records.CreateDbContext();
        var change = log.SaveAsync(
            db,
            async () =>
            {
                began.SetResult();
                await goOn.Task;
                return [AuditSample.SignIn];
            },
            CancellationToken.None);
        await began.Task;
        var appends = Enumerable.Range(0, 20).Select(row => log.AppendAsync(AuditSample.SignIn with { What = $"{row}" }, CancellationToken.None)).ToList();
        Assert.DoesNotContain(appends, append => append.IsCompleted);
        goOn.SetResult();
        var heads = await Task.WhenAll(appends);

        Assert.Equal(1, (await change)!.Number);
        Assert.Equal(Enumerable.Range(2, 20).Select(number => (long)number), heads.Select(head => head.Number));
        Assert.True((await AuditSample.VerifyAsync(records)).IsWhole);
        if (provider == RecordsProvider.PostgreSql)
        {
            var transactions = await db.Database.SqlQueryRaw<int>("SELECT COUNT(DISTINCT xmin::text)::int AS \"Value\" FROM \"AuditEntries\"").SingleAsync();
            Assert.Equal(2, transactions);
        }
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Append_ThatCanNotBeWritten_FailsForEachAndLeavesNothing(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        using var log = AuditSample.Log(records);
        await records.ExecuteAsync(AuditSample.FullLog(provider));
        var appends = Enumerable.Range(0, 20).Select(_ => log.AppendAsync(AuditSample.SignIn, CancellationToken.None)).ToList();
        foreach (var append in appends)
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => append);
        }

        Assert.Null(await log.HeadAsync(CancellationToken.None));
        await records.ExecuteAsync(AuditSample.RoomInTheLog(provider));
        Assert.Equal(1, (await log.AppendAsync(AuditSample.SignIn, CancellationToken.None)).Number);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Erase_WhatIsOld_TakesValuesAndSaltsAndTheChainHolds(RecordsProvider provider)
    {
        using var records = await AuditSample.OfAsync(provider, 6);
        using var log = AuditSample.Log(records);
        var held = "policies/1.md";
        var count = await log.EraseAsync(AuditSample.Morning.AddMinutes(4), "audit-personal", entry => entry.Subject == held, CancellationToken.None);

        // Rows 1 to 3 are older, row 2 is on hold; each had three fields.
        Assert.Equal(6, count);
        var report = await AuditSample.VerifyAsync(records);
        Assert.True(report.IsWhole, string.Join('\n', report.Faults));
        Assert.Equal((6L, 12L, 7L), (report.PersonalErased, report.PersonalChecked, report.Rows));
        await using var db = records.CreateDbContext();
        Assert.Equal("retention", (await db.Set<AuditEntry>().OrderBy(entry => entry.Number).LastAsync()).Kind);
        Assert.Equal(0, await log.EraseAsync(AuditSample.Morning.AddMinutes(4), "audit-personal", entry => entry.Subject == held, CancellationToken.None));
    }

    [Fact]
    public async Task Hash_OfARow_IsWhatSha256SumSays()
    {
        using var records = await TestRecords.OpenAsync(RecordsProvider.Sqlite);
        using var log = AuditSample.Log(records);
        var head = await log.AppendAsync(AuditSample.SignIn with { Who = AuditActor.Hub, What = "Grüße" }, CancellationToken.None);
        var text = "policyhub-audit-1\nnumber 1\n1\nat 24\n2026-11-23T09:00:00.000Z\nkind 7\nsign-in\nactor 9\npolicyhub\nposition 0\n\nwhat 7\nGrüße\nsubject 0\n\n"
            + $"commit 0\n\ndetails 2\n{{}}\ncount 1\n1\npersonal 2\n{{}}\nprevious 64\n{new string('0', 64)}\n";
        var start = new ProcessStartInfo("sha256sum") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        Assert.StartsWith(head.Hash + " ", await process.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
