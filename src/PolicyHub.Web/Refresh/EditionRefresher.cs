using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Refresh;

/// <summary>
/// Keeps the current edition current: builds the first one while the host starts, and fails the start if it can't; then
/// builds another on news and at every start by date. What can't be built or served is reported, and the last good edition stays.
/// </summary>
internal sealed partial class EditionRefresher(
    ILibraryFeed feed, CurrentEdition current, RefreshStatus status, ContractWatch contracts, HistoryWatch history, HubOptions options, TimeProvider time, ILogger<EditionRefresher> log) : BackgroundService, IHostedLifecycleService
{
    /// <summary>Starts by date are looked for this often, not slept towards, so that a suspended machine or a set clock is noticed at once.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    /// <summary>A clock that goes back by less is being adjusted, not set.</summary>
    private static readonly TimeSpan SetBack = TimeSpan.FromSeconds(5);

    /// <summary>After a failure the library is looked at again without any news, as a repository that was away comes back in silence.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    /// <summary>The first answers of a process take about this long; what they need of an edition they make themselves.</summary>
    private static readonly TimeSpan FirstAnswers = TimeSpan.FromMilliseconds(500);

    private LibraryCatalogue? catalogue;
    private DateTimeOffset? tryAgain;
    private Task first = Task.CompletedTask;
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The library is read on one core while the host starts on another.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        first = Task.Run(() => RefreshAsync(cancellationToken), cancellationToken);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        listening.SetResult();
        return first;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whoever started the host is told of a failure.
        await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!first.IsCompletedSuccessfully)
        {
            return;
        }

        var news = feed.WaitForNewsAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(news, Task.Delay(Tick, time, stoppingToken));
            var finished = news.IsCompleted ? news : Task.CompletedTask;
            if (news.IsCompleted)
            {
                news = feed.WaitForNewsAsync(stoppingToken);
            }
            else if (!IsDue(time.GetUtcNow()))
            {
                continue;
            }

            try
            {
                await finished;
                await RefreshAsync(stoppingToken);
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

    private bool IsDue(DateTimeOffset now) => IsOld(current.Value, now) || tryAgain <= now;

    /// <summary>Whether something has started or ended since an edition was built, or the clock was set back to before that.</summary>
    private static bool IsOld(Edition edition, DateTimeOffset now) => edition.NextStart <= now || now < edition.At - SetBack;

    private async Task RefreshAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var previous = current.IsReady ? current.Value : null;
        var reading = await ReadAsync(now, cancellation);
        if (previous is null || !ReferenceEquals(reading.Catalogue, catalogue) || IsOld(previous, now))
        {
            var edition = feed.First ?? await new EditionBuilder(feed.Blobs).BuildAsync(reading.Catalogue, now, previous, feed.IsPreview, cancellation);
            if (previous is not null)
            {
                edition.Complete();
            }

            catalogue = reading.Catalogue;
            current.Swap(edition, feed.Blobs);
            Log.Swapped(log, edition.Head.Hex, edition.At);
            await feed.KeepAsync(edition, cancellation);
            var ready = previous is null ? CompleteAsync(edition) : Task.CompletedTask;
            contracts.Begin(edition, feed.Blobs, ready);
            if (feed.Repository is { } repository)
            {
                history.Begin(edition, feed.Blobs, options.DataFolder(), repository.Key, ready);
            }
        }

        tryAgain = reading.TryAgain;
        if (reading.NotTaken is { } reason)
        {
            Log.Refused(log, reason);
            status.Failed(reason, now, reading.IsRewritten);
        }
        else
        {
            status.Succeeded(now);
        }
    }

    /// <summary>Completes the first edition once the host listens and has had time to answer: before that it would only keep the host from its cores.</summary>
    private async Task CompleteAsync(Edition edition)
    {
        await listening.Task;
        await Task.Delay(FirstAnswers, CancellationToken.None);
        edition.Complete();
    }

    /// <summary>Where the library can't be read, what is known of it stays, and its dates still come.</summary>
    private async Task<CatalogueReading> ReadAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            return await feed.ReadAsync(catalogue, now, cancellation);
        }
        catch (GitException problem) when (catalogue is not null)
        {
            return new CatalogueReading(catalogue, problem.Message, now + Retry);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Serving the edition of {Head} as of {At:O}")]
        public static partial void Swapped(ILogger logger, string head, DateTimeOffset at);

        [LoggerMessage(2, LogLevel.Error, "The last good edition is served: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Error, "A new edition could not be built; the last good one stays")]
        public static partial void Failed(ILogger logger, Exception problem);
    }
}
