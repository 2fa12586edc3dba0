using PolicyHub.Content.Editions;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Search;

/// <summary>The index of one edition; immutable, safe for any number of readers at once.</summary>
public sealed class SearchIndex
{
    /// <summary>Builds an index; documents whose key stands in <paramref name="previous"/> are not analysed again.</summary>
    public static SearchIndex Build(IReadOnlyList<SearchableDocument> documents, SynonymSet synonyms, string language, SearchIndex? previous = null) => new();

    /// <summary>Never throws for any text; an empty query finds nothing.</summary>
#pragma warning disable CA1822
    public SearchResults Search(SearchQuery query, Reader reader) => SearchResults.None;

    /// <summary>Marks in rendered HTML what a query matches, every form of it, in text only.</summary>
    public SafeHtml Mark(SafeHtml html, string queryText, Reader reader) => html;
}
