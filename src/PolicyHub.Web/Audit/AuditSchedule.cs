using PolicyHub.Content.Git;
using PolicyHub.Records.Audit;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Audit;

/// <summary>
/// What the log needs from time to time: repeats of refusals are written, the head goes into git, the whole is checked, and what the portal
/// itself notices (a commit served for the first time, a refresh that fails, a history that was rewritten) becomes a row.
/// </summary>
internal sealed partial class AuditSchedule(
    AuditLog log, AuditBook book, AuditRefusals refusals, AuditVerifier verifier, AuditStatus status, AuditOptions options,
    ILibraryFeed feed, CurrentEdition current, RefreshStatus refresh, IHostApplicationLifetime host, TimeProvider time, ILogger<AuditSchedule> logger)
    : Upkeep(current, host, time, logger)
{
    /// <summary>After a failure it is tried again without waiting for its next turn.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    /// <summary>Pages go before the first check.</summary>
    private static readonly TimeSpan FirstCheck = TimeSpan.FromMinutes(1);

    private RefreshFailure? told;
    private string? served;
    private DateTimeOffset anchorDue;
    private DateTimeOffset? verifyDue;

    protected override TimeSpan Pause => TimeSpan.FromSeconds(1);

    protected override string Failed => "The audit log could not be written or read; it is tried again.";

    protected override async Task TurnAsync(CancellationToken cancellation)
    {
        await refusals.WriteEndedAsync(cancellation);
        await TellOfTextAsync(cancellation);
        await TellOfRefreshAsync(cancellation);

        // Looked at and not slept towards: a machine that slept, or a clock that was set, is noticed at once.
        var now = Time.GetUtcNow();
        verifyDue ??= now + FirstCheck;
        if (now >= anchorDue)
        {
            anchorDue = now + Retry;
            anchorDue = now + (await AnchorAsync(now, cancellation) ? options.AnchorEvery : Retry);
        }

        if (now >= verifyDue)
        {
            verifyDue = now + options.VerifyEvery;
            status.Verified(await verifier.VerifyAsync([.. await AnchorsAsync(cancellation)], cancellation), now);
        }
    }

    protected override Task LastTurnAsync(CancellationToken cancellation) => refusals.WriteAllAsync(CancellationToken.None);

    /// <summary>A commit is told of when it is first served, by whichever process.</summary>
    private async Task TellOfTextAsync(CancellationToken cancellation)
    {
        var head = Current.Value.Head.Hex;
        if (feed.IsPreview || served == head)
        {
            return;
        }

        var last = await book.ReadAsync(new AuditQuestion { Kind = AuditKind.Publication.Slug() }, before: null, 1, cancellation);
        if (last is not [{ Entry.Commit: var before }] || before != head)
        {
            await log.AppendAsync(
                new AuditEvent
                {
                    Kind = AuditKind.Publication,
                    Who = AuditActor.Hub,
                    What = "served",
                    Commit = head,
                    Details = last is [{ Entry.Commit: var from }] ? AuditFields.Of(("from", from)) : AuditFields.None,
                },
                cancellation);
        }

        served = head;
    }

    private async Task TellOfRefreshAsync(CancellationToken cancellation)
    {
        var failure = refresh.Failure;
        if (failure == told)
        {
            return;
        }

        await log.AppendAsync(
            new AuditEvent
            {
                Kind = (failure ?? told)!.IsRewritten ? AuditKind.RewrittenHistory : AuditKind.Problem,
                Who = AuditActor.Hub,
                What = failure is null ? "refresh-mended" : "refresh-failed",
                Commit = Current.Value.Head.Hex,
                Details = AuditFields.Of(("reason", (failure ?? told)!.Reason)),
            },
            cancellation);
        told = failure;
    }

    private async Task<bool> AnchorAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var head = await log.HeadAsync(cancellation);
        status.Looked(head);
        if (head is null || (head == status.Anchored && status.Failure is null))
        {
            return true;
        }

        if (feed.Repository is not { IsOurs: true } repository)
        {
            status.NotAnchored("The library is a repository of someone else's, which is only read. Keep the head that /audit shows elsewhere.");
            return true;
        }

        try
        {
            if (head != status.Anchored || repository.HasPlaceForAnchors)
            {
                await repository.AnchorAsync(AuditAnchors.Message(head), now, cancellation);
            }

            status.AnchoredTo(head, now, repository.HasPlaceForAnchors ? null : "The library has no remote, so its head is in git on this machine only. Keep the head that /audit shows elsewhere.");
            return true;
        }
        catch (GitException problem)
        {
            status.NotAnchored(problem.Message);
            Log.NotAnchored(logger, problem.Message);
            return false;
        }
    }

    private async Task<IEnumerable<AuditHead>> AnchorsAsync(CancellationToken cancellation)
    {
        try
        {
            return feed.Repository is { } repository ? (await repository.ReadAnchorsAsync(cancellation)).Select(AuditAnchors.TryParseMessage).OfType<AuditHead>() : [];
        }
        catch (GitException problem)
        {
            Log.NotAnchored(logger, problem.Message);
            return [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The head of the audit log could not be anchored, or anchors not be read: {Reason}")]
        public static partial void NotAnchored(ILogger logger, string reason);
    }
}
