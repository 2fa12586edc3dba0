using PolicyHub.Web.Telemetry;

namespace PolicyHub.Web.Refresh;

/// <summary>Whether the last attempt to bring the edition up to date succeeded; shown by health and on <c>/problems</c>.</summary>
public sealed class RefreshStatus
{
    private volatile RefreshFailure? failure;
    private long lastSuccess;

    /// <summary>Null while all is well.</summary>
    public RefreshFailure? Failure => failure;

    /// <summary>When the library was last read with success; null before the first time.</summary>
    public DateTimeOffset? LastSuccess => Interlocked.Read(ref lastSuccess) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public void Succeeded(DateTimeOffset now)
    {
        Interlocked.Exchange(ref lastSuccess, now.UtcTicks);
        failure = null;
    }

    /// <summary>Keeps the first instant of a failure that goes on.</summary>
    public void Failed(string reason, DateTimeOffset now, bool isRewritten = false)
    {
        HubMeter.RefreshFailed();
        failure = new RefreshFailure(reason, failure is { } earlier && earlier.Reason == reason ? earlier.Since : now, isRewritten);
    }
}

/// <param name="Reason">One sentence for an administrator.</param>
/// <param name="IsRewritten">Whether published history was rewritten.</param>
public sealed record RefreshFailure(string Reason, DateTimeOffset Since, bool IsRewritten = false);
