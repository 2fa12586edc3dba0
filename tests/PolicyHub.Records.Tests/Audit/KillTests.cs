using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.Audit;

public sealed class KillTests(ITestOutputHelper output)
{
    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Write_EightThreadsAndAKillAgainAndAgain_TheChainHoldsAndNothingAcknowledgedIsLost(RecordsProvider provider)
    {
        await using var server = provider == RecordsProvider.PostgreSql ? await PostgreSqlServer.StartAsync(survivesPowerCuts: true) : null;
        using var records = await TestRecords.OpenAsync(provider, server);
        var chance = new Random(LongRun.Seed);
        var acknowledged = new Dictionary<long, string>();
        var rounds = LongRun.Count(5, 50);
        for (var round = 0; round < rounds; round++)
        {
            using var child = ChildProcess.Start("write", records.Location, int.MaxValue.ToString(CultureInfo.InvariantCulture));
            var reading = ReadAsync(child.Output, acknowledged);
            Assert.True(await reading.Begun, "The writer ended before its first row.");
            await Task.Delay(chance.Next(20, 400));
            await child.KillAsync();
            await reading.Ended;
        }

        await HoldsAsync(records, acknowledged, provider, rounds);
    }

    [Fact]
    public async Task Write_TwoProcessesAtOnce_MakeOneChain()
    {
        using var records = await TestRecords.OpenAsync(RecordsProvider.PostgreSql);
        var children = Enumerable.Range(0, 2).Select(_ => ChildProcess.Start("write", records.Location, "25")).ToList();
        try
        {
            var told = await Task.WhenAll(children.Select(child => child.Output.ReadToEndAsync()));
            Assert.All(await Task.WhenAll(children.Select(child => child.ExitAsync())), code => Assert.Equal(0, code));
            var lines = told.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => line.Split(' ')).ToList();
            Assert.Equal(2 * 8 * 25, lines.Count);
            await HoldsAsync(records, lines.ToDictionary(line => long.Parse(line[0], CultureInfo.InvariantCulture), line => line[1]), RecordsProvider.PostgreSql, 1);
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }
    }

    private async Task HoldsAsync(TestRecords records, Dictionary<long, string> acknowledged, RecordsProvider provider, int rounds)
    {
        var report = await AuditSample.VerifyAsync(records);
        output.WriteLine(FormattableString.Invariant($"{provider}: {rounds} rounds, {report.Rows} rows, {acknowledged.Count} acknowledged, {report.FaultCount} faults"));
        Assert.True(report.IsWhole, string.Join('\n', report.Faults));
        Assert.Equal(report.Rows, report.Head!.Number);
        Assert.NotEmpty(acknowledged);

        await using var db = records.CreateDbContext();
        var subjects = await db.Set<AuditEntry>().ToDictionaryAsync(entry => entry.Number, entry => entry.Subject);
        Assert.All(acknowledged, pair => Assert.Equal("person:" + pair.Value, subjects[pair.Key]));

        // Both or neither: as many people as rows, and the same ones.
        Assert.Equal(subjects.Values.Order(StringComparer.Ordinal), (await db.Users.Select(person => person.Id).ToListAsync()).Select(AuditActor.ReferenceOf).Order(StringComparer.Ordinal));
    }

    private static (Task<bool> Begun, Task Ended) ReadAsync(StreamReader from, Dictionary<long, string> acknowledged)
    {
        var begun = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return (begun.Task, Task.Run(async () =>
        {
            // The last line may be cut off by the kill: only what ends with a line break was said.
            var text = "";
            var buffer = new char[4096];
            while (await from.ReadAsync(buffer) is var count and > 0)
            {
                text += new string(buffer, 0, count);
                var lines = text.Split('\n');
                text = lines[^1];
                foreach (var line in lines[..^1])
                {
                    acknowledged.Add(long.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture), line.Split(' ')[1]);
                    begun.TrySetResult(true);
                }
            }

            begun.TrySetResult(false);
        }));
    }
}
