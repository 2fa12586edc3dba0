using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Retention;
using PolicyHub.Records.Storage;

namespace PolicyHub.Web.Privacy;

/// <summary>Takes out once a day what is past its time, some minutes after the start first.</summary>
internal sealed class RetentionUpkeep(RetentionRules rules, IDbContextFactory<RecordsDb> records, AuditLog audit, TimeProvider time, ILogger<RetentionUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan UntilFirst = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(UntilFirst, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            timer.Period = Pause;
            try
            {
                await rules.RunAsync(records, audit, time, stoppingToken);
            }
            catch (Exception failure) when (failure is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
            {
                log.LogError(failure, "Records that are past their time could not be taken out; it is tried again tomorrow.");
            }
        }
    }
}
