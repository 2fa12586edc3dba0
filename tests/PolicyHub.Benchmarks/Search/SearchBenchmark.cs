using System.Globalization;
using PolicyHub.Content;
using PolicyHub.Content.Search;

namespace PolicyHub.Benchmarks.Search;

/// <summary>
/// <c>search FOLDER QUERIES.tsv… [--copies N]</c>: relevance of known-item queries over a folder of Markdown (both halves apart), and
/// the time of every prefix of every query typed key by key. A line of a query file: query, tab, path to find, tab, paths to set aside by |.
/// </summary>
internal static class SearchBenchmark
{
    /// <param name="Aside">Pages that carry the words because they link to the one wanted.</param>
    internal sealed record KnownItem(string Query, string Wanted, HashSet<string> Aside)
    {
        /// <summary>Whether a page is set aside, as it is or as a copy of the collection has it.</summary>
        public bool SetsAside(string path) => Aside.Contains(MarkdownCollection.OriginalOf(path));
    }

    public static int Run(string[] arguments)
    {
        var copies = 1;
        var at = Array.IndexOf(arguments, "--copies");
        if (at >= 0)
        {
            copies = int.Parse(arguments[at + 1], CultureInfo.InvariantCulture);
            arguments = [.. arguments[..at], .. arguments[(at + 2)..]];
        }

        var documents = MarkdownCollection.Read(arguments[0]);
        var index = SearchIndex.Build(documents, "en");
        foreach (var file in arguments[1..])
        {
            var items = ReadItems(file);
            var ranks = Ranks(index, items);
            Console.WriteLine($"{Path.GetFileName(file),-12} MRR@10 {Mean(ranks):0.0000}  halves {Mean(Half(ranks, 0)):0.0000} {Mean(Half(ranks, 1)):0.0000}  first {ranks.Count(rank => rank == 1) / (double)ranks.Count:0.000}  queries {ranks.Count}");
        }

        if (arguments.Length > 1)
        {
            Print(SearchMeasures.Of(MarkdownCollection.Scale(documents, copies), ReadItems(arguments[1]).Select(item => item.Query)));
        }

        return 0;
    }

    public static List<KnownItem> ReadItems(string file) =>
    [
        .. File.ReadLines(file).Select(line => line.Split('\t'))
            .Select(cells => new KnownItem(cells[0], cells[1], cells.Length > 2 ? [.. cells[2].Split('|')] : [])),
    ];

    /// <summary>The place of the page wanted for each query, those set aside taken out; 0 when it is not among the first 30.</summary>
    public static List<int> Ranks(SearchIndex index, List<KnownItem> items) =>
    [
        .. items.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(item =>
            1 + index.Search(new SearchQuery { Text = item.Query, Limit = 30 }, Reader.Anyone).Hits
                .Select(hit => hit.Document.Document.Path.Value)
                .Where(path => !item.SetsAside(path))
                .ToList().IndexOf(item.Wanted)),
    ];

    public static double Mean(IReadOnlyCollection<int> ranks) => ranks.Average(rank => rank is > 0 and <= 10 ? 1.0 / rank : 0);

    public static List<int> Half(List<int> ranks, int half) => [.. ranks.Where((_, i) => i % 2 == half)];

    private static void Print(SearchMeasures measured)
    {
        double[] fastest = [.. measured.Fastest.Order()];
        Console.WriteLine($"documents {measured.Documents}, sections {measured.Sections}: build {measured.Build:0} ms (best {measured.BestBuild:0}), {measured.BytesASection:0} bytes a section");
        Console.WriteLine($"one changed document: median {SearchMeasures.Percentile(measured.Changed, 0.5):0.0} ms, best {measured.Changed[0]:0.0} ms, worst {measured.Changed[^1]:0.0} ms");
        Console.WriteLine($"{fastest.Length} key presses: p50 {SearchMeasures.Percentile(measured.Times, 0.5):0.000} ms, p99 {SearchMeasures.Percentile(measured.Times, 0.99):0.000} ms");
        Console.WriteLine($"fastest of 5 of each: p50 {SearchMeasures.Percentile(fastest, 0.5):0.000} ms, p99 {SearchMeasures.Percentile(fastest, 0.99):0.000} ms; slowest: {string.Join(", ", measured.Slowest.Take(5).Select(typed => $"“{typed.Text}” {typed.Time:0.00}"))}");
    }
}
