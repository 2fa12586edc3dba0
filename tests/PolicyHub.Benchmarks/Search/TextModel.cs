using PolicyHub.Content.Search;

namespace PolicyHub.Benchmarks.Search;

/// <summary>
/// What generated text needs to know of real text: how often each word occurs, how long titles, headings and texts are, how fast the
/// vocabulary grows, and how much a document repeats its own words.
/// </summary>
internal sealed class TextModel
{
    private static readonly Analyzer English = Analyzer.For("en");

    /// <summary>Words by number, most frequent first, and beside them how often each occurs.</summary>
    public required string[] Words { get; init; }

    public required int[] Counts { get; init; }

    public required DocumentShape[] Shapes { get; init; }

    /// <summary>The exponent of Heaps' law: the vocabulary of n words of text grows as n to this power.</summary>
    public required double Heaps { get; init; }

    /// <summary>How likely a word of a document is one that the document has already; found so that generated documents have as many different words as real ones.</summary>
    public required double Repeats { get; init; }

    public static TextModel Learn(IReadOnlyList<SearchableDocument> documents)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var shapes = new List<DocumentShape>();
        var growth = new List<(long Words, int Vocabulary)>();
        var (all, repeated) = (0L, 0L);
        var order = Enumerable.Range(0, documents.Count).ToArray();

        // In a shuffled order: a folder keeps one subject together, and its vocabulary grows in jumps.
        new Random(1).Shuffle(order);
        foreach (var number in order)
        {
            var document = documents[number];
            var own = new HashSet<string>(StringComparer.Ordinal);
            int Read(string text)
            {
                var read = English.Words(text);
                foreach (var word in read)
                {
                    counts[word.Folded] = counts.GetValueOrDefault(word.Folded) + 1;
                    repeated += own.Add(word.Folded) ? 0 : 1;
                }

                all += read.Count;
                return read.Count;
            }

            shapes.Add(new DocumentShape(
                Read(document.Document.Title), Read(document.Document.Summary), [.. document.Sections.Select(section => (Read(section.Heading), Read(section.Text)))]));
            growth.Add((all, counts.Count));
        }

        var ranked = counts.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).ToArray();
        var half = growth.First(point => point.Words * 2 >= all);
        var model = new TextModel
        {
            Words = [.. ranked.Select(word => word.Key)],
            Counts = [.. ranked.Select(word => word.Value)],
            Shapes = [.. shapes],
            Heaps = Math.Log((double)counts.Count / half.Vocabulary) / Math.Log((double)all / half.Words),
            Repeats = 0,
        };
        return model.WithRepeats((double)repeated / all);
    }

    /// <summary>By bisection: the share of repeated words grows with the chance to repeat one.</summary>
    private TextModel WithRepeats(double share)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < 12; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = new TextGenerator(With(middle), seed: 2).ShareRepeated(documents: 400) < share ? (middle, high) : (low, middle);
        }

        return With((low + high) / 2);
    }

    private TextModel With(double repeats) => new() { Words = Words, Counts = Counts, Shapes = Shapes, Heaps = Heaps, Repeats = repeats };
}

/// <summary>How many words each part of a document has.</summary>
internal sealed record DocumentShape(int Title, int Summary, (int Heading, int Text)[] Sections);
