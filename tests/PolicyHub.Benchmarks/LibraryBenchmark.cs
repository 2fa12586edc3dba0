using System.Net;
using PolicyHub.Benchmarks.Measures;
using PolicyHub.Testing;

namespace PolicyHub.Benchmarks;

/// <summary>The figures of a library as it is served, each beside its rival in the same run.</summary>
internal static class LibraryBenchmark
{
    private const int Seconds = 3;

    private static int nextPort = 5600 + (Environment.ProcessId % 300);

    public static async Task<int> RunAsync(string library, int runs, string program, CancellationToken cancellation)
    {
        Console.WriteLine($"{Path.GetFileName(library)} · {Environment.ProcessorCount} cores · .NET {Environment.Version} · medians of {runs}");
        await RequestsAsync(library, runs);
        await CatalogueBenchmark.RunAsync(library, runs, cancellation);
        await StartAsync(library, runs, program);
        await PushBenchmark.RunAsync(library, cancellation);
        return 0;
    }

    /// <summary>Starts the site in a process of its own.</summary>
    public static Task<Child> SiteAsync(string library, string data)
    {
        var port = nextPort++;
        return Child.StartAsync(typeof(LibraryBenchmark).Assembly.Location, port, "serve", "--urls", $"http://127.0.0.1:{port}", "--data", data, "--library", library);
    }

    /// <summary>Starts the program as whoever runs it does.</summary>
    private static Task<Child> ProgramAsync(string program, string library, string data)
    {
        var port = nextPort++;
        return Child.StartAsync(program, port, "--urls", $"http://127.0.0.1:{port}", "--data", data, "--library", library);
    }

    /// <summary>Starts the rival, which sends so many bytes.</summary>
    public static Task<Child> BareAsync(int length)
    {
        var port = nextPort++;
        return Child.StartAsync(typeof(LibraryBenchmark).Assembly.Location, port, "bare", "--urls", $"http://127.0.0.1:{port}", "--length", $"{length}");
    }

    private static async Task RequestsAsync(string library, int runs)
    {
        using var data = new TemporaryFolder();
        await using var site = await SiteAsync(library, data.Path);
        await site.QuietAsync();
        var page = await SomePageAsync(site);
        using var http = new HttpClient();
        var size = (await http.GetByteArrayAsync(new Uri(site.Address, page))).Length;
        await using var bare = await BareAsync(size);
        using var reader = new Browsing(site.Address);
        using (await reader.SubmitAsync("/sign-in", "form.people", ("person", "reader")))
        {
        }

        (string Name, Child Child, string Path, string? Cookie)[] rivals =
        [
            ("document page " + page, site, page, null),
            ("minimal Razor page, same bytes", bare, "/razor", null),
            ("static bytes, same length", bare, "/bytes", null),
            ("document page, signed in", site, page, reader.Cookies.GetCookieHeader(site.Address)),
        ];

        var rows = new List<string[]>();
        foreach (var connections in new[] { 1, 32 })
        {
            foreach (var (_, child, path, cookie) in rivals)
            {
                await Load.RunAsync(child, path, connections, Seconds, cookie: cookie);
            }

            // In turn, so that a slow minute of the machine meets all of them.
            var loads = rivals.Select(_ => new List<Load>()).ToArray();
            for (var run = 0; run < runs; run++)
            {
                for (var rival = 0; rival < rivals.Length; rival++)
                {
                    loads[rival].Add(await Load.RunAsync(rivals[rival].Child, rivals[rival].Path, connections, Seconds, cookie: rivals[rival].Cookie));
                }
            }

            var razor = Table.Median(loads[1].Select(load => load.CpuPerRequest));
            rows.AddRange(rivals.Select((rival, index) => new[]
            {
                rival.Name,
                $"{connections}",
                Table.Number(Table.Median(loads[index].Select(load => load.CpuPerRequest)), "0"),
                Table.Number(Table.Median(loads[index].Select(load => load.CpuPerRequest)) / razor, "0.00"),
                Table.Number(Table.Median(loads[index].Select(load => load.RequestsPerSecond)), "0"),
                Table.Number(Table.Median(loads[index].Select(load => load.P50)), "0.00"),
                Table.Number(Table.Median(loads[index].Select(load => load.P99)), "0.00"),
            }));
        }

        Table.Print($"Requests, {size} bytes, no output cache", ["", "connections", "server CPU µs a request", "of minimal Razor", "requests/s", "p50 ms", "p99 ms"], rows);
        var memory = await site.ProportionalSetSizeAsync();
        Table.Print("Memory", ["", "MB"], [["PSS after the load above and a forced collection", Table.Number(memory / 1e6, "0")]]);
    }

    private static async Task StartAsync(string library, int runs, string program)
    {
        List<double> bare = [], cold = [], warm = [];
        for (var run = 0; run < runs; run++)
        {
            using var data = new TemporaryFolder();
            await using (var child = await BareAsync(1000))
            {
                bare.Add(child.StartToReady.TotalMilliseconds);
            }

            await using (var child = await ProgramAsync(program, library, data.Path))
            {
                cold.Add(child.StartToReady.TotalMilliseconds);
                await CacheAsync(data.Path);
            }

            await using (var child = await ProgramAsync(program, library, data.Path))
            {
                warm.Add(child.StartToReady.TotalMilliseconds);
            }
        }

        var least = Table.Median(bare);
        Table.Print("Process start to ready", ["", "ms", "of the bare app"],
        [
            ["bare Razor app", Table.Number(least, "0"), "1"],
            ["site, with its cache", Table.Number(Table.Median(warm), "0"), Table.Number(Table.Median(warm) / least)],
            ["site, without", Table.Number(Table.Median(cold), "0"), Table.Number(Table.Median(cold) / least)],
        ]);
    }

    /// <summary>Waits until a site has written its cache, which it does once it is ready.</summary>
    private static async Task CacheAsync(string data)
    {
        var cache = Path.Combine(data, "cache");
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            if (Directory.Exists(cache) && Directory.GetFiles(cache, "texts-*.bin").Length > 0)
            {
                return;
            }

            await Task.Delay(10);
        }

        throw new InvalidOperationException("The site wrote no cache within ten seconds.");
    }

    /// <summary>A page of middling length: the home page links to those that changed lately.</summary>
    private static async Task<string> SomePageAsync(Child site)
    {
        using var http = new HttpClient { BaseAddress = site.Address };
        var home = await http.GetStringAsync(new Uri("/kind/page", UriKind.Relative));
        var pages = home.Split("href=\"").Skip(1).Select(part => WebUtility.HtmlDecode(part[..part.IndexOf('"', StringComparison.Ordinal)]))
            .Where(link => link.StartsWith("/docs/", StringComparison.Ordinal)).Distinct().Take(41).ToList();
        var sizes = new List<(int Size, string Page)>();
        foreach (var page in pages)
        {
            sizes.Add(((await http.GetByteArrayAsync(new Uri(page, UriKind.Relative))).Length, page));
        }

        return sizes.Order().ElementAt(sizes.Count / 2).Page;
    }
}
