namespace PolicyHub.Content.Search;

/// <summary>
/// All folded words of the library, numbered as they came, with one sorted order for look-ups and prefixes and one by stem
/// for word forms. It only grows: a number keeps its meaning from one index to the next. Whether a reader may know of a
/// word is not decided here but by <see cref="ReaderView"/>.
/// </summary>
internal sealed class TermDictionary
{
    private readonly string[] words;
    private readonly string[] stems;

    /// <summary>Word numbers in ordinal order of the words.</summary>
    private readonly int[] sorted;

    /// <summary>Word numbers in ordinal order of the stems, then of the words.</summary>
    private readonly int[] byStem;

    /// <summary>What each word sounds like, see <see cref="Analyzer.Sound"/>.</summary>
    private readonly uint[] sounds;

    /// <summary>Word numbers in order of what they sound like, then of the words.</summary>
    private readonly int[] bySound;

    private readonly WordLengths lengths;

    private TermDictionary(string[] words, string[] stems, uint[] sounds, WordLengths lengths, int[] sorted, int[] byStem, int[] bySound)
    {
        (this.words, this.stems, this.sounds, this.lengths) = (words, stems, sounds, lengths);
        (this.sorted, this.byStem, this.bySound) = (sorted, byStem, bySound);
    }

    private const int Few = 1024;

    public static TermDictionary Empty { get; } = new([], [], [], WordLengths.Empty, [], [], []);

    public int Count => words.Length;

    public string this[int word] => words[word];

    public string StemOf(int word) => stems[word];

    /// <summary>This dictionary with new words at the end, in the order given; none of them may be in it yet.</summary>
    public TermDictionary With(IReadOnlyList<string> added, Analyzer analyzer)
    {
        if (added.Count == 0)
        {
            return this;
        }

        var (allWords, allStems, allSounds) = (words, stems, sounds);
        Array.Resize(ref allWords, Count + added.Count);
        Array.Resize(ref allStems, Count + added.Count);
        Array.Resize(ref allSounds, Count + added.Count);
        var first = Count;

        // The few words of a changed document are not worth waiting for other threads.
        var threads = new ParallelOptions { MaxDegreeOfParallelism = added.Count <= Few ? 1 : -1 };
        Parallel.For(0, (added.Count + 1023) / 1024, threads, chunk =>
        {
            for (var i = chunk * 1024; i < Math.Min(added.Count, (chunk + 1) * 1024); i++)
            {
                allWords[first + i] = added[i];
                allStems[first + i] = analyzer.Stem(added[i]);
                allSounds[first + i] = analyzer.Sound(added[i]);
            }
        });

        int[] inOrder = [], inStemOrder = [], inSoundOrder = [];
        Parallel.Invoke(
            threads,
            () => inOrder = Merge(sorted, added.Count, (a, b) => string.CompareOrdinal(allWords[a], allWords[b])),
            () => inStemOrder = Merge(byStem, added.Count, (a, b) => string.CompareOrdinal(allStems[a], allStems[b]) is var order and not 0 ? order : string.CompareOrdinal(allWords[a], allWords[b])),
            () => inSoundOrder = Merge(bySound, added.Count, (a, b) => allSounds[a].CompareTo(allSounds[b]) is var order and not 0 ? order : string.CompareOrdinal(allWords[a], allWords[b])));
        return new TermDictionary(allWords, allStems, allSounds, lengths.With(added, first), inOrder, inStemOrder, inSoundOrder);
    }

    /// <summary>The number of a word; -1 when the dictionary lacks it.</summary>
    public int Find(ReadOnlySpan<char> word)
    {
        var at = LowerBound(word);
        return at < sorted.Length && word.SequenceEqual(words[sorted[at]]) ? sorted[at] : -1;
    }

    /// <summary>The words that start with a prefix, in order; the prefix itself, if it is a word, is the first.</summary>
    public ReadOnlySpan<int> StartingWith(ReadOnlySpan<char> prefix)
    {
        var from = LowerBound(prefix);
        var (low, high) = (from, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (words[sorted[middle]].AsSpan().StartsWith(prefix, StringComparison.Ordinal))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return sorted.AsSpan(from, low - from);
    }

    /// <summary>The words that have this stem, in order.</summary>
    public ReadOnlySpan<int> WithStem(ReadOnlySpan<char> stem)
    {
        var (low, high) = (0, byStem.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (stems[byStem[middle]].AsSpan().SequenceCompareTo(stem) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var end = low;
        while (end < byStem.Length && stem.SequenceEqual(stems[byStem[end]]))
        {
            end++;
        }

        return byStem.AsSpan(low, end - low);
    }

    /// <summary>The words within a number of slips of a word, or, for an unfinished word, of a beginning of theirs.</summary>
    /// <param name="slips">1 or 2.</param>
    /// <param name="found">Gets number and distance of each, in no order.</param>
    public void Near(string word, int slips, bool unfinished, Func<int, bool> isKnown, List<(int Word, int Slips, bool Whole)> found)
    {
        var likely = new List<int>();
        lengths.AddLikely(word, slips, unfinished, likely);
        foreach (var candidate in likely)
        {
            var (whole, start) = EditDistance.Measure(word, words[candidate], slips);
            var distance = unfinished ? start : whole;
            if (distance <= slips && isKnown(candidate))
            {
                found.Add((candidate, distance, whole <= distance));
            }
        }
    }

    /// <summary>The words that sound like this, in order.</summary>
    /// <param name="sound">See <see cref="Analyzer.Sound"/>; 0 finds none.</param>
    public ReadOnlySpan<int> SoundingLike(uint sound)
    {
        var (low, high) = (0, sound == 0 ? 0 : bySound.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = sounds[bySound[middle]] < sound ? (middle + 1, high) : (low, middle);
        }

        var end = low;
        while (sound != 0 && end < bySound.Length && sounds[bySound[end]] == sound)
        {
            end++;
        }

        return bySound.AsSpan(low, end - low);
    }

    public uint SoundOf(int word) => sounds[word];

    private int LowerBound(ReadOnlySpan<char> word)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (words[sorted[middle]].AsSpan().SequenceCompareTo(word) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static int[] Merge(int[] before, int added, Comparison<int> order)
    {
        var fresh = new int[added];
        for (var i = 0; i < added; i++)
        {
            fresh[i] = before.Length + i;
        }

        Array.Sort(fresh, order);
        if (before.Length == 0)
        {
            return fresh;
        }

        var merged = new int[before.Length + added];
        var (from, next) = (0, 0);
        foreach (var word in fresh)
        {
            // The few new words each find their place by bisection; what lies between is copied as a block.
            var (low, high) = (from, before.Length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                (low, high) = order(before[middle], word) < 0 ? (middle + 1, high) : (low, middle);
            }

            before.AsSpan(from, low - from).CopyTo(merged.AsSpan(next));
            next += low - from;
            merged[next++] = word;
            from = low;
        }

        before.AsSpan(from).CopyTo(merged.AsSpan(next));
        return merged;
    }
}
