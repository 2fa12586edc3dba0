using System.Collections.Immutable;

namespace PolicyHub.Content.Search;

/// <summary>Reads off a plan and a document which of its words met which of the query, and where.</summary>
internal sealed class Explainer(QueryPlan plan, ReaderView view)
{
    /// <summary>An unfinished word may begin many; so many are told.</summary>
    private const int MostMatches = 5;

    /// <param name="section">The section found.</param>
    public ImmutableArray<WordReason> Explain(AnalysedDocument document, int section)
    {
        var places = PlacesOf(document, section);
        var reasons = ImmutableArray.CreateBuilder<WordReason>();
        foreach (var clause in plan.Clauses)
        {
            var whole = clause.Words.Count > 1 ? Matches(clause.Alternatives, "", places) : [];
            var isStretch = !whole.IsEmpty;
            if (isStretch)
            {
                reasons.Add(new WordReason(string.Join(' ', clause.Words.Select(word => Typed(word.Word))), whole));
            }

            foreach (var word in clause.Words)
            {
                var own = Matches(clause.Words.Count == 1 ? word.Alternatives.Concat(clause.Alternatives) : word.Alternatives, word.Word.Text, places);

                // What is there as a whole is not told to be missing word by word.
                if (!own.IsEmpty || !isStretch)
                {
                    reasons.Add(new WordReason(Typed(word.Word), own));
                }
            }
        }

        return reasons.ToImmutable();
    }

    private string Typed(QueryWord word) => plan.Query.Text.Substring(word.Word.Start, word.Word.Length);

    private ImmutableArray<WordMatch> Matches(IEnumerable<Alternative> alternatives, string typed, Dictionary<int, MatchPlaces> places)
    {
        var matches = ImmutableArray.CreateBuilder<WordMatch>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var alternative in alternatives.OrderBy(alternative => alternative.Kind == MatchKind.Corrected))
        {
            if (alternative.Groups.Length > 1)
            {
                // Several words that stand for one must all be there; they are told as one.
                var unions = Array.ConvertAll(alternative.Groups, group => group.Words.Aggregate(MatchPlaces.None, (sum, word) => sum | places.GetValueOrDefault(word)));
                if (Array.TrueForAll(unions, union => union != MatchPlaces.None))
                {
                    var together = unions.Aggregate((sum, union) => sum & union);
                    var at = together != MatchPlaces.None ? together : unions.Aggregate((sum, union) => sum | union);
                    var words = alternative.Groups.Select(group => group.Words.First(word => (places.GetValueOrDefault(word) & at) != MatchPlaces.None));
                    Add(string.Join(' ', words.Select(word => view.Data.Dictionary[word])), alternative.Kind, at);
                }

                continue;
            }

            foreach (var word in alternative.Groups[0].Words.Where(places.ContainsKey))
            {
                Add(view.Data.Dictionary[word], alternative.Kind, places[word]);
            }
        }

        // A slip is only told where nothing else met the word.
        var isCertain = matches.Any(match => match.Way != MatchWay.Corrected);
        return [.. matches.Where(match => !isCertain || match.Way != MatchWay.Corrected).OrderBy(match => match.Way)];

        void Add(string words, MatchKind kind, MatchPlaces at)
        {
            if (matches.Count < MostMatches && told.Add(words))
            {
                // Where it stands in the section found, other sections are of no interest.
                at = at == MatchPlaces.Elsewhere ? at : at & ~MatchPlaces.Elsewhere;
                matches.Add(new WordMatch(words, WayOf(kind, words.Equals(typed, StringComparison.Ordinal)), at));
            }
        }
    }

    private static MatchWay WayOf(MatchKind kind, bool isTyped) => kind switch
    {
        MatchKind.Typed => isTyped ? MatchWay.Typed : MatchWay.Form,
        MatchKind.Prefix => MatchWay.Prefix,
        MatchKind.Joined => MatchWay.Joined,
        MatchKind.Synonym => MatchWay.Synonym,
        _ => MatchWay.Corrected,
    };

    private static Dictionary<int, MatchPlaces> PlacesOf(AnalysedDocument document, int section)
    {
        var places = new Dictionary<int, MatchPlaces>();
        foreach (var run in document.Runs)
        {
            var place = run.Section >= 0 && run.Section != section && run.Field != Field.Answers ? MatchPlaces.Elsewhere : PlaceOf(run.Field);
            foreach (var word in document.WordsOf(run))
            {
                places[word] = places.GetValueOrDefault(word) | place;
            }
        }

        return places;
    }

    private static MatchPlaces PlaceOf(Field field) => field switch
    {
        Field.Title => MatchPlaces.Title,
        Field.Id => MatchPlaces.Id,
        Field.AlsoKnownAs => MatchPlaces.AlsoKnownAs,
        Field.Heading => MatchPlaces.Heading,
        Field.Answers => MatchPlaces.Answer,
        Field.Summary => MatchPlaces.Summary,
        Field.Details => MatchPlaces.Details,
        _ => MatchPlaces.Text,
    };
}
