using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Search;

/// <summary>A document as the index takes it in. <see cref="Key"/> is opaque to the index: equal keys mean equal content, so it can be reused.</summary>
public sealed record SearchableDocument
{
    /// <summary>Names the exact content, such as blob and path; a document with an unchanged key is not read again.</summary>
    public required string Key { get; init; }

    public required Document Document { get; init; }

    public required ImmutableArray<RenderedSection> Sections { get; init; }

    /// <summary>The label that a reader must hold: the document's own, else its folder's; empty: everyone.</summary>
    public required string Access { get; init; }

    /// <summary>When it took effect, for the date filter and for ties.</summary>
    public DateTimeOffset InEffectSince { get; init; }
}

/// <summary>What a person asked.</summary>
public sealed record SearchQuery
{
    /// <summary>As typed.</summary>
    public required string Text { get; init; }

    public int Limit { get; init; } = 20;

    /// <summary>The last word is unfinished: it stands for all words that start with it too. True while typing; the whole word always counts more.</summary>
    public bool Unfinished { get; init; } = true;

    /// <summary>No correction of spelling ("search exactly").</summary>
    public bool Exactly { get; init; }

    public DocumentKind? Kind { get; init; }

    public string? Tag { get; init; }

    public string? Audience { get; init; }

    /// <summary>Only what took effect at this instant or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only what took effect at this instant or before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Count tags and audiences too. Off where nobody is shown them: it looks at every document found.</summary>
    public bool Facets { get; init; }
}

public sealed record SearchResults
{
    public static SearchResults None { get; } = new() { Hits = [] };

    /// <summary>Best first; one a document, with its best section.</summary>
    public required ImmutableArray<SearchHit> Hits { get; init; }

    /// <summary>Documents found, over all pages of the list, with every filter but that of the kind.</summary>
    public ImmutableArray<KindCount> Kinds { get; init; } = [];

    /// <summary>By tag, the documents found with every filter but that of the tag, the most frequent first; empty unless asked for.</summary>
    public ImmutableArray<FacetCount> Tags { get; init; } = [];

    /// <summary>By audience, the documents found with every filter but that of the audience; empty unless asked for.</summary>
    public ImmutableArray<FacetCount> Audiences { get; init; } = [];

    /// <summary>Documents found with every filter.</summary>
    public int Total { get; init; }

    /// <summary>What was searched instead, where a word was corrected; null where the query stands as typed.</summary>
    public string? CorrectedTo { get; init; }

    /// <summary>Direct answers to the question, best first.</summary>
    public ImmutableArray<AnswerHit> Answers { get; init; } = [];

    /// <summary>The nearest spelling, offered where nothing was found.</summary>
    public string? Suggestion { get; init; }
}

/// <param name="Document">The document found.</param>
/// <param name="Section">The section to open: an index into <see cref="SearchableDocument.Sections"/>.</param>
/// <param name="Score">Of use only beside another score of the same search.</param>
/// <param name="Excerpt">The best window of the section.</param>
/// <param name="OtherSections">The next best sections of the document, best first; at most three.</param>
public sealed record SearchHit(
    SearchableDocument Document,
    int Section,
    double Score,
    MarkedText Title,
    MarkedText Heading,
    MarkedText Excerpt,
    ImmutableArray<int> OtherSections)
{
    /// <summary>Why its owner placed it first for this question; null where nobody did.</summary>
    public string? Pinned { get; init; }
}

public sealed record AnswerHit(SearchableDocument Document, DirectAnswer Answer);

public sealed record KindCount(DocumentKind Kind, int Count);

/// <param name="Name">A tag or an audience as the front matter has it.</param>
public sealed record FacetCount(string Name, int Count)
{
    /// <summary>Whether it is the tag or audience of that name, case aside as in the filters.</summary>
    public bool Is(string? name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Plain text with the spans to mark, in order and without overlap. Whoever shows it encodes the text.</summary>
public sealed record MarkedText(string Text, ImmutableArray<TextSpan> Marks);

public readonly record struct TextSpan(int Start, int Length);
