using PolicyHub.Benchmarks.Measures;
using PolicyHub.Content.Search;
using static PolicyHub.Benchmarks.Measures.Table;

namespace PolicyHub.Benchmarks.Search;

/// <summary>
/// <c>growth FOLDER QUERIES.tsv [--sections 1000 10000 33000 100000]</c>: what search costs as a library grows, on text generated with the
/// statistics of the folder; every prefix of every query typed key by key.
/// </summary>
internal static class GrowthBenchmark
{
    private const int Seed = 3;

    public static int Run(string folder, string queryFile, IReadOnlyList<int> sizes)
    {
        string[] queries = [.. SearchBenchmark.ReadItems(queryFile).Select(item => item.Query)];
        var model = TextModel.Learn(MarkdownCollection.Read(folder));
        Console.WriteLine(FormattableString.Invariant(
            $"Learned: {model.Counts.Sum(count => (long)count)} words, {model.Words.Length} different, Heaps {model.Heaps:0.00}, repeats {model.Repeats:0.00}."));
        Table.Print(
            "Search as a library grows",
            ["sections", "documents", "words", "p50 ms", "p99 ms", "p50, fastest of 5", "p99, fastest of 5", "slowest, fastest of 5", "build ms (best)", "changed document ms (best)", "bytes a section", "bytes a search"],
            sizes.Select(size => Row(model, size, queries)));
        return 0;
    }

    private static string[] Row(TextModel model, int size, string[] queries)
    {
        var documents = new TextGenerator(model, Seed).Documents(size);
        var words = SearchIndex.Build(documents, "en").Words;
        var measured = SearchMeasures.Of(documents, queries);
        var (slowest, time) = measured.Slowest.First();
        double[] fastest = [.. measured.Fastest.Order()];
        return
        [
            Number(measured.Sections), Number(measured.Documents), Number(words),
            Number(SearchMeasures.Percentile(measured.Times, 0.5), "0.000"), Number(SearchMeasures.Percentile(measured.Times, 0.99), "0.00"),
            Number(SearchMeasures.Percentile(fastest, 0.5), "0.000"), Number(SearchMeasures.Percentile(fastest, 0.99), "0.00"),
            $"{Number(time)} “{slowest}”",
            $"{Number(measured.Build, "0")} ({Number(measured.BestBuild, "0")})",
            $"{Number(SearchMeasures.Percentile(measured.Changed, 0.5), "0.0")} ({Number(measured.Changed[0], "0.0")})",
            Number(measured.BytesASection, "0"), Number(measured.BytesASearch, "0"),
        ];
    }
}
