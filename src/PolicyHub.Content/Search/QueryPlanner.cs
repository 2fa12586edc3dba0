namespace PolicyHub.Content.Search;

/// <summary>Finds for every word of a query the words of the library that may stand for it.</summary>
internal sealed class QueryPlanner(ReaderView view, SynonymTable synonyms, Reader reader, Ranking ranking)
{
    private const int MostCorrectedWords = 12;
    private const int FewDocuments = 50;

    private readonly IndexData data = view.Data;
    private readonly SpellingCorrector corrector = new(view, ranking);

    public QueryPlan Plan(ParsedQuery query, bool exactly)
    {
        var corrections = 0;
        var words = new List<WordClause>(query.Words.Count);
        var own = new TermGroup?[query.Words.Count];
        for (var place = 0; place < own.Length; place++)
        {
            own[place] = Forms(query.Words[place].Text, query.Words[place].Quoted);
        }

        for (var place = 0; place < own.Length; place++)
        {
            var clause = PlanWord(query.Words[place], own, place, !exactly && corrections < MostCorrectedWords, out var corrected);
            corrections += corrected ? 1 : 0;
            words.Add(clause);
        }

        return new QueryPlan(query, Stretch(words));
    }

    /// <summary>The group of a word with its forms; null when the reader's library has none of them.</summary>
    public TermGroup? Forms(string word, bool exactly = false)
    {
        var typed = data.Dictionary.Find(word);
        typed = typed >= 0 && view.Knows(typed) ? typed : -1;
        if (exactly)
        {
            return typed >= 0 ? Group([typed], typed) : null;
        }

        var forms = new List<int>();
        foreach (var form in data.Dictionary.WithStem(data.Analyzer.Stem(word)))
        {
            if (view.Knows(form))
            {
                forms.Add(form);
            }
        }

        return forms.Count > 0 ? Group(forms, typed) : null;
    }

    private TermGroup Group(List<int> words, int typed)
    {
        var weights = new float[words.Count];
        var frequency = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = words[i] == typed || typed < 0 ? 1f : ranking.Form;
            frequency = Math.Max(frequency, view.DocumentFrequency[words[i]]);
        }

        return new TermGroup([.. words], weights, frequency, view.Rarity(frequency));
    }

    /// <param name="known">What each word of the query is in the library.</param>
    private WordClause PlanWord(QueryWord word, TermGroup?[] known, int place, bool mayCorrect, out bool corrected)
    {
        corrected = false;
        var alternatives = new List<Alternative>();
        var own = known[place];
        if (own is not null)
        {
            alternatives.Add(new Alternative([own], 1f, MatchKind.Typed));
        }

        var isBeginning = false;
        if (word.Unfinished)
        {
            var before = alternatives.Count;
            AddPrefix(word.Text, own, alternatives);
            isBeginning = alternatives.Count > before;
        }

        if (!word.Quoted)
        {
            if (Split(word.Text, own is not null) is { } split)
            {
                alternatives.Add(split);
            }

            if (mayCorrect && alternatives.TrueForAll(alternative => alternative.Kind != MatchKind.Joined) && corrector.NeedsCorrection(word.Text, own))
            {
                corrected = true;
                alternatives.AddRange(corrector.Correct(word.Text, word.Unfinished, own, isBeginning, new Company(view, known, place))
                    .Select(found => new Alternative([Group(found.Words, -1)], found.Weight, MatchKind.Corrected)));
            }
        }

        var mayBeSynonym = own is null && !isBeginning && mayCorrect && !word.Quoted;
        return new WordClause(word, alternatives, Importance(own, alternatives))
        {
            Meant = (mayBeSynonym ? synonyms.Nearest(word.Text, reader) : null) ?? word.Text,
        };
    }

    /// <summary>What it is worth to meet a word: its own rarity, else that of the most frequent word that may stand for it; a word that nothing can meet counts like the rarest.</summary>
    private float Importance(TermGroup? own, List<Alternative> alternatives) =>
        own?.Rarity ?? (alternatives.Count > 0 ? alternatives.Min(alternative => alternative.Groups.Sum(group => group.Rarity)) : view.Rarity(0));

    /// <summary>The most frequent words that start so, those of one stem together; no rarer than the word itself, where it is one.</summary>
    private void AddPrefix(string prefix, TermGroup? own, List<Alternative> alternatives)
    {
        var most = prefix.Length switch { <= 2 => 8, 3 => 32, _ => 64 };
        var frequent = MostFrequent(data.Dictionary.StartingWith(prefix), own, most);
        var common = frequent.Count > 0 ? view.RarityOf(frequent[0]) : 0;
        foreach (var words in frequent.GroupBy(data.Dictionary.StemOf, StringComparer.Ordinal))
        {
            var group = Group([.. words], -1);
            group = group with { Rarity = (group.Rarity * (1 - ranking.PrefixCommon)) + (Math.Min(common, group.Rarity) * ranking.PrefixCommon) };
            alternatives.Add(new Alternative([own is null ? group : group with { Rarity = Math.Min(group.Rarity, own.Rarity) }], ranking.Prefix, MatchKind.Prefix));
        }
    }

    private List<int> MostFrequent(ReadOnlySpan<int> words, TermGroup? except, int most)
    {
        var best = new List<int>(most + 1);
        var frequency = view.DocumentFrequency;

        // A word in half of all documents tells nothing, and costs the most.
        var common = Math.Max(view.Documents / 2, FewDocuments);
        foreach (var word in words)
        {
            if (frequency[word] == 0 || frequency[word] > common || (best.Count == most && frequency[word] <= frequency[best[^1]]) || (except is not null && except.Words.Contains(word)))
            {
                continue;
            }

            var place = best.Count;
            while (place > 0 && frequency[best[place - 1]] < frequency[word])
            {
                place--;
            }

            best.Insert(place, word);
            if (best.Count > most)
            {
                best.RemoveAt(most);
            }
        }

        return best;
    }

    /// <summary>"latefee" as "late fee": where both parts are words and somewhere stand behind one another.</summary>
    private Alternative? Split(string word, bool isKnown)
    {
        const int ShortestWord = 5;
        if (word.Length < ShortestWord)
        {
            return null;
        }

        var (first, second) = !isKnown ? FindSplit(word, 2) : view.Splits.TryGetValue(word, out var known) ? known : view.Splits.GetOrAdd(word, FindSplit(word, 3));
        return first < 0 ? null : new Alternative([Forms(data.Dictionary[first])!, Forms(data.Dictionary[second])!], ranking.Joined, MatchKind.Joined);
    }

    /// <param name="shortest">Letters that both parts must have: "into" is not meant as "in to".</param>
    private (int First, int Second) FindSplit(string word, int shortest)
    {
        var cuts = new List<(int First, int Second, int Frequency)>();
        for (var cut = shortest; cut <= word.Length - shortest; cut++)
        {
            var first = data.Dictionary.Find(word.AsSpan(0, cut));
            var second = first < 0 ? -1 : data.Dictionary.Find(word.AsSpan(cut));
            if (second >= 0 && Math.Min(view.DocumentFrequency[first], view.DocumentFrequency[second]) is var frequency and > 0)
            {
                cuts.Add((first, second, frequency));
            }
        }

        // The most frequent pair that occurs, so the dear question is asked as seldom as can be.
        foreach (var (first, second, _) in cuts.OrderByDescending(cut => cut.Frequency))
        {
            if (PhraseMatcher.Occurs(view, first, second))
            {
                return (first, second);
            }
        }

        return (-1, -1);
    }

    /// <summary>Puts words together where a joined word or a synonym may stand for several of them; the longest stretch first.</summary>
    private List<Clause> Stretch(List<WordClause> words)
    {
        var clauses = new List<Clause>(words.Count);
        for (var i = 0; i < words.Count;)
        {
            var length = Math.Min(synonyms.Longest, words.Count - i);
            for (length = Math.Max(length, Math.Min(2, words.Count - i)); length > 0; length--)
            {
                var stretch = words.GetRange(i, length);
                var alternatives = stretch.Exists(word => word.Word.Quoted) ? [] : Whole(stretch);
                if (alternatives.Count > 0 || length == 1)
                {
                    clauses.Add(new Clause(stretch, alternatives) { IsCommon = alternatives.Count == 0 && IsCommon(stretch[0]) });
                    i += length;
                    break;
                }
            }
        }

        return clauses;
    }

    private bool IsCommon(WordClause word) =>
        word.Alternatives is [{ Kind: MatchKind.Typed } own] && own.Groups[0].Frequency > Math.Max(view.Documents / 4, FewDocuments);

    private List<Alternative> Whole(List<WordClause> stretch)
    {
        var found = new List<Alternative>();
        var importance = stretch.Sum(word => word.Importance);
        if (stretch.Count == 2)
        {
            var joined = stretch[0].Word.Text + stretch[1].Word.Text;
            if (joined.Length > 3 && Forms(joined) is { } group)
            {
                found.Add(new Alternative([group], ranking.Joined, MatchKind.Joined));
            }

            if (joined.Length > 3 && stretch[1].Word.Unfinished && found.Count == 0)
            {
                AddPrefix(joined, null, found);
            }
        }

        foreach (var meaning in synonyms.For(stretch.ConvertAll(word => data.Analyzer.Stem(word.Meant)), reader))
        {
            var groups = new TermGroup?[meaning.Length];
            for (var i = 0; i < groups.Length; i++)
            {
                groups[i] = Forms(meaning[i]);
            }

            if (Array.TrueForAll(groups, group => group is not null))
            {
                // Never above the exact word: a rarer synonym counts no more than the word that it stands for.
                var scale = Math.Min(1f, importance / groups.Sum(group => group!.Rarity));
                found.Add(new Alternative(groups!, ranking.Synonym * scale, MatchKind.Synonym));
            }
        }

        return found;
    }
}
