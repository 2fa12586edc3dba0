using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace PolicyHub.Web.Refresh;

/// <summary>
/// What is done with the records from time to time, one turn after another, for as long as the site runs. Pages go first: the first
/// question to the records makes their model, which would be felt at the start, so no turn begins before the site listens and has an edition.
/// A turn that fails is told, once an hour at most, and taken again after the pause.
/// </summary>
internal abstract class Upkeep(CurrentEdition current, IHostApplicationLifetime host, TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan ToldAgainAfter = TimeSpan.FromHours(1);

    private long? told;

    protected CurrentEdition Current => current;

    protected TimeProvider Time => time;

    /// <summary>From the end of one turn to the next.</summary>
    protected abstract TimeSpan Pause { get; }

    /// <summary>From the first page that can be read to the first turn.</summary>
    protected virtual TimeSpan UntilFirst => Pause;

    /// <summary>A sentence for the log: what could not be done, and what becomes of it.</summary>
    protected abstract string Failed { get; }

    public sealed override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (current.IsReady)
        {
            await TryAsync(LastTurnAsync, cancellationToken);
        }
    }

    protected abstract Task TurnAsync(CancellationToken cancellation);

    /// <summary>What the end of the site must not lose.</summary>
    protected virtual Task LastTurnAsync(CancellationToken cancellation) => Task.CompletedTask;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!current.IsReady || !host.ApplicationStarted.IsCancellationRequested)
        {
            await Task.Delay(Look, time, stoppingToken);
        }

        await Task.Delay(UntilFirst, time, stoppingToken);
        for (; !stoppingToken.IsCancellationRequested; await Task.Delay(Pause, time, stoppingToken))
        {
            await TryAsync(TurnAsync, stoppingToken);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> turn, CancellationToken cancellation)
    {
        try
        {
            await turn(cancellation);
            told = null;
        }
        catch (Exception failure) when (failure is DbException or DbUpdateException or InvalidOperationException or TimeoutException or OperationCanceledException)
        {
            // Called off by the end of the site is no failure: what was not told is told by the last turn.
            if (!cancellation.IsCancellationRequested && (told is null || time.GetElapsedTime(told.Value) >= ToldAgainAfter))
            {
                told = time.GetTimestamp();
                log.LogWarning(failure, "{Failed}", Failed);
            }
        }
    }
}
