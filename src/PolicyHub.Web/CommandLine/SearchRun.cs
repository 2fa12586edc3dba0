using System.Globalization;
using PolicyHub.Content;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Search;

namespace PolicyHub.Web.CommandLine;

/// <summary>Searches for every line of a file and writes what was found, as tools that score a ranking read it.</summary>
internal static class SearchRun
{
    private const int WarmUp = 500;

    /// <summary>
    /// A line of the answer is the line of the query, from 1, the rank, the path, the anchor of the document's best section and the score; in each the
    /// documents best first. Says how fast it was, one query after the other on one thread, reading, writing and the first <see cref="WarmUp"/> searches
    /// aside, which are made once before for the compiler's sake.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<int> WriteAsync(Edition edition, string queries, string run, int top, TextWriter output, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var lines = await File.ReadAllLinesAsync(queries, cancellation);
        edition.Complete();
        foreach (var line in lines.Take(WarmUp))
        {
            _ = edition.Search(QueryOf(line, top), Reader.Anyone);
        }

        var took = new List<double>(lines.Length);
        var found = 0;
        await using (var file = new StreamWriter(run) { NewLine = "\n" })
        {
            foreach (var (number, line) in lines.Index())
            {
                cancellation.ThrowIfCancellationRequested();
                var query = QueryOf(line, top);
                var start = time.GetTimestamp();
                var results = edition.Search(query, Reader.Anyone);
                took.Add(time.GetElapsedTime(start).TotalMilliseconds);
                found += results.Hits.IsEmpty ? 0 : 1;
                foreach (var (index, hit) in results.Hits.Index())
                {
                    await file.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture, $"{number + 1}\t{index + 1}\t{hit.Document.Document.Path}\t{SearchPrinter.AnchorOf(hit)}\t{hit.Score:0.######}"));
                }
            }
        }

        await output.WriteLineAsync(Speed(took, found));
        return found > 0 ? 0 : 1;
    }

    private static SearchQuery QueryOf(string line, int top) => new() { Text = line.Split('\t')[0], Limit = top };

    private static string Speed(List<double> took, int found)
    {
        if (took.Count == 0)
        {
            return "No queries.";
        }

        var perSecond = took.Count / Math.Max(took.Sum() / 1000, 1e-9);
        took.Sort();
        double At(double share) => took[Math.Min(took.Count - 1, (int)(took.Count * share))];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{took.Count} queries, {found} with results: {perSecond:0} queries per second, p50 {At(0.5):0.000} ms, p99 {At(0.99):0.000} ms");
    }
}
