using PolicyHub.Records.Audit;

namespace PolicyHub.Web.Audit;

/// <summary>How the log stands: where its head was last kept out of reach, and what the last check of it all found.</summary>
public sealed class AuditStatus
{
    private volatile AuditReport? report;
    private volatile AuditHead? anchored;
    private volatile AuditHead? head;
    private volatile string? failure;
    private long verified;
    private long kept;

    /// <summary>The head as it was last looked at; null: the log is empty, or was not looked at yet.</summary>
    public AuditHead? Head => head;

    /// <summary>The head that is in git; null: none is.</summary>
    public AuditHead? Anchored => anchored;

    /// <summary>When it was written there.</summary>
    public DateTimeOffset AnchoredAt => new(Interlocked.Read(ref kept), TimeSpan.Zero);

    /// <summary>Why the head is not kept out of reach of whoever holds this machine; null: it is.</summary>
    public string? Failure => failure;

    /// <summary>What the last check of the whole log found; null: it was not checked since the start.</summary>
    public AuditReport? Report => report;

    public DateTimeOffset VerifiedAt => new(Interlocked.Read(ref verified), TimeSpan.Zero);

    internal void Looked(AuditHead? at) => head = at;

    internal void AnchoredTo(AuditHead at, DateTimeOffset now, string? notKept)
    {
        Interlocked.Exchange(ref kept, now.UtcTicks);
        (anchored, failure) = (at, notKept);
    }

    internal void NotAnchored(string reason) => failure = reason;

    internal void Verified(AuditReport found, DateTimeOffset now)
    {
        Interlocked.Exchange(ref verified, now.UtcTicks);
        report = found;
    }
}
