using System.Diagnostics;
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
    internal sealed record KnownItem(string Query, string Wanted, HashSet<string> Aside);

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

        documents = MarkdownCollection.Scale(documents, copies);
        MeasureBuild(documents);
        if (arguments.Length > 1)
        {
            MeasureTyping(SearchIndex.Build(documents, "en"), [.. ReadItems(arguments[1]).Select(item => item.Query)]);
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
                .Where(path => !item.Aside.Contains(path))
                .ToList().IndexOf(item.Wanted)),
    ];

    public static double Mean(IReadOnlyCollection<int> ranks) => ranks.Average(rank => rank is > 0 and <= 10 ? 1.0 / rank : 0);

    public static List<int> Half(List<int> ranks, int half) => [.. ranks.Where((_, i) => i % 2 == half)];

    private static void MeasureBuild(List<SearchableDocument> documents)
    {
        var sections = documents.Sum(document => document.Sections.Length);
        var times = Enumerable.Range(0, 5).Select(_ => Time(() => SearchIndex.Build(documents, "en"))).Order().ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var index = SearchIndex.Build(documents, "en");
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine($"documents {documents.Count}, sections {sections}: build {times[2]:0} ms (best {times[0]:0}), {(after - before) / (double)sections:0} bytes a section");

        var changes = new List<double>();
        var current = index;
        for (var i = 0; i < 20; i++)
        {
            var place = i * 37 % documents.Count;
            var section = documents[place].Sections[0];
            documents[place] = documents[place] with { Key = $"{documents[place].Key}#{i}", Sections = documents[place].Sections.SetItem(0, section with { Text = section.Text + $" changed text number{i}" }) };
            var previous = current;
            changes.Add(Time(() => current = SearchIndex.Build(documents, "en", previous)));
        }

        changes.Sort();
        Console.WriteLine($"one changed document: median {changes[10]:0.0} ms, best {changes[0]:0.0} ms, worst {changes[^1]:0.0} ms");
    }

    private static void MeasureTyping(SearchIndex index, string[] queries)
    {
        var typed = queries.SelectMany(query => Enumerable.Range(1, query.Length).Select(length => query[..length])).ToArray();
        var best = Enumerable.Repeat(double.MaxValue, typed.Length).ToArray();
        var first = new List<double>();
        for (var pass = 0; pass < 5; pass++)
        {
            for (var i = 0; i < typed.Length; i++)
            {
                var query = new SearchQuery { Text = typed[i], Limit = 10 };
                var time = Time(() => index.Search(query, Reader.Anyone));
                best[i] = Math.Min(best[i], time);
                if (pass == 2)
                {
                    first.Add(time);
                }
            }
        }

        first.Sort();
        var slowest = Enumerable.Range(0, typed.Length).OrderByDescending(i => best[i]).Take(5).ToList();
        Console.WriteLine($"{typed.Length} key presses: p50 {first[first.Count / 2]:0.000} ms, p99 {first[(int)(first.Count * 0.99)]:0.000} ms; slowest (best of 5): {string.Join(", ", slowest.Select(i => $"“{typed[i]}” {best[i]:0.00}"))}");
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
