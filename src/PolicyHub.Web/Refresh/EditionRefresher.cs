using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Web.Refresh;

/// <summary>
/// Keeps the current edition current: builds the first one before the site listens, and fails hard if it can't; then
/// builds another on news and at every start by date. What can't be built or served is reported, and the last good edition stays.
/// </summary>
internal sealed partial class EditionRefresher(
    ILibraryFeed feed, CurrentEdition current, RefreshStatus status, TimeProvider time, ILogger<EditionRefresher> log) : BackgroundService
{
    /// <summary>Starts by date are looked for this often, not slept towards, so that a suspended machine or a set clock is noticed at once.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private LibraryCatalogue? catalogue;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var news = feed.WaitForNewsAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(news, Task.Delay(Tick, time, stoppingToken));
            var finished = news.IsCompleted ? news : Task.CompletedTask;
            if (news.IsCompleted)
            {
                news = feed.WaitForNewsAsync(stoppingToken);
            }
            else if (!(current.Value.NextStart <= time.GetUtcNow()))
            {
                continue;
            }

            try
            {
                await finished;
                await RefreshAsync(stoppingToken);
                status.Succeeded();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is GitException or IOException or UnauthorizedAccessException)
            {
                Log.Refused(log, problem.Message);
                status.Failed(problem.Message, time.GetUtcNow());
            }
#pragma warning disable CA1031 // Whatever a commit holds, the site stays up on the last good edition; health and /problems tell.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                Log.Failed(log, problem);
                status.Failed($"A new edition could not be built ({problem.GetType().Name}); the last good one is served.", time.GetUtcNow());
            }
        }
    }

    private async Task RefreshAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var previous = current.IsReady ? current.Value : null;
        var read = await feed.ReadAsync(catalogue, now, cancellation);
        if (previous is not null && ReferenceEquals(read, catalogue) && !(previous.NextStart <= now))
        {
            return;
        }

        var edition = await new EditionBuilder(feed.Blobs).BuildAsync(read, now, previous, feed.IsPreview, cancellation);
        catalogue = read;
        current.Swap(edition, feed.Blobs);
        Log.Swapped(log, edition.Head.Hex, edition.At);

        // Found here so that the first page that asks for them need not.
        _ = Task.Run(() => edition.Problems, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Serving the edition of {Head} as of {At:O}")]
        public static partial void Swapped(ILogger logger, string head, DateTimeOffset at);

        [LoggerMessage(2, LogLevel.Error, "The last good edition stays: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Error, "A new edition could not be built; the last good one stays")]
        public static partial void Failed(ILogger logger, Exception problem);
    }
}
