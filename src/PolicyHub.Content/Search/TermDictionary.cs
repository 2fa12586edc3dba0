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

    /// <summary>In ordinal order of the words.</summary>
    private readonly WordOrder sorted;

    /// <summary>In ordinal order of the stems, then of the words.</summary>
    private readonly WordOrder byStem;

    /// <summary>What each word sounds like, see <see cref="Analyzer.Sound"/>.</summary>
    private readonly uint[] sounds;

    /// <summary>In order of what they sound like, then of the words.</summary>
    private readonly WordOrder bySound;

    private readonly WordLengths lengths;

    private TermDictionary(string[] words, string[] stems, uint[] sounds, WordLengths lengths, WordOrder sorted, WordOrder byStem, WordOrder bySound)
    {
        (this.words, this.stems, this.sounds, this.lengths) = (words, stems, sounds, lengths);
        (this.sorted, this.byStem, this.bySound) = (sorted, byStem, bySound);
    }

    private const int Few = 1024;

    public static TermDictionary Empty { get; } = new([], [], [], WordLengths.Empty, WordOrder.Empty, WordOrder.Empty, WordOrder.Empty);

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

        var (inOrder, inStemOrder, inSoundOrder) = (sorted, byStem, bySound);
        var fresh = lengths;
        Parallel.Invoke(
            threads,
            () => inOrder = sorted.With(added.Count, word => WordOrder.HeadOf(allWords[word]), (a, b) => string.CompareOrdinal(allWords[a], allWords[b])),
            () => inStemOrder = byStem.With(added.Count, word => WordOrder.HeadOf(allStems[word]), (a, b) => string.CompareOrdinal(allStems[a], allStems[b]) is var order and not 0 ? order : string.CompareOrdinal(allWords[a], allWords[b])),
            () => inSoundOrder = bySound.With(added.Count, word => allSounds[word], (a, b) => string.CompareOrdinal(allWords[a], allWords[b])),
            () => fresh = lengths.With(added, first));
        return new TermDictionary(allWords, allStems, allSounds, fresh, inOrder, inStemOrder, inSoundOrder);
    }

    /// <summary>The number of a word; -1 when the dictionary lacks it.</summary>
    public int Find(ReadOnlySpan<char> word)
    {
        var alike = sorted.At(WordOrder.HeadOf(word));
        var at = LowerBound(alike, words, word);
        return at < alike.Length && word.SequenceEqual(words[alike[at]]) ? alike[at] : -1;
    }

    /// <summary>The words that start with a prefix, in order; the prefix itself, if it is a word, is the first.</summary>
    public ReadOnlySpan<int> StartingWith(ReadOnlySpan<char> prefix)
    {
        var head = WordOrder.HeadOf(prefix);
        if (prefix.Length > 0 && WordOrder.IsWhole(prefix))
        {
            return sorted.Between(head, head + (1ul << (8 * (WordOrder.Letters - prefix.Length))));
        }

        var alike = sorted.Between(head, prefix.Length <= WordOrder.Letters ? ulong.MaxValue : head + 1);
        alike = alike[LowerBound(alike, words, prefix)..];
        var (low, high) = (0, alike.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = words[alike[middle]].AsSpan().StartsWith(prefix, StringComparison.Ordinal) ? (middle + 1, high) : (low, middle);
        }

        return alike[..low];
    }

    /// <summary>The words that have this stem, in order.</summary>
    public ReadOnlySpan<int> WithStem(ReadOnlySpan<char> stem)
    {
        var alike = byStem.At(WordOrder.HeadOf(stem));
        alike = alike[LowerBound(alike, stems, stem)..];
        var end = 0;
        while (end < alike.Length && stem.SequenceEqual(stems[alike[end]]))
        {
            end++;
        }

        return alike[..end];
    }

    /// <summary>The words within a number of slips of a word, or, for an unfinished word, of a beginning of theirs.</summary>
    /// <param name="slips">1 or 2.</param>
    /// <param name="found">Gets number and distance of each, in no order.</param>
    public void Near(string word, int slips, bool unfinished, Func<int, bool> isKnown, List<(int Word, int Slips, bool Whole)> found) =>
        lengths.Near(word, slips, unfinished, isKnown, found);

    /// <summary>The words that sound like this, in order.</summary>
    /// <param name="sound">See <see cref="Analyzer.Sound"/>; 0 finds none.</param>
    public ReadOnlySpan<int> SoundingLike(uint sound) => sound == 0 ? [] : bySound.At(sound);

    public uint SoundOf(int word) => sounds[word];

    /// <summary>The place of the first word whose key is no less, among words in the order of their keys.</summary>
    private static int LowerBound(ReadOnlySpan<int> order, string[] keys, ReadOnlySpan<char> key)
    {
        var (low, high) = (0, order.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = keys[order[middle]].AsSpan().SequenceCompareTo(key) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
