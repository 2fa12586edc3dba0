using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>Synonyms by the stems of what is asked.</summary>
internal sealed class SynonymTable
{
    private const int MostWordsOfOne = 6;
    private const int ShortestCorrected = 4;

    private readonly Dictionary<string, List<(string[] Meaning, string Access)>> meanings = new(StringComparer.Ordinal);

    /// <summary>The words of all entries, with the labels of these: a reader who may not see an entry gets no correction by it.</summary>
    private readonly SortedDictionary<string, HashSet<string>> asked = new(StringComparer.Ordinal);
    private readonly Analyzer analyzer;

    /// <param name="terms">Add what they say instead of what.</param>
    public SynonymTable(SynonymSet set, IEnumerable<SearchableDocument> terms, Analyzer analyzer)
    {
        this.analyzer = analyzer;
        var saying = terms
            .Where(source => source.Document.Details is TermDetails)
            .Select(source => ((TermDetails)source.Document.Details!, source.Access))
            .Select(term => new SynonymEntry(term.Item1.InsteadOf, [term.Item1.Plain], Access: term.Access));
        foreach (var entry in set.Entries.Concat(saying))
        {
            foreach (var word in entry.Words)
            {
                foreach (var meaning in entry.Means)
                {
                    Add(word, meaning, entry.Access);
                    if (!entry.OneWay)
                    {
                        Add(meaning, word, entry.Access);
                    }
                }
            }
        }

        // The same whatever order the documents came in.
        foreach (var list in meanings.Values)
        {
            list.Sort((a, b) => string.CompareOrdinal(string.Join(' ', a.Meaning), string.Join(' ', b.Meaning)) is var order and not 0 ? order : string.CompareOrdinal(a.Access, b.Access));
        }
    }

    /// <summary>The most words of any entry.</summary>
    public int Longest { get; private set; }

    /// <summary>What words with these stems may mean, each as folded words.</summary>
    public IEnumerable<string[]> For(IEnumerable<string> stems, Reader reader) =>
        meanings.Count > 0 && meanings.TryGetValue(string.Join(' ', stems), out var found)
            ? found.Where(meaning => reader.MaySee(meaning.Access)).Select(meaning => meaning.Meaning)
            : [];

    /// <summary>The word of an entry that was likely meant by one that the library lacks: a slip away, or sounding the same; null when there is none.</summary>
    public string? Nearest(string word, Reader reader)
    {
        if (word.Length < ShortestCorrected)
        {
            return null;
        }

        var sound = analyzer.Sound(word);
        var known = asked.Where(entry => entry.Value.Any(reader.MaySee)).Select(entry => entry.Key).ToList();
        return known.Contains(word, StringComparer.Ordinal)
            ? null
            : known.Find(other => Math.Abs(other.Length - word.Length) <= 1 && EditDistance.Measure(word, other, 1).Whole <= 1)
                ?? (sound == 0 ? null : known.Find(other => analyzer.Sound(other) == sound));
    }

    private void Add(string from, string to, string access)
    {
        var (words, meant) = (analyzer.Words(from), analyzer.Words(to));
        if (words.Count is 0 or > MostWordsOfOne || meant.Count is 0 or > MostWordsOfOne)
        {
            return;
        }

        foreach (var word in words.Where(word => word.Folded.Length >= ShortestCorrected))
        {
            if (!asked.TryGetValue(word.Folded, out var labels))
            {
                asked.Add(word.Folded, labels = new HashSet<string>(StringComparer.Ordinal));
            }

            labels.Add(access);
        }

        var key = string.Join(' ', words.Select(word => analyzer.Stem(word.Folded)));
        if (!meanings.TryGetValue(key, out var list))
        {
            meanings.Add(key, list = []);
        }

        list.Add((meant.ConvertAll(word => word.Folded).ToArray(), access));
        Longest = Math.Max(Longest, words.Count);
    }
}
