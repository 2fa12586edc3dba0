namespace PolicyHub.Content.Search;

/// <summary>
/// Word numbers in the order of some key of theirs. The head of each key stands beside it in one array, so that bisection does not follow a pointer to a
/// text at each step, which is what looking a word up would otherwise spend its time on. Immutable.
/// </summary>
internal sealed class WordOrder
{
    /// <summary>Letters of a text in its head.</summary>
    public const int Letters = 8;

    private readonly ulong[] heads;
    private readonly int[] words;

    private WordOrder(ulong[] heads, int[] words) => (this.heads, this.words) = (heads, words);

    public static WordOrder Empty { get; } = new([], []);

    /// <summary>The first letters of a text, a byte each; a letter that a byte can't hold ends it. Of two texts the one with the lesser head comes first in ordinal order.</summary>
    public static ulong HeadOf(ReadOnlySpan<char> text)
    {
        var head = 0ul;
        for (var i = 0; i < Letters; i++)
        {
            var letter = i < text.Length ? Math.Min(text[i], byte.MaxValue) : 0u;
            head |= (ulong)letter << (8 * (Letters - 1 - i));
            if (letter == byte.MaxValue)
            {
                break;
            }
        }

        return head;
    }

    /// <summary>Whether the head of a text is all of it.</summary>
    public static bool IsWhole(ReadOnlySpan<char> text) => text.Length <= Letters && text.IndexOfAnyExceptInRange('\0', (char)(byte.MaxValue - 1)) < 0;

    /// <summary>This order with more words, numbered on from those that it has.</summary>
    /// <param name="headOf">The head of the key of a word.</param>
    /// <param name="order">The order of two words whose keys have the same head.</param>
    public WordOrder With(int added, Func<int, ulong> headOf, Comparison<int> order)
    {
        var (fresh, freshHeads) = (new int[added], new ulong[added]);
        for (var i = 0; i < added; i++)
        {
            fresh[i] = words.Length + i;
            freshHeads[i] = headOf(fresh[i]);
        }

        Array.Sort(freshHeads, fresh);
        for (int start = 0, end; start < added; start = end)
        {
            for (end = start + 1; end < added && freshHeads[end] == freshHeads[start]; end++)
            {
            }

            fresh.AsSpan(start, end - start).Sort(order);
        }

        return words.Length == 0 ? new WordOrder(freshHeads, fresh) : Merge(fresh, freshHeads, order);
    }

    /// <summary>The words whose key has this head, in order.</summary>
    public ReadOnlySpan<int> At(ulong head) => Between(head, head + 1);

    /// <summary>The words whose key has a head from <paramref name="from"/> to before <paramref name="past"/>, in order.</summary>
    public ReadOnlySpan<int> Between(ulong from, ulong past)
    {
        var first = LowerBound(heads, from);
        var end = first;
        for (var looked = 0; end < heads.Length && heads[end] < past; end++, looked++)
        {
            if (looked == Letters)
            {
                // Many: the rest by bisection.
                end += LowerBound(heads.AsSpan(end), past);
                break;
            }
        }

        return words.AsSpan(first, end - first);
    }

    private WordOrder Merge(int[] fresh, ulong[] freshHeads, Comparison<int> order)
    {
        var (allHeads, all) = (new ulong[words.Length + fresh.Length], new int[words.Length + fresh.Length]);
        var (from, next) = (0, 0);
        for (var i = 0; i < fresh.Length; i++)
        {
            // The few new words each find their place by bisection; what lies between is copied as a block.
            var place = from + LowerBound(heads.AsSpan(from), freshHeads[i]);
            while (place < words.Length && heads[place] == freshHeads[i] && order(words[place], fresh[i]) < 0)
            {
                place++;
            }

            Copy(from, place - from, next);
            next += place - from;
            (allHeads[next], all[next]) = (freshHeads[i], fresh[i]);
            (from, next) = (place, next + 1);
        }

        Copy(from, words.Length - from, next);
        return new WordOrder(allHeads, all);

        void Copy(int start, int count, int to)
        {
            heads.AsSpan(start, count).CopyTo(allHeads.AsSpan(to));
            words.AsSpan(start, count).CopyTo(all.AsSpan(to));
        }
    }

    /// <summary>The place of the first head that is no less.</summary>
    private static int LowerBound(ReadOnlySpan<ulong> heads, ulong head)
    {
        // Without a branch in the loop: which half a word is in nobody can foretell.
        var (low, count) = (0, heads.Length);
        while (count > 0)
        {
            var half = (count + 1) >>> 1;
            low += heads[low + half - 1] < head ? half : 0;
            count -= half;
        }

        return low;
    }
}
