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
        int[][] phrase = [[first], [second]];
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

        // Where a word is unfinished, thousands may stand for it.
        phrase = Sorted(phrase);
        var rarest = phrase.MinBy(place => place.Sum(word => view.DocumentFrequency[word]))!;
        var looked = new bool[holds.Length];
        foreach (var word in rarest)
        {
            foreach (var slot in view.Data.Postings[word])
            {
                if (!looked[slot])
                {
                    looked[slot] = true;
                    holds[slot] = phrase.Length == 1 || (view.Sees(slot) && Contains(view.Data.Documents[slot]!, phrase));
                }
            }
        }

        return holds;
    }

    /// <summary>A phrase with the words of each place in ascending order.</summary>
    public static int[][] Sorted(int[][] phrase) => Array.ConvertAll(phrase, place => place.Order().ToArray());

    /// <summary>Whether a run of the document has the words behind one another; each place of the phrase may have several words, ascending.</summary>
    public static bool Contains(AnalysedDocument document, int[][] phrase)
    {
        foreach (var run in document.Runs)
        {
            if (At(document.WordsOf(run), phrase) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public static int At(ReadOnlySpan<int> words, int[][] phrase)
    {
        for (var i = 0; i <= words.Length - phrase.Length; i++)
        {
            var first = words[i..].IndexOfAny(phrase[0]);
            if (first < 0)
            {
                return -1;
            }

            i += first;
            if (i > words.Length - phrase.Length)
            {
                return -1;
            }

            var j = 1;
            while (j < phrase.Length && Array.BinarySearch(phrase[j], words[i + j]) >= 0)
            {
                j++;
            }

            if (j == phrase.Length)
            {
                return i;
            }
        }

        return -1;
    }
}
