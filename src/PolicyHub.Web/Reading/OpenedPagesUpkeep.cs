using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Reading;

namespace PolicyHub.Web.Reading;

/// <summary>Tells the records every few seconds, and at the end, which pages people opened.</summary>
internal sealed class OpenedPagesUpkeep(OpenedPages opened, ReadingBook book, TimeProvider time, ILogger<OpenedPagesUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TellAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TellAsync(stoppingToken);
        }
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        var pages = opened.All();
        if (pages.IsEmpty)
        {
            return;
        }

        try
        {
            await book.OpenedAsync(pages, cancellation);
            opened.Told(pages);
        }
        catch (Exception failure) when (failure is DbException or DbUpdateException or InvalidOperationException or TimeoutException or OperationCanceledException)
        {
            if (!cancellation.IsCancellationRequested)
            {
                // Called off by the end of the site is no failure: what was not told is told by the end itself.
                log.LogWarning(failure, "Pages opened lately could not be noted in the records; it is tried again in a few seconds.");
            }
        }
    }
}
