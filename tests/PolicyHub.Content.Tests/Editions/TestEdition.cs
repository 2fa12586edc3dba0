using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Editions;

/// <summary>Editions of a real repository, as the site builds them.</summary>
internal sealed class TestEdition : IDisposable
{
    private readonly LibraryRepository library;

    private TestEdition(LibraryRepository library) => this.library = library;

    public static async Task<TestEdition> OpenAsync(TestRepository repository)
    {
        repository.Flush();
        var location = new LibraryLocation { DataFolder = repository.Beside("data"), Library = repository.Folder };
        return new TestEdition(await LibrarySource.OpenAsync(location, GitSettings.Default, CancellationToken.None));
    }

    public async Task<LibraryCatalogue> CatalogueAsync(LibraryCatalogue? previous = null)
    {
        var head = await library.ReadHeadAsync(CancellationToken.None);
        var result = await CatalogueBuilder.BuildAsync(library, head, previous, DateTimeOffset.MaxValue.AddDays(-1), CancellationToken.None);
        return Assert.IsType<CatalogueResult.Built>(result).Catalogue;
    }

    /// <summary>The edition of an instant, such as <c>2026-03-03T09:00Z</c>.</summary>
    public async Task<Edition> AtAsync(string instant, Edition? previous = null) =>
        await new EditionBuilder(library.Blobs).BuildAsync(
            await CatalogueAsync(previous?.Catalogue),
            DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture),
            previous,
            isPreview: false,
            CancellationToken.None);

    public IBlobStore Blobs => library.Blobs;

    public void Dispose() => library.Dispose();
}
