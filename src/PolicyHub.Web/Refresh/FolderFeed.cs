using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Web.Refresh;

/// <summary>A folder as it is on disk, read again when something in it is saved.</summary>
internal sealed class FolderFeed : ILibraryFeed
{
    /// <summary>Editors write a file in several steps; the pages wait until they have finished.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(40);

    private readonly FolderLibrary library;
    private readonly FileSystemWatcher watcher;
    private readonly SemaphoreSlim news = new(0, 1);

    public FolderFeed(string folder)
    {
        library = new FolderLibrary(folder);
        watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        watcher.Changed += (_, _) => Tell();
        watcher.Created += (_, _) => Tell();
        watcher.Deleted += (_, _) => Tell();
        watcher.Renamed += (_, _) => Tell();
        watcher.Error += (_, _) => Tell();
        watcher.EnableRaisingEvents = true;
    }

    public bool IsPreview => true;

    public IBlobStore Blobs => library;

    public LibraryRepository? Repository => null;

    public Edition? First => null;

    public Task<CatalogueReading> ReadAsync(LibraryCatalogue? previous, DateTimeOffset now, CancellationToken cancellation) =>
        Task.Run(() => new CatalogueReading(library.Scan(now)), cancellation);

    /// <summary>The folder is as it is at the next start too.</summary>
    public Task KeepAsync(Edition edition, CancellationToken cancellation) => Task.CompletedTask;

    public async Task WaitForNewsAsync(CancellationToken cancellation)
    {
        await news.WaitAsync(cancellation);
        await Task.Delay(Settle, cancellation);
    }

    public ValueTask DisposeAsync()
    {
        watcher.Dispose();
        news.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Tell()
    {
        try
        {
            news.Release();
        }
        catch (SemaphoreFullException)
        {
            // News is already waiting to be read.
        }
        catch (ObjectDisposedException)
        {
            // The last event of a watcher that has been closed.
        }
    }
}
