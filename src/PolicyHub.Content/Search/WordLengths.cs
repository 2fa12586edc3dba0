using System.Numerics;
using System.Runtime.Intrinsics;

namespace PolicyHub.Content.Search;

/// <summary>
/// The words of a dictionary by how long they are, each with the set of letters that occur in it: what may be few slips away from a word is told by
/// these, and the few that are left are read where they stand behind one another. Immutable: what did not change is shared.
/// </summary>
internal sealed class WordLengths
{
    private const int AnyNumber = int.MaxValue;

    private readonly OfLength[] lengths;

    private WordLengths(OfLength[] lengths) => this.lengths = lengths;

    public static WordLengths Empty { get; } = new([]);

    /// <summary>These and more words, numbered from <paramref name="first"/> on.</summary>
    public WordLengths With(IReadOnlyList<string> added, int first)
    {
        var all = new OfLength[Math.Max(lengths.Length, added.Count == 0 ? 0 : 1 + added.Max(word => word.Length))];
        Array.Fill(all, new OfLength([], [], ""));
        lengths.CopyTo(all, 0);
        foreach (var fresh in Enumerable.Range(0, added.Count).GroupBy(i => added[i].Length))
        {
            var before = all[fresh.Key];
            all[fresh.Key] = new OfLength([.. before.Words, .. fresh.Select(i => first + i)], [.. before.Letters, .. fresh.Select(i => LettersOf(added[i]))], string.Concat(fresh.Select(i => added[i]).Prepend(before.Text)));
        }

        return new WordLengths(all);
    }

    /// <summary>Words within a number of slips of a word, or, for an unfinished word, of a beginning of theirs.</summary>
    /// <param name="found">Gets number and distance of each, in no order.</param>
    public void Near(string word, int slips, bool unfinished, Func<int, bool> isKnown, List<(int Word, int Slips, bool Whole)> found)
    {
        var wanted = LettersOf(word);
        var longest = unfinished ? lengths.Length - 1 : Math.Min(lengths.Length - 1, word.Length + slips);
        for (var length = Math.Max(0, word.Length - slips); length <= longest; length++)
        {
            // A letter that came in took the place of none: only what slips are left may have.
            var (missing, more) = (slips - Math.Max(0, length - word.Length), slips - Math.Max(0, word.Length - length));
            var words = lengths[length];
            var (at, block) = (0, Vector512<uint>.Count);
            for (; at <= words.Letters.Length - block; at += block)
            {
                for (var likely = Likely(words.Letters.AsSpan(at, block), wanted, unfinished ? slips : missing, unfinished ? AnyNumber : more); likely != 0; likely &= likely - 1)
                {
                    Measure(words, length, at + BitOperations.TrailingZeroCount(likely));
                }
            }

            for (; at < words.Letters.Length; at++)
            {
                Measure(words, length, at);
            }
        }

        void Measure(OfLength words, int length, int at)
        {
            var (whole, start) = EditDistance.Measure(word, words.Text.AsSpan(at * length, length), slips);
            var distance = unfinished ? start : whole;
            if (distance <= slips && isKnown(words.Words[at]))
            {
                found.Add((words.Words[at], distance, whole <= distance));
            }
        }
    }

    /// <summary>A bit for each of 16 words that may be near.</summary>
    /// <param name="missing">So many letters of those that are wanted may be missing.</param>
    /// <param name="more">So many others may be there.</param>
    private static ulong Likely(ReadOnlySpan<uint> letters, uint wanted, int missing, int more)
    {
        var (all, block) = (Vector512.Create(wanted), Vector512.Create(letters));
        var apart = Without(Vector512.AndNot(all, block), missing);
        apart = more == AnyNumber ? apart : apart | Without(Vector512.AndNot(block, all), more);
        return Vector512.Equals(apart, Vector512<uint>.Zero).ExtractMostSignificantBits();
    }

    /// <summary>Takes so many bits off each number; what is left are more differences than allowed.</summary>
    private static Vector512<uint> Without(Vector512<uint> bits, int count)
    {
        for (var i = 0; i < count; i++)
        {
            bits &= bits - Vector512<uint>.One;
        }

        return bits;
    }

    /// <summary>The letters that occur in a word, hashed to 32 bits.</summary>
    private static uint LettersOf(string word)
    {
        var set = 0u;
        foreach (var letter in word)
        {
            set |= 1u << (letter & 31);
        }

        return set;
    }

    /// <param name="Words">Their numbers.</param>
    /// <param name="Letters">Beside <paramref name="Words"/>.</param>
    /// <param name="Text">The words themselves, behind one another.</param>
    private sealed record OfLength(int[] Words, uint[] Letters, string Text);
}
