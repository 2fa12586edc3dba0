using System.Diagnostics;
using PolicyHub.Benchmarks.Measures;
using PolicyHub.Testing;

namespace PolicyHub.Benchmarks;

/// <summary>From the return of <c>git push</c> to a page that shows it, and to a search that finds it.</summary>
internal static class PushBenchmark
{
    private const int Pushes = 50;

    public static async Task RunAsync(string library, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var bare = Path.Combine(folder.Path, "library.git");
        var work = Path.Combine(folder.Path, "work");
        TestRepository.RunGit(folder.Path, ["clone", "--quiet", "--bare", library, bare]);
        TestRepository.RunGit(folder.Path, ["clone", "--quiet", bare, work]);
        await using var site = await LibraryBenchmark.SiteAsync(bare, Path.Combine(folder.Path, "data"));
        using var http = new HttpClient { BaseAddress = site.Address };
        List<double> visible = [], searchable = [];
        for (var push = 0; push < Pushes; push++)
        {
            // A word that no library has, spelt in letters so that it is one term.
            var word = "zq" + string.Concat($"{push:D4}".Select(digit => (char)('a' + digit - '0')));
            await File.WriteAllTextAsync(Path.Combine(work, "pushed-by-the-benchmark.md"), $"# Pushed by the benchmark\n\nThis is {word}.\n", cancellation);
            TestRepository.RunGit(work, ["add", "."]);
            TestRepository.RunGit(work, ["-c", "user.name=Bench", "-c", "user.email=bench@riverton.example", "commit", "--quiet", "-m", $"Push {push}"]);
            TestRepository.RunGit(work, ["push", "--quiet", "origin", "HEAD"]);
            var watch = Stopwatch.StartNew();
            visible.Add(await UntilAsync(http, "/docs/pushed-by-the-benchmark", word, watch, cancellation));
            searchable.Add(await UntilAsync(http, "/api/search?q=" + word, "pushed-by-the-benchmark", watch, cancellation));
        }

        Table.Print($"Push to visible, {Pushes} pushes", ["", "p50 ms", "p99 ms", "slowest ms"],
        [
            ["visible", Table.Number(Table.Median(visible), "0"), Table.Number(Table.Percentile(visible, 0.99), "0"), Table.Number(visible.Max(), "0")],
            ["searchable", Table.Number(Table.Median(searchable), "0"), Table.Number(Table.Percentile(searchable, 0.99), "0"), Table.Number(searchable.Max(), "0")],
        ]);
    }

    private static async Task<double> UntilAsync(HttpClient http, string address, string text, Stopwatch watch, CancellationToken cancellation)
    {
        while (watch.Elapsed < TimeSpan.FromSeconds(30))
        {
            using var response = await http.GetAsync(new Uri(address, UriKind.Relative), cancellation);
            if ((await response.Content.ReadAsStringAsync(cancellation)).Contains(text, StringComparison.Ordinal))
            {
                return watch.Elapsed.TotalMilliseconds;
            }
        }

        throw new InvalidOperationException($"{address} did not show “{text}” within 30 seconds.");
    }
}
