using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>What a query asks for beside words: kind, tag, audience, dates, id, phrases, words that must not occur.</summary>
internal sealed class DocumentFilter
{
    private readonly SearchQuery query;
    private readonly ParsedQuery parsed;
    private readonly IndexData data;

    /// <summary>By slot; null where no phrase or word decides.</summary>
    private readonly bool[]? allowed;

    public DocumentFilter(SearchQuery query, ParsedQuery parsed, ReaderView view, QueryPlanner planner)
    {
        (this.query, this.parsed, data) = (query, parsed, view.Data);
        foreach (var phrase in parsed.Phrases)
        {
            allowed ??= [.. Enumerable.Repeat(true, data.Documents.Length)];
            var holds = PhraseMatcher.Holds(view, WordsOf(phrase, planner));
            for (var slot = 0; slot < allowed.Length; slot++)
            {
                allowed[slot] &= holds[slot] != phrase.Excluded;
            }
        }
    }

    /// <summary>Nothing is asked for but words, and perhaps a kind.</summary>
    public bool PassesAll => allowed is null && parsed.Id is null && query.Tag is null && query.Audience is null && query.Since is null && query.Until is null;

    /// <summary>Everything but the kind.</summary>
    public bool Passes(int slot)
    {
        if (allowed is not null && !allowed[slot])
        {
            return false;
        }

        var document = data.Documents[slot]!;
        return (parsed.Id is null || document.Id.Equals(parsed.Id, StringComparison.Ordinal) || (query.Unfinished && document.Id.StartsWith(parsed.Id, StringComparison.Ordinal)))
            && (query.Tag is null || document.Source.Document.Tags.Contains(query.Tag, StringComparer.OrdinalIgnoreCase))
            && (query.Audience is null || document.Source.Document.Audience.Contains(query.Audience, StringComparer.OrdinalIgnoreCase))
            && !(document.Source.InEffectSince < query.Since) && !(document.Source.InEffectSince > query.Until);
    }

    /// <summary>No kind is asked for.</summary>
    public bool PassesAllKinds => query.Kind is null && parsed.Kind is null;

    public bool IsOfKind(int slot) => IsKind((DocumentKind)data.Facts.KindOf[slot]);

    public bool IsKind(DocumentKind kind) => (query.Kind is null || query.Kind == kind) && (parsed.Kind is null || parsed.Kind == kind);

    /// <summary>For each place of a phrase the words that may stand there: an excluded word in any form, a quoted one as it is.</summary>
    private int[][] WordsOf(Phrase phrase, QueryPlanner planner)
    {
        var places = new int[phrase.Words.Count][];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = phrase.Unfinished && i == places.Length - 1
                ? data.Dictionary.StartingWith(phrase.Words[i]).ToArray()
                : planner.Forms(phrase.Words[i], exactly: !phrase.Excluded || places.Length > 1)?.Words ?? [];
        }

        return places;
    }
}
