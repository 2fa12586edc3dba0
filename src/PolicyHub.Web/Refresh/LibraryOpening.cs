using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Refresh;

/// <summary>A library, opened, watched, and read into its first edition.</summary>
internal sealed record OpenedLibrary(
    LibraryRepository Repository, BranchWatcher Watcher, ServedCatalogue Served, CatalogueReading First, Edition Edition);

/// <summary>Opens a library. That takes about as long as wiring the host, so both are done at once; giving it up ends it and its git.</summary>
internal sealed class LibraryOpening : IAsyncDisposable
{
    private readonly CancellationTokenSource givenUp = new();
    private LibraryRepository? repository;
    private BranchWatcher? watcher;

    private LibraryOpening(HubOptions options, Func<LibraryRepository, HoldBack?> holdBack, DateTimeOffset now) => Opened = Task.Run(() => OpenAsync(options, holdBack, now, givenUp.Token));

    /// <summary>Fails with a <see cref="GitException"/> that says what to do where there is nothing that can be served.</summary>
    public Task<OpenedLibrary> Opened { get; }

    /// <param name="holdBack">What of it is held back.</param>
    public static LibraryOpening Begin(HubOptions options, Func<LibraryRepository, HoldBack?> holdBack, DateTimeOffset now) => new(options, holdBack, now);

    public async ValueTask DisposeAsync()
    {
        await givenUp.CancelAsync();
        await ((Task)Opened).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        watcher?.Dispose();
        repository?.Dispose();
        givenUp.Dispose();
    }

    private async Task<OpenedLibrary> OpenAsync(HubOptions options, Func<LibraryRepository, HoldBack?> holdBack, DateTimeOffset now, CancellationToken cancellation)
    {
        repository = await LibrarySource.OpenAsync(options.Location(), options.Git(), cancellation);
        watcher = repository.Watch();
        var served = new ServedCatalogue(repository, options.DataFolder(), holdBack(repository));
        var first = await served.ReadAsync(previous: null, now, cancellation);
        var edition = await new EditionBuilder(served.Texts).BuildAsync(first.Catalogue, now, previous: null, isPreview: false, cancellation);
        return new OpenedLibrary(repository, watcher, served, first, edition);
    }
}
