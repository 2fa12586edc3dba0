using System.Diagnostics;
using System.Globalization;
using PolicyHub.Content;
using PolicyHub.Content.Checking;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Benchmarks.Search;

/// <summary>
/// <c>contracts FOLDER QUERIES.tsv… [--count 500] [--sections 10000]</c>: how long so many search contracts take, each a known item of the files. Many
/// of them do not hold, and these are searched for once more, further down: what a library at rest asks for is less.
/// </summary>
internal static class ContractsBenchmark
{
    private const int Runs = 5;

    public static int Run(string[] arguments)
    {
        var count = Option(ref arguments, "--count", 500);
        var sections = Option(ref arguments, "--sections", 10_000);
        var items = arguments[1..].SelectMany(SearchBenchmark.ReadItems).Take(count).ToList();
        var wanted = items.Select(item => item.Wanted).ToHashSet(StringComparer.Ordinal);
        var left = sections;
        var documents = MarkdownCollection.Read(arguments[0])
            .OrderByDescending(document => wanted.Contains(document.Document.Path.Value))
            .TakeWhile(document => (left -= document.Sections.Length) > -document.Sections.Length)
            .ToList();
        var library = new LibraryUnderCheck
        {
            Documents = [.. documents.Select(document => new CheckedDocument(document.Document, new RenderedBody { Html = SafeHtml.Empty, Sections = document.Sections, Links = [] }, []))],
            Settings = LibrarySettings.Default,
            Files = documents.ToDictionary(document => document.Document.Path, _ => 0L),
            Contracts = [.. items.Select((item, i) => new Contract
            {
                Ask = item.Query, Find = FindTarget.Parse(item.Wanted, SourcePosition.None), Top = 3, File = ContractsReader.FileName, At = new SourcePosition(i + 1, 1),
            })],
            Today = new DateOnly(2026, 11, 23),
        };
        var index = SearchIndex.Build(documents, "en");
        var times = new List<double>();
        var broken = 0;
        for (var run = 0; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            broken = LibraryCheck.RunContracts(library, query => index.Search(query, Reader.Anyone), Environment.ProcessorCount, CancellationToken.None).Length;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{items.Count} contracts, {broken} broken, {documents.Count} documents, {documents.Sum(document => document.Sections.Length)} sections, {Environment.ProcessorCount} threads: first run {times[0]:0} ms, median {times.Order().ElementAt(Runs / 2):0} ms, best {times.Min():0} ms"));
        return 0;
    }

    private static int Option(ref string[] arguments, string name, int usual)
    {
        var at = Array.IndexOf(arguments, name);
        if (at < 0)
        {
            return usual;
        }

        var value = int.Parse(arguments[at + 1], CultureInfo.InvariantCulture);
        arguments = [.. arguments[..at], .. arguments[(at + 2)..]];
        return value;
    }
}
