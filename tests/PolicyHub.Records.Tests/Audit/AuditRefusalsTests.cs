using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.Audit;

public sealed class AuditRefusalsTests
{
    private static readonly AuditEvent Refused = new() { Kind = AuditKind.Refusal, Who = AuditActor.Unknown("10.9.9.9"), What = "wrong-password" };

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Add_ManyEqualOnes_AreOneRowAtOnceAndOneForTheRestOfTheMinute(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        var clock = new TestClock(AuditSample.Morning);
        using var log = AuditSample.Log(records, clock);
        var refusals = new AuditRefusals(log, clock);
        for (var attempt = 0; attempt < 500; attempt++)
        {
            await refusals.AddAsync(Refused, CancellationToken.None);
        }

        Assert.Equal([1], await CountsAsync(records));
        clock.Advance(TimeSpan.FromSeconds(30));
        await refusals.WriteEndedAsync(CancellationToken.None);
        Assert.Equal([1], await CountsAsync(records));
        clock.Advance(TimeSpan.FromSeconds(30));
        await refusals.WriteEndedAsync(CancellationToken.None);
        await refusals.WriteEndedAsync(CancellationToken.None);
        Assert.Equal([1, 499], await CountsAsync(records));

        // A minute later it begins anew; what the stop finds is written.
        await refusals.AddAsync(Refused, CancellationToken.None);
        await refusals.AddAsync(Refused, CancellationToken.None);
        await refusals.WriteAllAsync(CancellationToken.None);
        Assert.Equal([1, 499, 1, 1], await CountsAsync(records));
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Add_FromOtherSourcesOrForOtherThings_AreRowsOfTheirOwn(RecordsProvider provider)
    {
        using var records = await TestRecords.OpenAsync(provider);
        using var log = AuditSample.Log(records);
        var refusals = new AuditRefusals(log, new TestClock(AuditSample.Morning));
        await refusals.AddAsync(Refused, CancellationToken.None);
        await refusals.AddAsync(Refused with { Who = AuditActor.Unknown("10.9.9.8") }, CancellationToken.None);
        await refusals.AddAsync(Refused with { What = "/audit" }, CancellationToken.None);
        await refusals.AddAsync(Refused with { Who = AuditSample.Ann }, CancellationToken.None);
        Assert.Equal([1, 1, 1, 1], await CountsAsync(records));
    }

    private static async Task<List<int>> CountsAsync(TestRecords records)
    {
        await using var db = records.CreateDbContext();
        return await db.Set<AuditEntry>().OrderBy(entry => entry.Number).Select(entry => entry.Count).ToListAsync();
    }
}
