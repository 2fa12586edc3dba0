using PolicyHub.Content.Search;

namespace PolicyHub.Benchmarks.Search;

/// <summary>
/// Questions made by rule from a collection: a heading that is a question asks for its page, and the sentence that sums a page up asks for it. Both are
/// taken out of the text that is searched, of every page, so nothing is found by itself. Longer than what links say, and in whole sentences.
/// </summary>
internal sealed record AskedCollection(List<SearchableDocument> Documents, IReadOnlyList<(string Name, List<SearchBenchmark.KnownItem> Items)> Sets)
{
    private const int LeastWords = 4;
    private const int LeastWordsOfSummary = 8;

    /// <summary>So many summaries, evenly taken, are asked.</summary>
    private const int MostSummaries = 800;

    public static AskedCollection Of(List<SearchableDocument> documents)
    {
        var summaries = documents.Where(document => WordsOf(document.Document.Summary) >= LeastWordsOfSummary).ToList();
        var step = Math.Max(1, summaries.Count / MostSummaries);
        return new AskedCollection(
            documents.ConvertAll(Without),
            [
                ("questions", Distinct(documents.SelectMany(document => document.Sections.Where(section => IsQuestion(section.Heading)).Select(section => (section.Heading, document))))),
                ("summaries", Distinct(summaries.Where((_, i) => i % step == 0).Select(document => (document.Document.Summary!, document)))),
            ]);
    }

    /// <summary>What several pages ask alike asks for none of them.</summary>
    private static List<SearchBenchmark.KnownItem> Distinct(IEnumerable<(string Text, SearchableDocument Document)> asked) =>
    [
        .. asked.Select(item => (Text: string.Join(' ', item.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), item.Document))
            .GroupBy(item => item.Text, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Select(item => item.Document).Distinct().Count() == 1)
            .Select(same => new SearchBenchmark.KnownItem(same.First().Text, same.First().Document.Document.Path.Value, [])),
    ];

    private static SearchableDocument Without(SearchableDocument document) => document with
    {
        Document = document.Document with { Summary = "" },
        Sections = [.. document.Sections.Select(section => IsQuestion(section.Heading) ? section with { Heading = "" } : section)],
    };

    private static bool IsQuestion(string heading) => heading.TrimEnd().EndsWith('?') && WordsOf(heading) >= LeastWords;

    private static int WordsOf(string? text) => text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length ?? 0;
}
