namespace PolicyHub.Web.Audit;

/// <summary>The audit log; section <c>PolicyHub:Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>How often the head of the log is written into git, where it has moved.</summary>
    public TimeSpan AnchorEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often the whole log is checked.</summary>
    public TimeSpan VerifyEvery { get; set; } = TimeSpan.FromDays(1);
}
