using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;

namespace PolicyHub.Web.Refresh;

/// <summary>Where catalogues come from and how news of it arrive: a git repository, or a folder in preview.</summary>
internal interface ILibraryFeed : IAsyncDisposable
{
    bool IsPreview { get; }

    IBlobStore Blobs { get; }

    /// <summary>The catalogue as of now; the same object as before where nothing changed.</summary>
    /// <exception cref="GitException">It can't be read, or what is there may not be served; the message says why.</exception>
    Task<LibraryCatalogue> ReadAsync(LibraryCatalogue? previous, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Ends when there may be news; it may end for nothing, and never misses any.</summary>
    Task WaitForNewsAsync(CancellationToken cancellation);
}
