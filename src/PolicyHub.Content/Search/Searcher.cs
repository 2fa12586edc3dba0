using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>One search at a time, with the arrays that it needs; an index keeps a few of these.</summary>
internal sealed class Searcher(Ranking ranking)
{
    private const int MostOtherSections = 3;

    private readonly DocumentLevel documentLevel = new(ranking);
    private readonly SectionLevel sectionLevel = new(ranking);
    private readonly SecondLook secondLook = new(ranking);
    private readonly MatchMap map = new();

    public SearchResults Search(SearchQuery query, ReaderView view, SynonymTable synonyms, PinTable pins, Reader reader)
    {
        var parsed = ParsedQuery.Parse(query.Text, query.Unfinished, view.Data.Analyzer);
        if (parsed.IsEmpty || query.Limit <= 0)
        {
            return SearchResults.None;
        }

        var planner = new QueryPlanner(view, synonyms, reader, ranking);
        var plan = planner.Plan(parsed, query.Exactly);
        map.Set(plan, view);
        documentLevel.Score(plan, view);
        var filter = new DocumentFilter(query, parsed, view, planner);
        var collector = new Collector(documentLevel, filter, view, plan, ranking.LeastCover);
        var all = collector.Collect(Math.Max(ranking.SectionCandidates, query.Limit));
        var ranked = Rank(all, plan, view, query.Limit);
        var corrected = ranked.Count > 0 ? Corrections.Of(plan, view, ranked[0].Slot) : null;
        var answers = new AnswerFinder(map, plan, view).Find(ranked);
        all = new PinnedHits(pins, parsed, filter, view).Place(all, collector, ranked);
        var hits = Hits(ranked, query.Limit, view);
        return new SearchResults
        {
            Hits = hits,
            Kinds = all.Kinds,
            Tags = query.Facets ? FacetCounter.Count(FoundWith(query with { Tag = null }), view.Data, document => document.Tags) : [],
            Audiences = query.Facets ? FacetCounter.Count(FoundWith(query with { Audience = null }), view.Data, document => document.Audience) : [],
            Total = all.Total,
            CorrectedTo = corrected,
            Answers = answers,
            Suggestion = hits.IsEmpty || query.Exactly ? Suggest(parsed, planner, view) : null,
        };

        // What the same search finds with a filter less: the scores stand still.
        IEnumerable<int> FoundWith(SearchQuery wider)
        {
            var other = new DocumentFilter(wider, parsed, view, planner);
            var pinned = new PinnedHits(pins, parsed, other, view).Slots.Select(place => place.Slot);
            return new Collector(documentLevel, other, view, plan, ranking.LeastCover).All().Union(pinned);
        }
    }

    /// <summary>The plan of a query by itself, to mark a page by.</summary>
    public MatchMap MapOf(string text, ReaderView view, SynonymTable synonyms, Reader reader)
    {
        var parsed = ParsedQuery.Parse(text, unfinished: true, view.Data.Analyzer);
        map.Set(new QueryPlanner(view, synonyms, reader, ranking).Plan(parsed, exactly: false), view);
        return map;
    }

    /// <summary>The best documents weighed once more by their sections and names; behind them, in the order they came in, what else was asked for, so that the order does not depend on how much that is.</summary>
    private List<RankedDocument> Rank(Found all, QueryPlan plan, ReaderView view, int limit)
    {
        var candidates = all.Best;
        var weighed = Math.Min(candidates.Count, ranking.SectionCandidates);
        while (weighed > ranking.LeastCandidates && candidates[weighed - 1].Score < candidates[0].Score * ranking.CandidateShare)
        {
            weighed--;
        }

        var count = Math.Min(candidates.Count, Math.Max(limit, weighed));
        sectionLevel.Score(plan, view, map, candidates.GetRange(0, count).ConvertAll(candidate => candidate.Slot).ToArray());
        var ranked = new List<RankedDocument>(count);
        var id = AnalysedDocument.NormalizeId(plan.Query.Text);
        for (var i = 0; i < count; i++)
        {
            var (slot, own) = candidates[i];
            var sections = sectionLevel.ScoresOf(i);
            var score = (ranking.DocumentShare * own) + (ranking.SectionShare * SectionLevel.MostOf(sections));
            if (i < weighed && ranking.LooksTwice)
            {
                var isTerm = view.Data.Facts.KindOf[slot] == (byte)DocumentKind.Term;
                score += secondLook.Look(view.Data.Documents[slot]!, sectionLevel.PlacesOf(i), map, plan, id, isTerm, sections);
                score *= isTerm ? ranking.Term : 1f;
            }

            ranked.Add(new RankedDocument(slot, i, score));
        }

        ScoreOrder.Sort(CollectionsMarshal.AsSpan(ranked)[..weighed], document => document.Score, new RankOrder(view.Data).Compare, Math.Max(limit, AnswerFinder.Documents));
        return ranked;
    }

    private ImmutableArray<SearchHit> Hits(List<RankedDocument> ranked, int limit, ReaderView view)
    {
        var highlighter = new Highlighter(map, view.Data.Analyzer);
        var hits = new SearchHit[Math.Min(limit, ranked.Count)];
        for (var i = 0; i < hits.Length; i++)
        {
            hits[i] = Hit(ranked[i], view, highlighter);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(hits);
    }

    private SearchHit Hit(RankedDocument ranked, ReaderView view, Highlighter highlighter)
    {
        var document = view.Data.Documents[ranked.Slot]!;
        Span<int> order = stackalloc int[1 + MostOtherSections];
        order = order[..BestSections(ranked.Pin, ranked.Candidate < 0 ? new float[document.SectionLengths.Length] : sectionLevel.ScoresOf(ranked.Candidate), order)];
        var best = order.Length > 0 ? order[0] : 0;
        var (title, heading, body) = (default(Run), default(Run), default(Run));
        foreach (var run in document.Runs)
        {
            title = run.Field == Field.Title ? run : title;
            heading = run.Field == Field.Heading && run.Section == best ? run : heading;
            body = run.Field == Field.Body && run.Section == best ? run : body;
        }

        var places = ranked.Candidate < 0 ? Find(document) : sectionLevel.PlacesOf(ranked.Candidate);
        var section = best < document.Source.Sections.Length ? document.Source.Sections[best] : null;
        return new SearchHit(
            document.Source,
            best,
            ranked.Score,
            highlighter.Mark(document.Source.Document.Title, map.PlacesIn(document, title, places)),
            highlighter.Mark(section?.Heading ?? "", map.PlacesIn(document, heading, places)),
            section is null ? new MarkedText("", []) : highlighter.Excerpt(section.Text, document.SectionLengths[best], map.PlacesIn(document, body, places), document.StartsOf(best)),
            order.Length > 1 ? [.. order[1..]] : [])
        {
            Pinned = ranked.Pin is { Reason: { Length: > 0 } reason } ? reason : null,
        };
    }

    /// <summary>Where a document that was not weighed may meet the query.</summary>
    private ReadOnlySpan<int> Find(AnalysedDocument document)
    {
        var places = new int[document.Units.Length + UnitFinder.Likely];
        return places.AsSpan(0, map.Find(document.Units, places));
    }

    /// <summary>The best section first, one that is pinned before it; then the best others that have a score.</summary>
    private static int BestSections(PinnedSection? pin, ReadOnlySpan<float> scores, Span<int> into)
    {
        var count = 0;
        if (pin is { Section: >= 0 and var pinned })
        {
            into[count++] = pinned;
        }

        while (count < into.Length)
        {
            var best = -1;
            for (var section = 0; section < scores.Length; section++)
            {
                if ((best < 0 || scores[section] > scores[best]) && (count == 0 || scores[section] > 0) && !into[..count].Contains(section))
                {
                    best = section;
                }
            }

            if (best < 0)
            {
                break;
            }

            into[count++] = best;
        }

        return count;
    }

    /// <summary>The query with every word that nothing meets as the nearest spelling has it; null when there is none.</summary>
    private static string? Suggest(ParsedQuery parsed, QueryPlanner planner, ReaderView view)
    {
        var plan = planner.Plan(parsed, exactly: false);
        return Corrections.Of(plan, view, slot: null);
    }
}

/// <param name="Candidate">Its place among those that were weighed; -1 where it was not.</param>
internal readonly record struct RankedDocument(int Slot, int Candidate, float Score)
{
    /// <summary>What placed it where it is; null: its score.</summary>
    public PinnedSection? Pin { get; init; }
}

/// <summary>What scores the same goes by the later day of effect, then by path, so that the order never depends on how the index was made.</summary>
internal readonly struct RankOrder(IndexData data)
{
    public int Compare(RankedDocument x, RankedDocument y)
    {
        var (first, second) = (data.Documents[x.Slot]!.Source, data.Documents[y.Slot]!.Source);
        var order = second.InEffectSince.CompareTo(first.InEffectSince);
        return order != 0 ? order : first.Document.Path.CompareTo(second.Document.Path);
    }
}
