using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Refresh;

/// <summary>The published branch of a repository: watched on this machine, and asked for at an interval where it has a remote.</summary>
internal sealed partial class GitFeed(HubOptions options, TimeProvider time, ILogger<GitFeed> log) : ILibraryFeed
{
    private LibraryRepository? repository;
    private BranchWatcher? watcher;
    private Task? moved;

    public bool IsPreview => false;

    public IBlobStore Blobs => repository?.Blobs ?? throw new InvalidOperationException("The library has not been opened.");

    public async Task<LibraryCatalogue> ReadAsync(LibraryCatalogue? previous, DateTimeOffset now, CancellationToken cancellation)
    {
        if (repository is null)
        {
            repository = await LibrarySource.OpenAsync(Location(), Settings(), cancellation);
            watcher = repository.Watch();
        }

        var data = HubFolders.Absolute(options.Data);
        var head = await repository.ReadHeadAsync(cancellation);
        var known = previous ?? CatalogueCache.Load(data, repository.Key);
        switch (await CatalogueBuilder.BuildAsync(repository, head, known, now, cancellation))
        {
            case CatalogueResult.Built { Catalogue: var catalogue }:
                if (!ReferenceEquals(catalogue, known))
                {
                    Keep(data, catalogue);
                }

                return catalogue;
            case CatalogueResult.Refused refused:
                throw new GitException(
                    $"The branch {repository.Branch} was rewritten: {refused.Served.Abbreviated}, which was served, is not on the line of {refused.Offered.Abbreviated}. The last good edition stays until the branch holds it again.");
            case CatalogueResult.DatedAhead ahead:
                throw new GitException(
                    $"The commit {ahead.Commit.Abbreviated} is dated {ahead.Dated:yyyy-MM-dd HH:mm} UTC, more than five minutes ahead. Check the clock of whoever made it; until then it is not served.");
            default:
                throw new InvalidOperationException("A result that nobody thought of.");
        }
    }

    public async Task WaitForNewsAsync(CancellationToken cancellation)
    {
        moved ??= watcher!.WaitAsync(cancellation);
        if (repository!.HasRemote)
        {
            await Task.WhenAny(moved, Task.Delay(options.Remote.Interval, time, cancellation));
            if (!moved.IsCompleted)
            {
                await repository.FetchAsync(cancellation);
                return;
            }
        }

        var told = moved;
        moved = null;
        await told;
    }

    public ValueTask DisposeAsync()
    {
        watcher?.Dispose();
        repository?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Without the file the next start is slower, and nothing else.</summary>
    private void Keep(string data, LibraryCatalogue catalogue)
    {
        try
        {
            CatalogueCache.Save(data, repository!.Key, catalogue);
        }
        catch (IOException problem)
        {
            Log.NotKept(log, problem.Message);
        }
    }

    private LibraryLocation Location() => new()
    {
        DataFolder = HubFolders.Absolute(options.Data),
        Library = options.Library,
        Branch = options.Branch,
        Folder = options.Folder,
        StarterFolder = HubFolders.Starter,
    };

    private GitSettings Settings() => new()
    {
        TimeLimit = options.GitTimeout,
        Remote = new RemoteSettings
        {
            Proxy = options.Remote.Proxy,
            CaFile = AbsoluteIfGiven(options.Remote.CaFile),
            TokenFile = AbsoluteIfGiven(options.Remote.TokenFile),
            TokenVariable = options.Remote.TokenVariable,
            TokenUser = options.Remote.TokenUser,
            SshKey = AbsoluteIfGiven(options.Remote.SshKeyFile),
            SshKnownHosts = AbsoluteIfGiven(options.Remote.KnownHostsFile),
        },
    };

    private static string? AbsoluteIfGiven(string? path) => string.IsNullOrWhiteSpace(path) ? null : HubFolders.Absolute(path);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The catalogue could not be kept for the next start: {Reason}")]
        public static partial void NotKept(ILogger logger, string reason);
    }
}
