using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PolicyHub.Benchmarks.Measures;
using PolicyHub.Content;
using PolicyHub.Content.Search;
using PolicyHub.Testing;

namespace PolicyHub.Benchmarks.Search;

/// <summary>
/// Search beside another engine, on the same text and queries in one run: relevance with a paired bootstrap, and the time of a key press.
/// The rival is a program that takes <c>pages.jsonl CONFIGURATION FOLDER name=queries.tsv… --time N --keys M --typing prefix</c>, writes
/// <c>FOLDER/*.NAME.tsv</c> (query, rank, path) and prints its latencies.
/// </summary>
internal static class RivalBenchmark
{
    private const int Resamples = 10_000;
    private const int Passes = 5;
    private const int WarmUp = 2;

    /// <summary>So many queries, evenly taken, are typed key by key.</summary>
    private const int Typed = 40;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <param name="files">Of queries; none: questions made from the text itself, see <see cref="AskedCollection"/>.</param>
    public static async Task<int> RunAsync(string rival, string configuration, string folder, string[] files, int copies, CancellationToken cancellation)
    {
        using var work = new TemporaryFolder();
        var documents = MarkdownCollection.Read(folder);
        IReadOnlyList<(string Name, List<SearchBenchmark.KnownItem> Items)> sets = [.. files.Select(file => (Path.GetFileNameWithoutExtension(file), SearchBenchmark.ReadItems(file)))];
        if (sets.Count == 0)
        {
            (documents, sets) = AskedCollection.Of(documents);
        }

        documents = MarkdownCollection.Scale(documents, copies);
        var pages = work["pages.jsonl"];
        await File.WriteAllLinesAsync(pages, documents.Select(Line), cancellation);
        foreach (var (name, items) in sets)
        {
            await File.WriteAllLinesAsync(work[name + ".in"], items.Select(item => item.Query), cancellation);
        }

        await RunRivalAsync(rival, [pages, configuration, work.Path, .. sets.Select(set => $"{set.Name}={work[set.Name + ".in"]}"),
            "--time", $"{Passes}", "--keys", $"{Typed}", "--typing", "prefix"], cancellation);

        var index = SearchIndex.Build(documents, "en");
        Console.WriteLine($"{documents.Count} pages, {documents.Sum(document => document.Sections.Length)} sections");
        PrintRelevance(index, sets, work.Path);
        PrintTyping(index, sets[0].Items);
        return 0;
    }

    /// <summary>A page as the rival takes it in.</summary>
    private static string Line(SearchableDocument document) => JsonSerializer.Serialize(new
    {
        path = document.Document.Path.Value,
        title = document.Document.Title,
        h1 = "",
        summary = document.Document.Summary ?? "",
        sections = document.Sections.Select(section => new { heading = section.Heading, level = section.Level, text = section.Text }),
    });

    private static async Task RunRivalAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(Limit);
        await using var ending = timer.Token.Register(() => process.Kill(entireProcessTree: true));
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode != 0)
        {
            throw new IOException($"{program} failed (exit {process.ExitCode}).");
        }
    }

    private static void PrintRelevance(SearchIndex index, IReadOnlyList<(string Name, List<SearchBenchmark.KnownItem> Items)> sets, string runs)
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        var rows = new List<string[]>();
        foreach (var (name, items) in sets)
        {
            List<double> mine = [.. SearchBenchmark.Ranks(index, items).Select(Reciprocal)];
            List<double> other = [.. RanksOf(items, Directory.GetFiles(runs, $"*.{name}.tsv").Single()).Select(Reciprocal)];
            rows.Add(Row($"{name} ({items.Count})", mine, other));
            ours.AddRange(mine);
            theirs.AddRange(other);
        }

        rows.Add(Row("pooled", ours, theirs));
        Table.Print("Relevance, MRR@10", ["queries", "ours", "rival", "ratio", "90 % interval", "ours, odd and even lines"], rows);
    }

    private static double Reciprocal(int rank) => rank is > 0 and <= 10 ? 1.0 / rank : 0;

    /// <summary>Paths that the page sought stands behind are counted once each, those set aside not at all.</summary>
    private static IEnumerable<int> RanksOf(List<SearchBenchmark.KnownItem> items, string run)
    {
        var found = File.ReadLines(run).Select(line => line.Split('\t')).ToLookup(cells => int.Parse(cells[0], CultureInfo.InvariantCulture), cells => cells[2]);
        return items.Select((item, i) => 1 + found[i + 1].Distinct(StringComparer.Ordinal).Where(path => !item.SetsAside(path)).ToList().IndexOf(item.Wanted));
    }

    private static string[] Row(string name, List<double> ours, List<double> theirs)
    {
        var (low, high) = Interval(ours, theirs);
        return
        [
            name,
            Table.Number(ours.Average(), "0.000"),
            Table.Number(theirs.Average(), "0.000"),
            Table.Number(ours.Average() / theirs.Average(), "0.000"),
            $"{Table.Number(low, "0.000")} to {Table.Number(high, "0.000")}",
            $"{Table.Number(Half(ours, 0), "0.000")} {Table.Number(Half(ours, 1), "0.000")}",
        ];
    }

    private static double Half(List<double> scores, int half) => scores.Where((_, i) => i % 2 == half).Average();

    /// <summary>Paired bootstrap (Efron and Tibshirani 1993): queries drawn again, both engines' scores of each together.</summary>
    private static (double Low, double High) Interval(List<double> ours, List<double> theirs)
    {
        var random = new Random(1);
        var ratios = new double[Resamples];
        for (var sample = 0; sample < Resamples; sample++)
        {
            var (mine, other) = (0.0, 0.0);
            for (var i = 0; i < ours.Count; i++)
            {
                var query = random.Next(ours.Count);
                mine += ours[query];
                other += theirs[query];
            }

            ratios[sample] = mine / other;
        }

        return (Table.Percentile(ratios, 0.05), Table.Percentile(ratios, 0.95));
    }

    /// <summary>The same key presses as the rival's: from the second letter on.</summary>
    private static void PrintTyping(SearchIndex index, List<SearchBenchmark.KnownItem> items)
    {
        var step = Math.Max(1, items.Count / Typed);
        var presses = Enumerable.Range(0, items.Count).Where(i => i % step == 0).Take(Typed)
            .SelectMany(i => Enumerable.Range(2, Math.Max(0, items[i].Query.Length - 1)).Select(length => items[i].Query[..length]))
            .ToArray();
        var (middles, lates) = (new List<double>(), new List<double>());
        for (var pass = 0; pass < Passes + WarmUp; pass++)
        {
            var times = new double[presses.Length];
            for (var i = 0; i < presses.Length; i++)
            {
                var query = new SearchQuery { Text = presses[i], Limit = 10 };
                var start = Stopwatch.GetTimestamp();
                index.Search(query, Reader.Anyone);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            if (pass >= WarmUp)
            {
                middles.Add(Table.Percentile(times, 0.5));
                lates.Add(Table.Percentile(times, 0.99));
            }
        }

        Table.Print("A key press, ms (the rival's stand above)", ["key presses", "p50", "p99"],
            [[$"{presses.Length}", Table.Number(Table.Median(middles), "0.000"), Table.Number(Table.Median(lates), "0.000")]]);
    }
}
