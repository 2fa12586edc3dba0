using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Web.Refresh;

/// <summary>
/// The published branch of a repository: watched on this machine. Where it has a remote, that is asked at an interval, and at once when another process says that it has moved.
/// </summary>
/// <param name="bell">Null: there is no other process to hear of.</param>
internal sealed partial class GitFeed(LibraryOpening opening, TimeSpan interval, NewsBell? bell, TimeProvider time, ILogger<GitFeed> log) : ILibraryFeed
{
    private ServedCatalogue? served;
    private BranchWatcher? watcher;
    private Task? moved;
    private Task<string>? heard;
    private string told = "";
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
            told = opened.First.Catalogue.Head.Hex;
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

            if (!await WaitHereAsync(cancellation))
            {
                await Repository.FetchAsync(cancellation);
                return;
            }
        }

        var here = moved;
        moved = null;
        await here;
        await TellAsync(cancellation);
    }

    /// <summary>Waits until the branch has moved here, or until the remote is to be asked: then it is false.</summary>
    private async Task<bool> WaitHereAsync(CancellationToken cancellation)
    {
        var due = Task.Delay(interval, time, cancellation);
        while (!moved!.IsCompleted && !due.IsCompleted)
        {
            heard ??= bell?.HeardAsync(cancellation).AsTask();
            await (heard is null ? Task.WhenAny(moved, due) : Task.WhenAny(moved, due, heard));
            if (heard is { IsCompleted: true } elsewhere)
            {
                heard = null;
                var head = await elsewhere;
                if (head.Length == 0 || head != told)
                {
                    // When it has come, nobody needs to be told of it again.
                    told = head.Length > 0 ? head : told;
                    return moved.IsCompleted;
                }
            }
        }

        return moved.IsCompleted;
    }

    /// <summary>Tells the other processes where the branch stands, unless they told it.</summary>
    private async Task TellAsync(CancellationToken cancellation)
    {
        if (bell is null || Repository is not { HasRemote: true } repository)
        {
            return;
        }

        try
        {
            if ((await repository.ReadHeadAsync(cancellation)).Hex is var head && head != told)
            {
                told = head;
                bell.Ring(head);
            }
        }
        catch (GitException)
        {
            // Whoever reads the library next says so; the others ask the remote.
        }
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
