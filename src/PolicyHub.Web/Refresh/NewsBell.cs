using System.Threading.Channels;
using PolicyHub.Records.Publishing;

namespace PolicyHub.Web.Refresh;

/// <summary>
/// Wakes the other processes on the same database when the published branch moves, and this one when it moved elsewhere. What can't be told or heard is tried again after growing
/// pauses, and meanwhile the remote is asked at its interval as ever.
/// </summary>
internal sealed partial class NewsBell(PublicationBell bell, IHostApplicationLifetime host, TimeProvider time, ILogger<NewsBell> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestRing = TimeSpan.FromSeconds(10);

    // Only the last counts, of what is told as of what is heard.
    private readonly Channel<string> toTell = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Channel<string> told = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Tells the others, behind what is done; never waits and never fails.</summary>
    public void Ring(string head) => toTell.Writer.TryWrite(head);

    /// <summary>Ends when another process has told something: the commit that the branch stands at there; empty: something may have been missed.</summary>
    public ValueTask<string> HeardAsync(CancellationToken cancellation) => told.Reader.ReadAsync(cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What serves the first pages goes before.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await Task.WhenAll(ListenAsync(stoppingToken), TellAsync(stoppingToken));
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            // Whatever a network does, the site stays up, and the remote is asked.
            try
            {
                await bell.ListenAsync(
                    () =>
                    {
                        pause = FirstPause;
                        Log.Listens(log);
                        told.Writer.TryWrite("");
                    },
                    head => told.Writer.TryWrite(head),
                    cancellation);
            }
            catch (Exception lost) when (lost is not OutOfMemoryException && !cancellation.IsCancellationRequested)
            {
                Log.Lost(log, lost.Message);
            }

            await Task.Delay(pause, time, cancellation);
        }
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        await foreach (var head in toTell.Reader.ReadAllAsync(cancellation))
        {
            for (var pause = FirstPause; !await TryAsync(head, cancellation); pause = Longer(pause))
            {
                await Task.Delay(pause, time, cancellation);
                if (toTell.Reader.TryPeek(out _))
                {
                    break;
                }
            }
        }
    }

    private async Task<bool> TryAsync(string head, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LongestRing);
        try
        {
            await bell.RingAsync(head, limit.Token);
            return true;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !cancellation.IsCancellationRequested)
        {
            Log.NotTold(log, failure.Message);
            return false;
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Publications of other processes on this database are heard of at once")]
        public static partial void Listens(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "Publications of other processes are not heard of at once, only when the remote is asked; the database is tried again: {Reason}")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Other processes could not be told at once that the library has moved: {Reason}")]
        public static partial void NotTold(ILogger logger, string reason);
    }
}
