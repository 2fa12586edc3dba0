using System.Diagnostics;
using PolicyHub.Content;
using PolicyHub.Content.Search;

namespace PolicyHub.Benchmarks.Search;

/// <summary>What an index costs: to build, to change by one document, to hold, and to ask. Times in milliseconds; one thread asks.</summary>
internal sealed record SearchMeasures
{
    private const int Passes = 5;
    private const int Changes = 21;

    public required int Documents { get; init; }

    public required int Sections { get; init; }

    /// <summary>The median of five.</summary>
    public required double Build { get; init; }

    public required double BestBuild { get; init; }

    /// <summary>What the index holds beside the texts that it is built from.</summary>
    public required double BytesASection { get; init; }

    /// <summary>Building from the index before, one document changed; sorted.</summary>
    public required IReadOnlyList<double> Changed { get; init; }

    /// <summary>Every key press of every pass but the first, sorted: what a person would meet.</summary>
    public required double[] Times { get; init; }

    /// <summary>By key press, the fastest of the passes: without what else the machine does.</summary>
    public required double[] Fastest { get; init; }

    public required IReadOnlyList<string> Typed { get; init; }

    /// <summary>Bytes that a search leaves to the garbage collector, on average.</summary>
    public required double BytesASearch { get; init; }

    public IEnumerable<(string Text, double Time)> Slowest => Typed.Zip(Fastest).OrderByDescending(typed => typed.Second);

    public static SearchMeasures Of(List<SearchableDocument> documents, IEnumerable<string> queries)
    {
        var builds = Enumerable.Range(0, 5).Select(_ => Time(() => SearchIndex.Build(documents, "en"))).Order().ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var index = SearchIndex.Build(documents, "en");
        var sections = documents.Sum(document => document.Sections.Length);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)sections;
        string[] typed = [.. queries.SelectMany(query => Enumerable.Range(1, query.Length).Select(length => query[..length]))];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var (times, fastest) = Type(index, typed);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new SearchMeasures
        {
            Documents = documents.Count,
            Sections = sections,
            Build = builds[2],
            BestBuild = builds[0],
            BytesASection = bytes,
            Changed = Change(index, documents),
            Times = times,
            Fastest = fastest,
            Typed = typed,
            BytesASearch = allocated / ((Passes + 1.0) * typed.Length),
        };
    }

    /// <param name="sorted">Ascending.</param>
    public static double Percentile(IReadOnlyList<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)((sorted.Count - 1) * share)];

    private static List<double> Change(SearchIndex index, List<SearchableDocument> documents)
    {
        var (changes, changed) = (new List<double>(), new List<SearchableDocument>(documents));
        for (var i = 0; i < Changes; i++)
        {
            var place = i * 37 % changed.Count;
            var section = changed[place].Sections[0];
            changed[place] = changed[place] with
            {
                Key = $"{changed[place].Key}#{i}",
                Sections = changed[place].Sections.SetItem(0, section with { Text = section.Text + $" changed text number{i}" }),
            };
            var previous = index;
            changes.Add(Time(() => index = SearchIndex.Build(changed, "en", previous)));
        }

        changes.Sort();
        return changes;
    }

    private static (double[] Times, double[] Fastest) Type(SearchIndex index, string[] typed)
    {
        var fastest = Enumerable.Repeat(double.MaxValue, typed.Length).ToArray();
        var times = new List<double>(typed.Length * Passes);
        for (var pass = 0; pass <= Passes; pass++)
        {
            for (var i = 0; i < typed.Length; i++)
            {
                var query = new SearchQuery { Text = typed[i], Limit = 10 };
                var time = Time(() => index.Search(query, Reader.Anyone));
                if (pass > 0)
                {
                    // The first pass is the compiler's.
                    fastest[i] = Math.Min(fastest[i], time);
                    times.Add(time);
                }
            }
        }

        times.Sort();
        return ([.. times], fastest);
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
