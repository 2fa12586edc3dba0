using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Searches;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Counting;

/// <summary>Tells the records once a minute, and at the end, what was searched, and hears from them what other processes have counted.</summary>
internal sealed class QueryUpkeep(QueryCounts counts, QueryBook book, CurrentEdition current, SiteOptions options, TimeProvider time, ILogger<QueryUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan UntilFirst = TimeSpan.FromMilliseconds(200);

    private bool hasHeardAll;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TellAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Which day it is, the library says: until it is read nothing is counted either.
        using (var first = new PeriodicTimer(UntilFirst, time))
        {
            while (!current.IsReady && await first.WaitForNextTickAsync(stoppingToken))
            {
                continue;
            }
        }

        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            await TellAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        if (!current.IsReady)
        {
            return;
        }

        var rows = counts.Tell();
        try
        {
            await book.SaveAsync(rows, cancellation);
            rows = [];
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), current.Value.Settings.Zone).DateTime);

            // A day that is over is told once more at most, by those in whose minute it ended.
            var since = today.AddDays(hasHeardAll ? -1 : -(int)options.QueriesKept.TotalDays);
            counts.TakeOthers(await book.OfOthersAsync(counts.Source, since, cancellation), since, today);
            hasHeardAll = true;
        }
        catch (Exception failure) when (failure is DbException or DbUpdateException or InvalidOperationException or TimeoutException or OperationCanceledException)
        {
            counts.NotTold(rows);
            if (!cancellation.IsCancellationRequested)
            {
                // Called off by the end of the site is no failure: what was not told is told by the end itself.
                log.LogWarning(failure, "Counts of searches could not be kept in the records; it is tried again in a minute.");
            }
        }
    }
}
