using PolicyHub.Web.Hosting;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Packs;

/// <summary>Writes a pack to a folder, such as a share that every counter PC sees, at the start and then as often as the settings say; told apart from all else when it fails.</summary>
internal sealed partial class PackSchedule(SitePack pack, HubOptions options, CurrentEdition current, PackStatus status, IHostApplicationLifetime host, TimeProvider time, ILogger<PackSchedule> log) : BackgroundService
{
    /// <summary>After a failure it is tried again without waiting for its next turn.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Pack.Folder is not { Length: > 0 } folder)
        {
            return;
        }

        var due = time.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            // Looked at and not slept towards: a machine that slept, or a clock that was set, is noticed at once.
            if (current.IsReady && host.ApplicationStarted.IsCancellationRequested && time.GetUtcNow() >= due)
            {
                due = time.GetUtcNow() + (await WriteAsync(HubFolders.Absolute(folder), stoppingToken) ? options.Pack.Every : Retry);
            }

            await Task.Delay(Look, time, stoppingToken);
        }
    }

    private async Task<bool> WriteAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            var files = await pack.WriteAsync(folder, options.Pack.Days, cancellation);
            status.Succeeded();
            Log.Written(log, folder, files);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidOperationException or HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            status.Failed($"The pack for an outage could not be written to {folder}: {problem.Message}", time.GetUtcNow());
            Log.Failed(log, folder, problem.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The pack for an outage was written to {Folder}: {Files} files")]
        public static partial void Written(ILogger logger, string folder, int files);

        [LoggerMessage(2, LogLevel.Error, "The pack for an outage could not be written to {Folder}; the old one stays: {Reason}")]
        public static partial void Failed(ILogger logger, string folder, string reason);
    }
}

/// <summary>Whether the last pack on schedule was written.</summary>
public sealed class PackStatus
{
    private volatile RefreshFailure? failure;

    /// <summary>Null while all is well, or none is wanted.</summary>
    public RefreshFailure? Failure => failure;

    internal void Succeeded() => failure = null;

    internal void Failed(string reason, DateTimeOffset now) => failure = new RefreshFailure(reason, failure is { } earlier && earlier.Reason == reason ? earlier.Since : now);
}
