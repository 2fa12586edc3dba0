using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using PolicyHub.Content.Rendering;

[assembly: InternalsVisibleTo("PolicyHub.Content.Tests")]
[assembly: InternalsVisibleTo("PolicyHub.Benchmarks")]

namespace PolicyHub.Content.Search;

/// <summary>
/// The index of one edition; immutable, safe for any number of readers at once. Everything in memory, in the parts that the
/// literature of search engines has: <see cref="Analyzer"/>, <see cref="TermDictionary"/>, <see cref="Postings"/>, a scorer on two
/// levels (<see cref="DocumentLevel"/>, <see cref="SectionLevel"/>), <see cref="Collector"/>, <see cref="SecondLook"/>,
/// <see cref="Highlighter"/>.
/// </summary>
public sealed class SearchIndex
{
    /// <summary>Sets of labels whose view is kept; more are made anew for each search.</summary>
    private const int MostViews = 64;

    private readonly IndexData data;
    private readonly SynonymTable synonyms;
    private readonly PinTable pins;
    private readonly Ranking ranking;
    private readonly ConcurrentDictionary<string, ReaderView> views = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Searcher> searchers = [];

    private SearchIndex(IndexData data, SynonymTable synonyms, PinTable pins, Ranking ranking) =>
        (this.data, this.synonyms, this.pins, this.ranking) = (data, synonyms, pins, ranking);

    /// <summary>Different words in the dictionary, those of documents that have left included.</summary>
    internal int Words => data.Dictionary.Count;

    /// <summary>Builds an index; documents whose key stands in <paramref name="previous"/> are not analysed again.</summary>
    /// <param name="language">A BCP 47 tag: chooses the word forms.</param>
    /// <param name="pins">Those that count as long as this index is searched.</param>
    public static SearchIndex Build(
        IReadOnlyList<SearchableDocument> documents, string language, SearchIndex? previous = null, SynonymSet? synonyms = null, IReadOnlyList<Pin>? pins = null) =>
        Build(documents, language, previous, synonyms, Ranking.Default, pins);

    internal static SearchIndex Build(
        IReadOnlyList<SearchableDocument> documents, string language, SearchIndex? previous, SynonymSet? synonyms, Ranking ranking, IReadOnlyList<Pin>? pins = null)
    {
        var analyzer = Analyzer.For(language);
        var built = IndexData.Build(documents, analyzer, ranking, previous?.data);
        return new SearchIndex(
            built,
            new SynonymTable(synonyms ?? SynonymSet.Empty, built.Terms, analyzer),
            new PinTable(pins ?? [], documents, analyzer),
            ranking);
    }

    /// <summary>The same words, steered by what of these is for the public.</summary>
    internal SearchIndex With(PublicSteering steering, SynonymSet all, IReadOnlyList<Pin> current, IReadOnlyList<SearchableDocument> documents) =>
        new(data, new SynonymTable(steering.Of(all), data.Terms, data.Analyzer), new PinTable(steering.Of(current), documents, data.Analyzer), ranking);

    /// <summary>Whether a document here holds a word of a text, in any form, that no document of another index holds.</summary>
    internal bool KnowsMoreOf(string text, SearchIndex other) =>
        data.Analyzer.Words(text).Select(word => data.Analyzer.Stem(word.Folded)).Any(stem => Knows(stem) && !other.Knows(stem));

    private bool Knows(string stem)
    {
        var view = ViewOf(Reader.Auditor);
        foreach (var word in data.Dictionary.WithStem(stem))
        {
            if (view.Knows(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Never throws for any text; an empty query finds nothing.</summary>
    public SearchResults Search(SearchQuery query, Reader reader)
    {
        var searcher = Take();
        var results = searcher.Search(query, ViewOf(reader), synonyms, pins, reader);
        searchers.Add(searcher);
        return results;
    }

    /// <summary>Marks in rendered HTML what a query matches, every form of it, in text only.</summary>
    public SafeHtml Mark(SafeHtml html, string queryText, Reader reader)
    {
        var searcher = Take();
        var view = ViewOf(reader);
        var marked = new HtmlMarker(searcher.MapOf(queryText, view, synonyms, reader), view).Mark(html.Value);
        searchers.Add(searcher);
        return new SafeHtml(marked);
    }

    /// <summary>
    /// Why a search found a hit, word by word; empty where the hit is of another index, or of a document that the reader may not see.
    /// </summary>
    /// <param name="query">The query that found it.</param>
    public Explanation Explain(SearchQuery query, Reader reader, SearchHit hit)
    {
        var view = ViewOf(reader);
        if (!data.SlotByKey.TryGetValue(hit.Document.Key, out var slot) || !view.Sees(slot))
        {
            return Explanation.None;
        }

        var parsed = ParsedQuery.Parse(query.Text, query.Unfinished, data.Analyzer);
        var plan = new QueryPlanner(view, synonyms, reader, ranking).Plan(parsed, query.Exactly);
        return new Explanation(new Explainer(plan, view).Explain(data.Documents[slot]!, hit.Section), hit.Pinned);
    }

    private Searcher Take() => searchers.TryTake(out var searcher) ? searcher : new Searcher(ranking);

    private ReaderView ViewOf(Reader reader)
    {
        var labels = data.Facts.Labels.ConvertAll(reader.MaySee).ToArray();
        var key = string.Concat(labels.Select(seen => seen ? '1' : '0'));
        if (views.TryGetValue(key, out var view))
        {
            return view;
        }

        view = new ReaderView(data, labels);
        return views.Count < MostViews ? views.GetOrAdd(key, view) : view;
    }
}
