namespace PolicyHub.Content.Search;

/// <summary>Why a word of the library stands for a word of the query.</summary>
internal enum MatchKind
{
    Typed,
    Prefix,
    Joined,
    Synonym,
    Corrected,
}

/// <summary>The forms of one word, counted together as if they were one.</summary>
/// <param name="Weights">Beside <paramref name="Words"/>: how much an occurrence of each counts.</param>
/// <param name="Frequency">Documents that hold the most frequent form.</param>
/// <param name="Rarity">From <paramref name="Frequency"/>.</param>
internal sealed record TermGroup(int[] Words, float[] Weights, int Frequency, float Rarity);

/// <summary>One way of meeting a word, or a stretch of words, of the query. With several groups all must occur.</summary>
internal sealed record Alternative(TermGroup[] Groups, float Weight, MatchKind Kind);

/// <summary>A word of the query and all that may stand for it; the best of it counts in each place.</summary>
internal sealed record WordClause(QueryWord Word, IReadOnlyList<Alternative> Alternatives, float Importance)
{
    /// <summary>What synonyms are looked up by: the word, unless it is likely a slip in one of theirs.</summary>
    public string Meant { get; init; } = Word.Text;
}

/// <summary>A stretch of words of the query; mostly one word. Its words are added up, or an alternative for the whole counts, whichever is more.</summary>
internal sealed record Clause(IReadOnlyList<WordClause> Words, IReadOnlyList<Alternative> Alternatives)
{
    /// <summary>A finished word that so many documents have that it finds none by itself: where the query has others, it only counts in what these find.</summary>
    public bool IsCommon { get; init; }

    public float Importance => Words.Sum(word => word.Importance * word.Word.Times);
}

/// <summary>A query in terms of the dictionary, as one reader may know it.</summary>
internal sealed record QueryPlan(ParsedQuery Query, IReadOnlyList<Clause> Clauses)
{
    public float Importance { get; } = Clauses.Sum(clause => clause.Importance);

    public IEnumerable<WordClause> Words => Clauses.SelectMany(clause => clause.Words);

    public IEnumerable<Alternative> Alternatives =>
        Clauses.SelectMany(clause => clause.Words.SelectMany(word => word.Alternatives).Concat(clause.Alternatives));
}
