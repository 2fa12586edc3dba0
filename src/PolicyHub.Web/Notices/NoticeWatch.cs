using PolicyHub.Records.Notices;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Notices;

/// <summary>Looks every two seconds which notices run, so that one posted through any process is on every screen within ten: a screen asks every four.</summary>
internal sealed class NoticeWatch(PostedNotices posted, NoticeBook book, CurrentEdition current, IHostApplicationLifetime host, TimeProvider time, ILogger<NoticeWatch> log)
    : Upkeep(current, host, time, log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    protected override TimeSpan Pause => TimeSpan.FromSeconds(2);

    protected override TimeSpan UntilFirst => TimeSpan.Zero;

    protected override string Failed => "Posted notices could not be looked up; those known are shown, and it is tried again every few seconds.";

    /// <summary>Looks at once: whoever posted sees it with the next page.</summary>
    public async Task LookAsync(CancellationToken cancellation) => posted.Set(await book.RunningAsync(cancellation));

    protected override async Task TurnAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        await LookAsync(limit.Token);
    }
}
