using System.Diagnostics;
using System.Globalization;
using PolicyHub.Benchmarks.Measures;
using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Testing;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Pages.Read;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Benchmarks.Past;

/// <summary>
/// The time machine on one repository: pages of past days beside the same pages of today, the history of the document that changed most
/// beside git's own answer, comparisons, the search of history, all over HTTP from one client on this machine.
/// </summary>
internal static class PastBenchmark
{
    private const int Days = 12;
    private const int Pages = 25;

    public static async Task<int> RunAsync(string library, int runs, CancellationToken cancellation)
    {
        using var data = new TemporaryFolder();
        await using var app = HubApp.Build([], builder =>
        {
            builder.Environment.EnvironmentName = Environments.Development;
            builder.Configuration.AddInMemoryCollection(
                [new("urls", "http://127.0.0.1:0"), new("PolicyHub:SignIn:Open", "true"), new("PolicyHub:Data", data.Path), new("PolicyHub:Library", library), new("PolicyHub:SearchesPerSecond", "100000")]);
            builder.Logging.ClearProviders();
        });
        var begun = Stopwatch.StartNew();
        await app.StartAsync(cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var history = app.Services.GetRequiredService<HistoryWatch>();
        while (!history.IsComplete && !history.HasFailed && begun.Elapsed < TimeSpan.FromMinutes(10))
        {
            await Task.Delay(50, cancellation);
        }

        var indexed = begun.Elapsed.TotalMilliseconds;
        var today = app.Services.GetRequiredService<CurrentEdition>().Value;
        var first = today.Catalogue.Documents.Min(document => document.Versions[0].Published);
        var step = (today.Catalogue.HeadPublished - first) / (Days + 1);
        DateTimeOffset[] instants = [.. Enumerable.Range(1, Days).Select(day => first + (day * step))];
        string[] names = [.. instants.Select(instant => instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
        string[] paths = [.. today.Documents(Reader.Anyone).Where(document => document.History.Versions[0].Published < instants[Days / 2]).Take(Pages).Select(document => ReadLinks.Document(document))];
        foreach (var path in paths)
        {
            await client.GetStringAsync(new Uri(path, UriKind.Relative), cancellation);
        }

        // The first page of each day builds its edition.
        List<double> firsts = [];
        foreach (var name in names)
        {
            firsts.Add(await TimeAsync(client, $"/?on={name}", cancellation));
        }

        var middle = names[Days / 2];
        string[] readable = [.. await ReadableAsync(client, paths, middle, cancellation)];
        List<double> now = [], then = [];
        for (var run = 0; run < runs * 4; run++)
        {
            foreach (var path in readable)
            {
                now.Add(await TimeAsync(client, path, cancellation));
                then.Add(await TimeAsync(client, $"{path}?on={middle}", cancellation));
            }
        }

        var most = today.Catalogue.Documents.Where(document => document.Versions[^1].Blob is not null).MaxBy(document => document.Versions.Length)!;
        var address = "/" + string.Join('/', most.Path.WithoutExtension.Split('/').Select(Uri.EscapeDataString));
        List<double> versions = [], follow = [], compared = [], searched = [], firstSearch = [], dated = [];
        string[] words = [.. today.Documents(Reader.Anyone).SelectMany(document => document.Title.Split(' ')).Where(word => word.Length > 3 && word.All(char.IsLetter)).Distinct(StringComparer.OrdinalIgnoreCase).Take(60)];
        firstSearch.AddRange(await TimesAsync(client, names.Select(name => $"/search?q={words[0]}&on={name}"), cancellation));
        for (var run = 0; run < runs; run++)
        {
            follow.Add(await GitAsync(library, today.Head.Hex, most.Path.Value));
            versions.AddRange(await TimesAsync(client, Enumerable.Repeat("/history" + address, 10), cancellation));
            compared.AddRange(await TimesAsync(client, Pairs(most).Select(pair => $"/compare{address}?from={pair.From}&to={pair.To}"), cancellation));
            searched.AddRange(await TimesAsync(client, words.Zip(words.Skip(1), (one, other) => $"/search/history?q={one}").Concat(words.Zip(words.Skip(1), (one, other) => $"/search/history?q={one}+{other}")), cancellation));
            dated.AddRange(await TimesAsync(client, words.Select(word => $"/search?q={word}&on={middle}"), cancellation));
        }

        var (nowMedian, thenMedian, gitMedian) = (Table.Median(now), Table.Median(then), Table.Median(follow));
        Table.Print(
            $"Time: {today.Catalogue.CommitCount} commits, {today.Catalogue.Documents.Sum(document => document.Versions.Length)} versions",
            ["", "ms", "ratio", "bar"],
            [
                ["a page of today, p50", Table.Number(nowMedian), "1", ""],
                ["the same page of a past day, p50", Table.Number(thenMedian), Table.Number(thenMedian / nowMedian), "2"],
                ["first page of a day, median of 12", Table.Number(Table.Median(firsts), "0"), "", "1000 ms"],
                ["first page of a day, slowest of 12", Table.Number(firsts.Max(), "0"), "", "1000 ms"],
                ["first search of a day, slowest of 12", Table.Number(firstSearch.Max(), "0"), "", "1000 ms"],
                ["search of a past day, p50", Table.Number(Table.Median(dated)), "", ""],
                [$"git log --follow of {most.Path}", Table.Number(gitMedian, "0"), "1", ""],
                [$"its history page ({most.Versions.Length} versions), p50", Table.Number(Table.Median(versions)), "1/" + Table.Number(gitMedian / Table.Median(versions), "0"), "1/20"],
                ["compare two of its versions, p50", Table.Number(Table.Median(compared)), "", ""],
                ["compare two of its versions, p95", Table.Number(Table.Percentile(compared, 0.95)), "", ""],
                ["search of history, p50", Table.Number(Table.Median(searched)), "", ""],
                ["search of history, p95", Table.Number(Table.Percentile(searched, 0.95)), "", "300 ms"],
                ["start until every version is in the search of history", Table.Number(indexed, "0"), "", ""],
                ["its file, MB", Table.Number(Directory.GetFiles(Path.Combine(data.Path, "cache"), "history-*").Sum(file => new FileInfo(file).Length) / 1e6), "", ""],
            ]);
        await app.StopAsync(cancellation);
        await PastMemory.RunAsync(library, instants, cancellation);
        return 0;
    }

    private static IEnumerable<(VersionLabel From, VersionLabel To)> Pairs(DocumentHistory document)
    {
        var texts = document.Versions.Where(version => version.Blob is not null).ToList();
        for (var index = 0; index < 20; index++)
        {
            yield return (texts[index * (texts.Count - 1) / 20].Label, texts[^1].Label);
        }
    }

    private static async Task<List<string>> ReadableAsync(HttpClient client, IEnumerable<string> paths, string day, CancellationToken cancellation)
    {
        var readable = new List<string>();
        foreach (var path in paths)
        {
            using var response = await client.GetAsync(new Uri($"{path}?on={day}", UriKind.Relative), cancellation);
            if (response.IsSuccessStatusCode)
            {
                readable.Add(path);
            }
        }

        return readable.Count > 0 ? readable : throw new InvalidOperationException("No page of today stood at its path on the day in the middle.");
    }

    private static async Task<List<double>> TimesAsync(HttpClient client, IEnumerable<string> addresses, CancellationToken cancellation)
    {
        var times = new List<double>();
        foreach (var address in addresses)
        {
            times.Add(await TimeAsync(client, address, cancellation));
        }

        return times;
    }

    private static async Task<double> TimeAsync(HttpClient client, string address, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await client.GetStringAsync(new Uri(address, UriKind.Relative), cancellation);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<double> GitAsync(string library, string head, string path)
    {
        var start = new ProcessStartInfo("git") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])["--git-dir", library, "log", "--first-parent", "--follow", "--format=%H %ct %an %s", head, "--", path])
        {
            start.ArgumentList.Add(argument);
        }

        var watch = Stopwatch.StartNew();
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return git.ExitCode == 0 ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException("git log --follow failed.");
    }
}
