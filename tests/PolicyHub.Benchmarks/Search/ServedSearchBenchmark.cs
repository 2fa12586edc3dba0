using System.Diagnostics;
using System.Text;
using PolicyHub.Benchmarks.Measures;
using PolicyHub.Content.Search;
using PolicyHub.Testing;

namespace PolicyHub.Benchmarks.Search;

/// <summary>
/// <c>served FOLDER QUERIES.tsv… [--copies 3]</c>: the CPU that a search over HTTP costs, beside one answer of a usual length that the same site writes as JSON each time, and
/// beside ready bytes of that length from a Kestrel with nothing else. Every query of the files is asked in turn; nothing is cached.
/// </summary>
internal static class ServedSearchBenchmark
{
    private const int Connections = 32;
    private const int Seconds = 4;
    private const int Runs = 5;
    private const int MostSecondsToRest = 180;

    public static async Task<int> RunAsync(string folder, string[] files, int copies)
    {
        var documents = MarkdownCollection.Scale(MarkdownCollection.Read(folder), copies);
        string[] paths =
        [
            .. files.SelectMany(SearchBenchmark.ReadItems).Select(item => item.Query).Distinct(StringComparer.Ordinal)
                .Select(query => "/api/search?q=" + Uri.EscapeDataString(query)),
        ];
        using var repository = Repository(documents);
        using var work = new TemporaryFolder();
        work.Write("ask.lua", "local paths = {" + string.Join(',', paths.Select(path => $"\"{path}\"")) + "}\nlocal i = 0\nrequest = function() i = i % #paths + 1; return wrk.format('GET', paths[i]) end\n");

        await using var site = await LibraryBenchmark.SiteAsync(repository.Folder, work["data"]);
        var (length, usual) = await MeanLengthAsync(site, paths);
        var same = SiteChild.Fixed + usual[usual.IndexOf('?', StringComparison.Ordinal)..];
        await UntilAtRestAsync(site);
        await using var bare = await LibraryBenchmark.BareAsync(length);
        List<Load> searches = [], answers = [], bytes = [];
        for (var run = 0; run <= Runs; run++)
        {
            searches.Add(await Load.RunAsync(site, paths[0], Connections, Seconds, work["ask.lua"]));
            answers.Add(await Load.RunAsync(site, same, Connections, Seconds));
            bytes.Add(await Load.RunAsync(bare, "/bytes", Connections, Seconds));
        }

        // The first run of each warms up.
        var answerCpu = Table.Median(answers.Skip(1).Select(load => load.CpuPerRequest));
        var fixedCpu = Table.Median(bytes.Skip(1).Select(load => load.CpuPerRequest));
        Table.Print(
            $"Served: {paths.Length} different queries, {documents.Sum(document => document.Sections.Length)} sections, {Connections} connections, {length} bytes on average",
            ["", "server CPU µs a request", "of a fixed answer", "of fixed bytes", "requests/s", "p50 ms", "p99 ms"],
            [Row("/api/search", searches, answerCpu, fixedCpu), Row("a fixed answer in JSON, same site", answers, answerCpu, fixedCpu), Row("fixed bytes, bare Kestrel", bytes, answerCpu, fixedCpu)]);
        return 0;
    }

    /// <summary><c>library FOLDER OUT [--copies 3]</c>: the library that is searched here, to be looked at or typed into.</summary>
    public static int WriteLibrary(string folder, string into, int copies)
    {
        using var repository = Repository(MarkdownCollection.Scale(MarkdownCollection.Read(folder), copies));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(into))!);
        using var clone = Process.Start("git", ["clone", "--quiet", "--bare", repository.Folder, into]);
        clone.WaitForExit();
        return clone.ExitCode;
    }

    private static TestRepository Repository(List<SearchableDocument> documents)
    {
        var repository = new TestRepository();
        repository.Commit("All", commit =>
        {
            foreach (var document in documents)
            {
                commit.Write(document.Document.Path.Value, MarkdownOf(document));
            }
        }).Flush();
        return repository;
    }

    /// <summary>After its start the site reads its history into an index of its own for a while: CPU that no request costs.</summary>
    private static async Task UntilAtRestAsync(Child site)
    {
        for (var second = 0; second < MostSecondsToRest; second++)
        {
            var before = site.Cpu;
            await Task.Delay(TimeSpan.FromSeconds(1));
            if (site.Cpu - before < TimeSpan.FromMilliseconds(50))
            {
                return;
            }
        }

        Console.WriteLine($"The site was still busy with its own work after {MostSecondsToRest} s: what follows counts that too.");
    }

    private static string[] Row(string name, List<Load> loads, double answerCpu, double fixedCpu)
    {
        var counted = loads.Skip(1).ToList();
        var cpu = Table.Median(counted.Select(load => load.CpuPerRequest));
        return
        [
            name, Table.Number(cpu, "0"), Table.Number(cpu / answerCpu, "0.0"), Table.Number(cpu / fixedCpu, "0.0"), Table.Number(Table.Median(counted.Select(load => load.RequestsPerSecond)), "0"),
            Table.Number(Table.Median(counted.Select(load => load.P50))), Table.Number(Table.Median(counted.Select(load => load.P99))),
        ];
    }

    /// <summary>The mean length of the answers, and the path whose answer is nearest to it.</summary>
    private static async Task<(int Length, string Usual)> MeanLengthAsync(Child site, string[] paths)
    {
        using var http = new HttpClient { BaseAddress = site.Address, Timeout = TimeSpan.FromMinutes(2) };
        var lengths = new List<int>(paths.Length);
        foreach (var path in paths)
        {
            lengths.Add((await http.GetByteArrayAsync(new Uri(path, UriKind.Relative))).Length);
        }

        var mean = (int)lengths.Average();
        return (mean, paths[lengths.IndexOf(lengths.MinBy(length => Math.Abs(length - mean)))]);
    }

    private static string MarkdownOf(SearchableDocument document)
    {
        var text = new StringBuilder("---\ntitle: '" + document.Document.Title.Replace("'", "''", StringComparison.Ordinal) + "'\n---\n");
        foreach (var section in document.Sections)
        {
            if (section.Heading.Length > 0)
            {
                text.Append('\n').Append('#', Math.Clamp(section.Level, 2, 6)).Append(' ').Append(section.Heading).Append("\n\n");
            }

            text.Append(section.Text).Append('\n');
        }

        return text.ToString();
    }
}
