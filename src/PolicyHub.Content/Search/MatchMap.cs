using System.Runtime.InteropServices;

namespace PolicyHub.Content.Search;

/// <summary>For every word of the library which words of the query it meets. Made for one query, then cleared and used again.</summary>
internal sealed class MatchMap
{
    /// <summary>By number; the first is none. Those past <see cref="Count"/> are left over from other queries.</summary>
    private readonly List<Match> matches = [new()];
    private readonly List<(ulong Words, int Groups, float Weight)> wholes = [];
    private readonly float[] best = new float[64];
    private ulong[] found = [];
    private int[] numbers = [];

    private readonly UnitFinder finder = new();
    private MetPlace[] met = new MetPlace[64];
    private int metCount;
    private ReaderView view = null!;
    private QueryPlan plan = null!;
    private WordClause[] words = [];

    /// <summary>By place, the first place of its clause: where a synonym may stand for a stretch, the stretch is one thing that is asked.</summary>
    private int[] clauseOf = [];
    private bool allCommon;

    /// <summary>Numbers in use, none included.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>The number of a word of the library that the query meets; 0 for all others.</summary>
    public int NumberOf(int word) => numbers[word];

    /// <summary>The places of a stream where a word that has a number may start; some may prove to have none.</summary>
    /// <param name="into">Has room for <see cref="UnitFinder.Likely"/> more than there are units.</param>
    /// <returns>How many.</returns>
    public int Find(ReadOnlySpan<ushort> units, Span<int> into) => finder.Find(units, into);

    public void Set(QueryPlan of, ReaderView by)
    {
        (plan, view) = (of, by);
        foreach (var match in Matches)
        {
            numbers[match.Word] = 0;
        }

        finder.Clear();
        Count = 1;
        wholes.Clear();
        if (numbers.Length < view.Data.Dictionary.Count)
        {
            numbers = new int[view.Data.Dictionary.Count];
        }

        words = [.. plan.Words];
        clauseOf = new int[words.Length];
        var place = 0;
        foreach (var clause in plan.Clauses)
        {
            var stretch = 0ul;
            Array.Fill(clauseOf, place, place, clause.Words.Count);
            foreach (var word in clause.Words)
            {
                var bit = 1ul << Math.Min(place++, 63);
                stretch |= bit;
                foreach (var alternative in word.Alternatives)
                {
                    Add(alternative, bit);
                }
            }

            foreach (var alternative in clause.Alternatives)
            {
                Add(alternative, stretch);
            }
        }

        if (found.Length < wholes.Count)
        {
            found = new ulong[wholes.Count];
        }

        allCommon = true;
        foreach (var match in Matches)
        {
            allCommon = allCommon && IsCommon(match.Word);
            match.All = match.Words;
            foreach (var (whole, _) in match.Parts)
            {
                match.All |= wholes[whole].Words;
            }
        }
    }

    private ReadOnlySpan<Match> Matches => CollectionsMarshal.AsSpan(matches)[1..Count];

    /// <summary>A word so common that it is worth a mark only beside another match; unless the query has no other.</summary>
    private bool IsWeak(int word) => !allCommon && IsCommon(word);

    /// <summary>
    /// Where a text meets the query. A word that is only part of what several words mean ("and" of "65 and over") meets where these stand together.
    /// Good until the next text is asked for.
    /// </summary>
    /// <param name="text">Its words; less than 0 for those that the library lacks.</param>
    public ReadOnlySpan<MetPlace> PlacesIn(ReadOnlySpan<int> text)
    {
        metCount = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] >= 0)
            {
                AddPlace(i, text[i]);
            }
        }

        return WithWholes();
    }

    /// <summary>The same for a run of a document whose places are known.</summary>
    /// <param name="places">Where in the stream of the document words that have a number may start, ascending.</param>
    public ReadOnlySpan<MetPlace> PlacesIn(AnalysedDocument document, Run run, ReadOnlySpan<int> places)
    {
        metCount = 0;
        ReadOnlySpan<ushort> units = document.Units;
        var next = places.BinarySearch(run.Start);
        var (at, before) = (run.Start, 0);
        for (next = next < 0 ? ~next : next; next < places.Length && places[next] < run.End; next++)
        {
            before += WordStream.Count(units[at..places[next]]);
            at = places[next];
            AddPlace(before, WordStream.Read(units, at, out _));
        }

        return WithWholes();
    }

    private void AddPlace(int at, int word)
    {
        if (numbers[word] is not (var number and > 0))
        {
            return;
        }

        if (metCount == met.Length)
        {
            Array.Resize(ref met, metCount * 2);
        }

        var meets = matches[number].Words;
        met[metCount++] = new MetPlace { At = at, Number = number, Words = meets, IsStrong = meets != 0 && !IsWeak(word) };
    }

    private ReadOnlySpan<MetPlace> WithWholes()
    {
        var places = met.AsSpan(0, metCount);
        for (var i = 0; wholes.Count > 0 && i < places.Length; i++)
        {
            foreach (var (whole, group) in matches[places[i].Number].Parts)
            {
                var length = wholes[whole].Groups;
                for (var end = group == 0 && StandsAt(places[i..], whole, length) ? i + length : i; end > i; end--)
                {
                    places[end - 1].Words |= wholes[whole].Words;
                    places[end - 1].IsStrong = true;
                }
            }
        }

        return places;
    }

    private bool StandsAt(ReadOnlySpan<MetPlace> places, int whole, int length)
    {
        for (var group = 0; group < length; group++)
        {
            if (group == places.Length || places[group].At != places[0].At + group || !matches[places[group].Number].Parts.Contains((whole, group)))
            {
                return false;
            }
        }

        return true;
    }

    public float ImportanceOf(int place) => words[Math.Min(place, words.Length - 1)].Importance;

    public Cover Look(ReadOnlySpan<int> text)
    {
        if (text.IsEmpty || words.Length == 0)
        {
            return default;
        }

        best.AsSpan(0, Math.Min(64, words.Length)).Clear();
        found.AsSpan(0, wholes.Count).Clear();
        var (all, met, exact, any) = (0f, 0f, text.Length == words.Length, false);
        for (var i = 0; i < text.Length; i++)
        {
            var rarity = view.RarityOf(text[i]);
            all += rarity;
            var number = numbers[text[i]];
            if (number == 0)
            {
                exact = false;
                continue;
            }

            any = true;
            var match = matches[number];
            exact = exact && (match.Typed >> Math.Min(i, 63) & 1) != 0;
            met += match.Words != 0 ? rarity * match.Weight : 0;
            Note(match.Words, match.Weight);
            foreach (var (whole, group) in match.Parts)
            {
                found[whole] |= 1ul << group;
            }
        }

        return any ? new Cover(Math.Min(1, Covered(text, ref met) / Math.Max(plan.Importance, 1e-6f)), Math.Min(1, met / all), exact) : default;
    }

    /// <summary>
    /// Share of the things asked that a text has at all, from 0 to 1. A stretch of words that means something as a whole is had as a whole or not.
    /// Counts by the root of the importance: a word that is rare by chance ("high") does not make up for the one that it belongs to ("bill").
    /// </summary>
    public float ShareMet(ReadOnlySpan<int> text)
    {
        Look(text);
        var (met, all) = (0f, 0f);
        var count = text.IsEmpty ? 0 : Math.Min(64, words.Length);
        for (int start = 0, end; start < count; start = end)
        {
            var (importance, isMet) = (0f, true);
            for (end = start; end < count && clauseOf[end] == clauseOf[start]; end++)
            {
                importance += MathF.Sqrt(words[end].Importance);
                isMet = isMet && best[end] > 0;
            }

            all += importance;
            met += isMet ? importance : 0;
        }

        return all > 0 ? met / all : 0;
    }

    /// <summary>Share of the neighbours of the query that stand behind one another in a text, in the same order, by importance; 0 for a query of one word.</summary>
    /// <param name="places">Where in the stream of the document words of the text are that may have a number.</param>
    public float LookForNeighbours(ReadOnlySpan<ushort> units, ReadOnlySpan<int> places)
    {
        var (found, before, end) = (0ul, 0ul, -1);
        foreach (var at in places)
        {
            var here = matches[numbers[WordStream.Read(units, at, out var next)]].All;
            found |= end == at ? (before << 1) & here : 0;
            (before, end) = (here, next);
        }

        if (found == 0)
        {
            return 0;
        }

        var (met, all) = (0f, 0f);
        for (var place = 1; place < Math.Min(64, words.Length); place++)
        {
            var importance = words[place - 1].Importance + words[place].Importance;
            all += importance;
            met += (found >> place & 1) != 0 ? importance : 0;
        }

        return all > 0 ? met / all : 0;
    }

    /// <summary>The importance of the words of the query met; alternatives of several words count when all of them are there.</summary>
    private float Covered(ReadOnlySpan<int> text, ref float met)
    {
        for (var whole = 0; whole < wholes.Count; whole++)
        {
            var (stretch, groups, weight) = wholes[whole];
            if (BitOperationsCount(found[whole]) < groups)
            {
                continue;
            }

            Note(stretch, weight);
            foreach (var word in text)
            {
                if (numbers[word] is var number and > 0 && matches[number].Words == 0 && matches[number].Parts.Exists(part => part.Whole == whole))
                {
                    met += view.RarityOf(word) * weight;
                }
            }
        }

        var covered = 0f;
        for (var place = 0; place < Math.Min(64, words.Length); place++)
        {
            covered += best[place] * words[place].Importance * words[place].Word.Times;
        }

        return covered;
    }

    private static int BitOperationsCount(ulong bits) => System.Numerics.BitOperations.PopCount(bits);

    private void Note(ulong places, float weight)
    {
        for (; places != 0; places &= places - 1)
        {
            var place = System.Numerics.BitOperations.TrailingZeroCount(places);
            best[place] = Math.Max(best[place], weight);
        }
    }

    private void Add(Alternative alternative, ulong places)
    {
        if (alternative.Groups.Length > 1)
        {
            wholes.Add((places, alternative.Groups.Length, alternative.Weight));
        }

        for (var group = 0; group < alternative.Groups.Length; group++)
        {
            foreach (var word in alternative.Groups[group].Words)
            {
                var match = Of(word);
                if (alternative.Groups.Length > 1)
                {
                    match.Parts.Add((wholes.Count - 1, group));
                    continue;
                }

                match.Words |= places;
                match.Weight = Math.Max(match.Weight, alternative.Weight);
                match.Typed |= alternative.Kind == MatchKind.Typed ? places : 0;
            }
        }
    }

    private Match Of(int word)
    {
        if (numbers[word] == 0)
        {
            if (Count == matches.Count)
            {
                matches.Add(new Match());
            }

            numbers[word] = Count++;
            finder.Add(WordStream.FirstUnit(word));
            matches[numbers[word]].Reset(word);
        }

        return matches[numbers[word]];
    }

    private bool IsCommon(int word) => view.DocumentFrequency[word] * 3 > view.Documents && view.Documents > 10;
}
