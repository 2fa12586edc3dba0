using System.Diagnostics;
using PolicyHub.Benchmarks.Measures;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Benchmarks.Audit;

/// <summary>
/// Rows of the audit log a second, each in a transaction of its own that has reached the disk when it is counted, in both databases, from one
/// thread and from eight; and how fast the whole is checked. PostgreSQL is a server of its own with <c>fsync</c> on.
/// </summary>
internal static class AuditBenchmark
{
    public static async Task<int> RunAsync(int rows, int runs, CancellationToken cancellation)
    {
        await using var server = await PostgreSqlServer.StartAsync(survivesPowerCuts: true);
        var told = new List<string[]>();
        foreach (var provider in Enum.GetValues<RecordsProvider>())
        {
            foreach (var threads in new[] { 1, 8 })
            {
                var (appends, slowest, checks) = (new List<double>(), new List<double>(), new List<double>());
                for (var run = 0; run < runs; run++)
                {
                    using var records = await TestRecords.OpenAsync(provider, server);
                    using var log = new AuditLog(records, TimeProvider.System);
                    await log.AppendAsync(Row(0), cancellation);
                    var each = new double[rows];
                    var watch = Stopwatch.StartNew();
                    await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(
                        async () =>
                        {
                            for (var row = thread; row < rows; row += threads)
                            {
                                var begun = Stopwatch.GetTimestamp();
                                await log.AppendAsync(Row(row), cancellation);
                                each[row] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                            }
                        },
                        cancellation)));
                    appends.Add(rows / watch.Elapsed.TotalSeconds);
                    slowest.Add(Table.Percentile(each, 0.99));
                    watch.Restart();
                    var report = await new AuditVerifier(records).VerifyAsync([], cancellation);
                    checks.Add(report.Rows / watch.Elapsed.TotalSeconds);
                    if (!report.IsWhole || report.Rows != rows + 1)
                    {
                        throw new InvalidOperationException($"The log is not whole: {string.Join(' ', report.Faults)}");
                    }
                }

                told.Add([$"{provider}", $"{threads}", Table.Number(Table.Median(appends), "0"), Table.Number(Table.Median(slowest)), Table.Number(Table.Median(checks), "0")]);
            }
        }

        Table.Print($"Audit log, {rows} rows with three personal fields each, medians of {runs}", ["database", "threads", "appends/s", "p99 of one, ms", "rows checked/s"], told);
        return 0;
    }

    private static AuditEvent Row(int row) => new()
    {
        Kind = AuditKind.SignIn,
        Who = new AuditActor { Reference = AuditActor.ReferenceOf(Guid.Empty), Position = "billing-lead", Name = "Maria Lopez", Mail = "maria@riverton.example", Address = "10.1.2.3" },
        What = "password",
        Details = AuditFields.Of(("row", $"{row}")),
    };
}
