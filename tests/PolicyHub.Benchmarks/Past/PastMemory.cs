using PolicyHub.Benchmarks.Measures;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.Search;
using PolicyHub.Testing;

namespace PolicyHub.Benchmarks.Past;

/// <summary>
/// What the editions of twelve past days hold in memory, beside one library of all their distinct texts that today's edition does not hold: each text,
/// its rendering and its postings once.
/// </summary>
internal static class PastMemory
{
    public static async Task RunAsync(string library, DateTimeOffset[] instants, CancellationToken cancellation)
    {
        using var data = new TemporaryFolder();
        using var repository = await LibrarySource.OpenAsync(new LibraryLocation { DataFolder = data.Path, Library = library }, GitSettings.Default, cancellation);
        var head = await repository.ReadHeadAsync(cancellation);
        var catalogue = ((CatalogueResult.Built)await CatalogueBuilder.BuildAsync(repository, head, null, DateTimeOffset.MaxValue.AddDays(-1), cancellation)).Catalogue;
        var today = await new EditionBuilder(repository.Blobs).BuildAsync(catalogue, catalogue.HeadPublished.AddDays(1), null, isPreview: false, cancellation);
        today.Complete();
        using var past = new PastEditions(long.MaxValue);
        var before = Heap();
        var editions = new List<Edition>();
        foreach (var instant in instants)
        {
            var edition = await past.AtAsync(today, repository.Blobs, PointInTime.On(instant), cancellation);
            edition.Complete();
            editions.Add(edition);
        }

        var held = Heap() - before;
        var weighed = past.Bytes;
        var keys = today.All.Select(document => document.Searchable.Key).ToHashSet(StringComparer.Ordinal);
        var distinct = editions.SelectMany(edition => edition.All).DistinctBy(document => document.Searchable.Key).Where(document => keys.Add(document.Searchable.Key)).ToList();
        var (entries, texts) = (editions.Sum(edition => edition.All.Length), distinct.Count);
        var (blobs, paths) = (distinct.Select(document => document.Version.Blob!.Value).ToList(), distinct.Select(document => document.Path).ToList());
        editions.Clear();
        distinct.Clear();
        past.Dispose();

        // The same texts once: read, rendered and indexed as one library.
        var settings = today.Settings;
        before = Heap();
        var bytes = await repository.Blobs.ReadAsync(blobs, EditionBuilder.LargestDocument, cancellation);
        var renderer = new PolicyHub.Content.Rendering.DocumentRenderer(settings.Words);
        List<SearchableDocument> once = [];
        for (var index = 0; index < blobs.Count; index++)
        {
            var document = PolicyHub.Content.Documents.DocumentReader.Read(paths[index], bytes[index]!, settings).Document!;
            once.Add(new SearchableDocument { Key = $"{blobs[index]}\0{paths[index]}", Document = document, Access = "", Sections = renderer.Render(document).Sections, InEffectSince = today.At });
        }

        bytes = [];
        var index1 = SearchIndex.Build(once, settings.Language);
        var single = Heap() - before;
        Table.Print(
            $"Memory of {instants.Length} past editions: {entries} documents, {texts} distinct texts that today does not hold",
            ["", "MB", "ratio", "bar"],
            [
                ["the distinct texts, renderings and postings once", Table.Number(single / 1e6), "1", ""],
                ["the editions", Table.Number(held / 1e6), Table.Number((double)held / single), "1.2"],
                ["as the cache weighs them", Table.Number(weighed / 1e6), Table.Number((double)weighed / held), ""],
            ]);
        GC.KeepAlive(once);
        GC.KeepAlive(index1);
        GC.KeepAlive(today);
    }

    private static long Heap()
    {
        for (var pass = 0; pass < 3; pass++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
