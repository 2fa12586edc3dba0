using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Web.Refresh;

/// <summary>The published branch of a repository: watched on this machine, and asked for at an interval where it has a remote.</summary>
internal sealed partial class GitFeed(LibraryOpening opening, TimeSpan interval, TimeProvider time, ILogger<GitFeed> log) : ILibraryFeed
{
    private ServedCatalogue? served;
    private BranchWatcher? watcher;
    private Task? moved;
    private bool isTidied = true;

    public bool IsPreview => false;

    public Edition? First { get; private set; }

    public LibraryRepository? Repository { get; private set; }

    public IBlobStore Blobs => Repository?.Blobs ?? throw new InvalidOperationException("The library has not been opened.");

    public async Task<CatalogueReading> ReadAsync(LibraryCatalogue? previous, DateTimeOffset now, CancellationToken cancellation)
    {
        if (Repository is null)
        {
            var opened = await opening.Opened.WaitAsync(cancellation);
            (Repository, watcher, served, First) = (opened.Repository, opened.Watcher, opened.Served, opened.Edition);
            return opened.First;
        }

        First = null;
        return await served!.ReadAsync(previous, now, cancellation);
    }

    public async Task KeepAsync(Edition edition, CancellationToken cancellation)
    {
        try
        {
            await served!.KeepAsync(edition.Catalogue, edition.Texts, EditionBuilder.LargestDocument, cancellation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or GitException)
        {
            Log.NotKept(log, problem.Message);
        }
    }

    public async Task WaitForNewsAsync(CancellationToken cancellation)
    {
        moved ??= watcher!.WaitAsync(cancellation);
        if (Repository!.HasRemote)
        {
            if (isTidied)
            {
                await TidyAsync(cancellation);
            }

            await Task.WhenAny(moved, Task.Delay(interval, time, cancellation));
            if (!moved.IsCompleted)
            {
                await Repository.FetchAsync(cancellation);
                return;
            }
        }

        var told = moved;
        moved = null;
        await told;
    }

    public ValueTask DisposeAsync() => opening.DisposeAsync();

    /// <summary>A clone that is not tidied is slower, and nothing else.</summary>
    private async Task TidyAsync(CancellationToken cancellation)
    {
        try
        {
            await Repository!.TidyAsync(cancellation);
        }
        catch (GitException problem)
        {
            isTidied = false;
            Log.NotTidied(log, problem.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "What is served could not be kept for the next start: {Reason}")]
        public static partial void NotKept(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Warning, "The clone of the remote could not be packed, and will not be until the next start: {Reason}")]
        public static partial void NotTidied(ILogger logger, string reason);
    }
}
