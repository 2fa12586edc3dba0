using System.Collections.Immutable;
using System.Text;

namespace PolicyHub.Content.Comparison;

/// <summary>What became of a piece of text.</summary>
public enum Mark
{
    Kept,
    Removed,
    Added,
}

/// <summary>A piece of plain text, for a page to encode and to mark.</summary>
public readonly record struct MarkedPiece(string Text, Mark Mark);

/// <summary>From two sequences of words to one in which every word is kept, removed or added, in a way that people can read.</summary>
internal static class WordDiff
{
    /// <summary>Numbers for words: equal words, equal numbers.</summary>
    public sealed class Numbers
    {
        private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

        public int Of(string word)
        {
            if (!numbers.TryGetValue(word, out var number))
            {
                numbers[word] = number = numbers.Count;
            }

            return number;
        }
    }

    /// <summary>
    /// The steps from old to new, removed before added in each change. A place is one of the old words for what is removed, else one of
    /// the new words. What is kept between two changes and is shorter than both counts as changed too: a change reads as a phrase,
    /// not as splinters around “the”.
    /// </summary>
    public static List<(Mark Mark, int Place)> Run(IReadOnlyList<int> old, IReadOnlyList<int> fresh, Func<int, int> lengthOfOld, Func<int, int> lengthOfNew)
    {
        var kept = Runs(SequenceDiff.Match(old, fresh));
        Absorb(kept, old.Count, fresh.Count, lengthOfOld, lengthOfNew);
        var steps = new List<(Mark, int)>(Math.Max(old.Count, fresh.Count));
        var (oldAt, newAt) = (0, 0);
        foreach (var (oldStart, newStart, count) in kept.Append((old.Count, fresh.Count, 0)))
        {
            for (; oldAt < oldStart; oldAt++)
            {
                steps.Add((Mark.Removed, oldAt));
            }

            for (; newAt < newStart; newAt++)
            {
                steps.Add((Mark.Added, newAt));
            }

            for (var i = 0; i < count; i++, oldAt++, newAt++)
            {
                steps.Add((Mark.Kept, newAt));
            }
        }

        return steps;
    }

    /// <summary>Two plain texts as one, pieces of a kind joined.</summary>
    public static ImmutableArray<MarkedPiece> Run(string old, string fresh)
    {
        var numbers = new Numbers();
        string[] oldWords = [.. TextWords.Cut(old)];
        string[] newWords = [.. TextWords.Cut(fresh)];
        var steps = Run([.. oldWords.Select(numbers.Of)], [.. newWords.Select(numbers.Of)], i => oldWords[i].Length, i => newWords[i].Length);
        var pieces = ImmutableArray.CreateBuilder<MarkedPiece>();
        var text = new StringBuilder();
        for (var i = 0; i < steps.Count; i++)
        {
            var (mark, place) = steps[i];
            text.Append(mark == Mark.Removed ? oldWords[place] : newWords[place]);
            if (i + 1 == steps.Count || steps[i + 1].Mark != mark)
            {
                pieces.Add(new MarkedPiece(text.ToString(), mark));
                text.Clear();
            }
        }

        return pieces.ToImmutable();
    }

    private static List<(int Old, int New, int Count)> Runs(List<(int Old, int New)> pairs)
    {
        var runs = new List<(int Old, int New, int Count)>();
        foreach (var (old, fresh) in pairs)
        {
            if (runs.Count > 0 && runs[^1] is var last && last.Old + last.Count == old && last.New + last.Count == fresh)
            {
                runs[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                runs.Add((old, fresh, 1));
            }
        }

        return runs;
    }

    /// <summary>Drops kept runs, from the left, that are no longer than the change on either side; a dropped one widens both.</summary>
    private static void Absorb(List<(int Old, int New, int Count)> kept, int oldCount, int newCount, Func<int, int> lengthOfOld, Func<int, int> lengthOfNew)
    {
        var stays = new List<(int Old, int New, int Count)>(kept.Count);
        for (var i = 0; i < kept.Count; i++)
        {
            var run = kept[i];
            var (oldBefore, newBefore) = stays.Count == 0 ? (0, 0) : (stays[^1].Old + stays[^1].Count, stays[^1].New + stays[^1].Count);
            var (oldAfter, newAfter) = i + 1 == kept.Count ? (oldCount, newCount) : (kept[i + 1].Old, kept[i + 1].New);
            var length = Length(run.New, run.New + run.Count, lengthOfNew);
            var before = Math.Max(Length(oldBefore, run.Old, lengthOfOld, length), Length(newBefore, run.New, lengthOfNew, length));
            var after = Math.Max(Length(run.Old + run.Count, oldAfter, lengthOfOld, length), Length(run.New + run.Count, newAfter, lengthOfNew, length));
            if (before == 0 || after == 0 || length > Math.Min(before, after))
            {
                stays.Add(run);
            }
        }

        kept.Clear();
        kept.AddRange(stays);
    }

    /// <summary>Letters of a stretch of words; not counted on past <paramref name="enough"/>, which keeps the whole pass linear.</summary>
    private static int Length(int start, int end, Func<int, int> lengthOf, int enough = int.MaxValue)
    {
        var length = 0;
        for (var i = start; i < end && length <= enough; i++)
        {
            length += lengthOf(i);
        }

        return length;
    }
}
