using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Web.Refresh;

/// <summary>Where catalogues come from and how news of it arrive: a git repository, or a folder in preview.</summary>
internal interface ILibraryFeed : IAsyncDisposable
{
    bool IsPreview { get; }

    IBlobStore Blobs { get; }

    /// <summary>The repository, once it has been opened; null for a folder.</summary>
    LibraryRepository? Repository { get; }

    /// <summary>The edition of the first reading, where it was built while the host was wired; null otherwise.</summary>
    Edition? First { get; }

    /// <summary>The catalogue as of now; the same object as before where nothing changed, or where what is there may not be served, with why.</summary>
    /// <exception cref="GitException">It can't be read, or at the start nothing can be served; the message says why.</exception>
    Task<CatalogueReading> ReadAsync(LibraryCatalogue? previous, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Remembers for the next start what is served now. What goes wrong with that is logged.</summary>
    Task KeepAsync(Edition edition, CancellationToken cancellation);

    /// <summary>Ends when there may be news; it may end for nothing, and never misses any.</summary>
    Task WaitForNewsAsync(CancellationToken cancellation);
}
