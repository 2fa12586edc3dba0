namespace PolicyHub.Web.Refresh;

/// <summary>Whether the last attempt to bring the edition up to date succeeded; shown by health and on <c>/problems</c>.</summary>
public sealed class RefreshStatus
{
    private volatile RefreshFailure? failure;

    /// <summary>Null while all is well.</summary>
    public RefreshFailure? Failure => failure;

    public void Succeeded() => failure = null;

    /// <summary>Keeps the first instant of a failure that goes on.</summary>
    public void Failed(string reason, DateTimeOffset now, bool isRewritten = false) =>
        failure = new RefreshFailure(reason, failure is { } earlier && earlier.Reason == reason ? earlier.Since : now, isRewritten);
}

/// <param name="Reason">One sentence for an administrator.</param>
/// <param name="IsRewritten">Whether published history was rewritten.</param>
public sealed record RefreshFailure(string Reason, DateTimeOffset Since, bool IsRewritten = false);
