namespace PolicyHub.Content.Search;

/// <summary>Words behind one another, read off the word streams of documents.</summary>
internal static class PhraseMatcher
{
    /// <summary>Words that stand in so many documents together and never side by side are not looked for in more.</summary>
    private const int MostLookedAt = 200;

    /// <summary>Whether two words stand behind one another in a document that the reader sees.</summary>
    public static bool Occurs(ReaderView view, int first, int second)
    {
        var (fewer, more) = view.DocumentFrequency[first] <= view.DocumentFrequency[second] ? (first, second) : (second, first);
        var others = view.Data.Postings[more];
        var phrase = new PhraseWords([[first], [second]]);
        var left = MostLookedAt;
        foreach (var slot in view.Data.Postings[fewer])
        {
            if (view.Sees(slot) && others.Holds(slot) && left-- > 0 && Contains(view.Data.Documents[slot]!, phrase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>By slot, whether a document holds a phrase; each place of the phrase may have several words.</summary>
    public static bool[] Holds(ReaderView view, int[][] phrase)
    {
        var holds = new bool[view.Data.Documents.Length];
        if (phrase.Length == 0 || Array.Exists(phrase, place => place.Length == 0))
        {
            return holds;
        }

        var words = new PhraseWords(phrase);
        var rarest = phrase.MinBy(place => place.Sum(word => view.DocumentFrequency[word]))!;
        var looked = new bool[holds.Length];
        foreach (var word in rarest)
        {
            foreach (var slot in view.Data.Postings[word])
            {
                if (!looked[slot])
                {
                    looked[slot] = true;
                    holds[slot] = phrase.Length == 1 || (view.Sees(slot) && Contains(view.Data.Documents[slot]!, words));
                }
            }
        }

        return holds;
    }

    /// <summary>Whether a run of the document has the words behind one another.</summary>
    public static bool Contains(AnalysedDocument document, PhraseWords phrase)
    {
        ReadOnlySpan<ushort> units = document.Units;
        for (var at = Next(units, 0, phrase); at < units.Length; at = Next(units, at + 1, phrase))
        {
            // Few have the words behind one another, so where the run ends is asked last.
            if (EndAt(units, at, phrase) is var end and >= 0 && end <= RunEnd(document, at))
            {
                return true;
            }
        }

        return false;
    }

    private static int Next(ReadOnlySpan<ushort> units, int from, PhraseWords phrase) =>
        units[from..].IndexOfAny(phrase.FirstUnits) is var found and >= 0 ? from + found : units.Length;

    /// <summary>Where the words end that stand behind one another from a place on; -1 where they do not.</summary>
    private static int EndAt(ReadOnlySpan<ushort> units, int at, PhraseWords phrase)
    {
        foreach (var place in phrase.Places)
        {
            if (at >= units.Length || Array.BinarySearch(place, WordStream.Read(units, at, out at)) < 0)
            {
                return -1;
            }
        }

        return at;
    }

    /// <summary>Where the run ends that a unit is part of.</summary>
    private static int RunEnd(AnalysedDocument document, int at)
    {
        var (low, high) = (0, document.Runs.Length - 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = document.Runs[middle].End > at ? (low, middle) : (middle + 1, high);
        }

        return document.Runs[low].End;
    }
}

/// <summary>What may stand at each place of a phrase.</summary>
internal sealed class PhraseWords
{
    private readonly ushort[] firstUnits;

    /// <param name="places">For each place the words that may stand there, in any order; at least one place.</param>
    public PhraseWords(int[][] places)
    {
        // Where a word is unfinished, thousands may stand for it.
        Places = Array.ConvertAll(places, place => place.Order().ToArray());
        firstUnits = [.. Places[0].Select(WordStream.FirstUnit).Distinct()];
    }

    /// <summary>For each place the words that may stand there, ascending.</summary>
    public int[][] Places { get; }

    /// <summary>The units that the first word of the phrase may start with.</summary>
    public ReadOnlySpan<ushort> FirstUnits => firstUnits;
}
