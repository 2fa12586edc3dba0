using System.Data.Common;
using PolicyHub.Records.Notices;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Notices;

/// <summary>Looks every two seconds which notices run, so that one posted through any process is on every screen within ten: a screen asks every four.</summary>
internal sealed class NoticeWatch(PostedNotices posted, NoticeBook book, CurrentEdition current, TimeProvider time, ILogger<NoticeWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan UntilReady = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private bool isFailing;

    /// <summary>Looks at once: whoever posted sees it with the next page.</summary>
    public async Task LookAsync(CancellationToken cancellation) => posted.Set(await book.RunningAsync(cancellation));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Pages go first: the first question makes the model of the records, which would be felt at the start.
        while (!current.IsReady)
        {
            await Task.Delay(UntilReady, time, stoppingToken);
        }

        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            limit.CancelAfter(Longest);
            try
            {
                await LookAsync(limit.Token);
                isFailing = false;
            }
            catch (Exception failure) when ((failure is DbException or InvalidOperationException or TimeoutException or OperationCanceledException) && !stoppingToken.IsCancellationRequested)
            {
                if (!isFailing)
                {
                    log.LogWarning(failure, "Posted notices could not be looked up; those known are shown, and it is tried again every few seconds.");
                }

                isFailing = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
