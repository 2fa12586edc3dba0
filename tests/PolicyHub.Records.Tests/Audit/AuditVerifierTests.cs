using System.Globalization;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.Audit;

public sealed class AuditVerifierTests
{
    private const int Rows = 12;

    private static readonly string[] Columns = ["At", "Kind", "Actor", "Position", "What", "Subject", "Commit", "Details", "Count", "Personal", "Form", "Previous", "Hash"];

    /// <summary>Ways to bend the log: what is done to row <c>k</c> with another row <c>m</c>, and the numbers of which at least one must be named.</summary>
    private static readonly (string Name, Func<long, long, string, string> Sql, Func<long, long, long[]> Named)[] Ways =
    [
        ("change", (k, _, column) => $"UPDATE \"AuditEntries\" SET \"{column}\" = {Other(column)} WHERE \"Number\" = {k};", (k, _) => [k]),
        ("remove", (k, _, _) => $"DELETE FROM \"AuditPersonal\" WHERE \"Entry\" = {k}; DELETE FROM \"AuditEntries\" WHERE \"Number\" = {k};", (k, _) => [k]),
        ("cut", (k, _, _) => $"DELETE FROM \"AuditPersonal\" WHERE \"Entry\" >= {k}; DELETE FROM \"AuditEntries\" WHERE \"Number\" >= {k};", (k, _) => [k]),
        ("remove and close the gap", (k, _, _) => $"DELETE FROM \"AuditPersonal\"; DELETE FROM \"AuditEntries\" WHERE \"Number\" = {k}; {Shift(k, -1)}", (k, _) => [k]),
        ("put in", (k, m, _) => $"DELETE FROM \"AuditPersonal\"; {Shift(k - 1, +1)} {Copy(m >= k ? m + 1 : m, k)}", (k, _) => [k]),
        ("put at the end", (_, m, _) => Copy(m, Rows + 1), (_, _) => [Rows + 1]),
        ("put before the first", (_, m, _) => Copy(m, 0), (_, _) => [0]),
        ("move", (k, m, _) => $"DELETE FROM \"AuditPersonal\"; UPDATE \"AuditEntries\" SET \"Number\" = -1 WHERE \"Number\" = {k}; UPDATE \"AuditEntries\" SET \"Number\" = {k} WHERE \"Number\" = {m}; UPDATE \"AuditEntries\" SET \"Number\" = {m} WHERE \"Number\" = -1;", (k, m) => [k, m]),
        ("a name", (k, _, _) => $"UPDATE \"AuditPersonal\" SET \"Value\" = 'Someone Else' WHERE \"Entry\" = {k} AND \"Field\" = 'name';", (k, _) => [k]),
        ("a salt", (k, _, _) => $"UPDATE \"AuditPersonal\" SET \"Salt\" = 'x' WHERE \"Entry\" = {k} AND \"Field\" = 'mail';", (k, _) => [k]),
        ("one more field", (k, _, _) => $"INSERT INTO \"AuditPersonal\" VALUES ({k}, 'alias', 'x', 'y');", (k, _) => [k]),
    ];

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Verify_AnyTampering_IsFoundAndItsRowNamed(RecordsProvider provider)
    {
        using var records = await AuditSample.OfAsync(provider, Rows);
        using var log = AuditSample.Log(records);
        var anchor = (await log.HeadAsync(CancellationToken.None))!;
        await AuditSample.UnguardAsync(records);
        await records.ExecuteAsync("CREATE TABLE KeptEntries AS SELECT * FROM \"AuditEntries\"; CREATE TABLE KeptPersonal AS SELECT * FROM \"AuditPersonal\";");
        var cases = from way in Gen.Elements(Ways)
                    from k in Gen.Choose(1, Rows)
                    from other in Gen.Choose(1, Rows - 1)
                    from column in Gen.Elements(Columns)
                    select (way, k: (long)k, m: (long)((k + other - 1) % Rows) + 1, column);
        Seeded.Check(
            cases,
            tampered =>
            {
                var (way, k, m, column) = tampered;
                records.ExecuteAsync(way.Sql(k, m, column)).GetAwaiter().GetResult();
                var report = AuditSample.VerifyAsync(records, anchor).GetAwaiter().GetResult();
                records.ExecuteAsync("""
                    DELETE FROM "AuditPersonal"; DELETE FROM "AuditEntries";
                    INSERT INTO "AuditEntries" SELECT * FROM KeptEntries; INSERT INTO "AuditPersonal" SELECT * FROM KeptPersonal;
                    """).GetAwaiter().GetResult();
                var named = report.Faults.Select(fault => fault.Number).ToHashSet();
                Assert.True(way.Named(k, m).All(named.Contains), $"{way.Name} {k} {m} {column}: {string.Join('\n', report.Faults)}");
                Assert.All(report.Faults, fault => Assert.Contains(fault.Number.ToString(CultureInfo.InvariantCulture), fault.Sentence, StringComparison.Ordinal));
            },
            count: 60);
        Assert.True((await AuditSample.VerifyAsync(records, anchor)).IsWhole);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Verify_ChainComputedAnew_IsFoundByTheAnchorAlone(RecordsProvider provider)
    {
        using var records = await AuditSample.OfAsync(provider, Rows);
        using var log = AuditSample.Log(records);
        var anchor = (await log.HeadAsync(CancellationToken.None))!;
        await AuditSample.UnguardAsync(records);

        // Someone who has read AuditHash changes row 5 and mends all that follow.
        await using var db = records.CreateDbContext();
        var previous = "";
        foreach (var row in await db.Set<AuditEntry>().AsNoTracking().OrderBy(entry => entry.Number).ToListAsync())
        {
            var forged = row.Number < 5 ? row : Forge(row, row.Number == 5 ? "nothing of note" : row.What, previous);
            previous = row.Number < 5 ? row.Hash : AuditHash.Of(forged)!;
            await db.Set<AuditEntry>().Where(entry => entry.Number == row.Number).ExecuteUpdateAsync(set => set
                .SetProperty(entry => entry.What, forged.What).SetProperty(entry => entry.Previous, forged.Previous).SetProperty(entry => entry.Hash, previous));
        }

        Assert.True((await AuditSample.VerifyAsync(records)).IsWhole);
        var report = await AuditSample.VerifyAsync(records, anchor);
        Assert.Equal([12L], report.Faults.Select(fault => fault.Number));
        Assert.Equal(0, report.AnchorsMet);
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Verify_EmptyLogAndNoAnchor_IsWhole(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        var report = await AuditSample.VerifyAsync(records);
        Assert.True(report.IsWhole);
        Assert.Null(report.Head);
    }

    private static AuditEntry Forge(AuditEntry row, string what, string previous) => new()
    {
        Number = row.Number,
        At = row.At,
        Kind = row.Kind,
        Actor = row.Actor,
        Position = row.Position,
        What = what,
        Subject = row.Subject,
        Commit = row.Commit,
        Details = row.Details,
        Count = row.Count,
        Personal = row.Personal,
        Form = row.Form,
        Previous = previous,
        Hash = "",
    };

    private static string Other(string column) => column switch
    {
        "Count" or "Form" => $"\"{column}\" + 1",
        "At" => "'2026-11-24T00:00:00.000Z'",
        _ => $"substr(\"{column}\" || 'x', 1, 63) || 'x'",
    };

    private static string Shift(long after, int by) =>
        $"UPDATE \"AuditEntries\" SET \"Number\" = -\"Number\" WHERE \"Number\" > {after}; UPDATE \"AuditEntries\" SET \"Number\" = -\"Number\" + {by} WHERE \"Number\" < 0;";

    private static string Copy(long from, long to) => $"""
        INSERT INTO "AuditEntries" ("Number", "At", "Kind", "Actor", "Position", "What", "Subject", "Commit", "Details", "Count", "Personal", "Form", "Previous", "Hash")
        SELECT {to}, "At", "Kind", "Actor", "Position", "What", "Subject", "Commit", "Details", "Count", "Personal", "Form", "Previous", "Hash" FROM "AuditEntries" WHERE "Number" = {from};
        """;
}
