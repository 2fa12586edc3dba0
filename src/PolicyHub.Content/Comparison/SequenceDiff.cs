using System.Globalization;
using DiffPlex;

namespace PolicyHub.Content.Comparison;

/// <summary>
/// Which items of two sequences are the same, in order. Items are numbers that stand for texts. DiffPlex finds the fewest differences;
/// where both sequences are so long that this would take minutes, items that occur once in both part them first.
/// </summary>
internal static class SequenceDiff
{
    /// <summary>Old items times new items that are given to DiffPlex at once, whose time grows with their product.</summary>
    private const long Largest = 4_000_000;

    private static readonly Differ Differ = new();

    /// <summary>Pairs of places, rising in both sequences. Takes at most about N·2000 steps for N items.</summary>
    public static List<(int Old, int New)> Match(IReadOnlyList<int> old, IReadOnlyList<int> fresh)
    {
        var pairs = new List<(int, int)>();
        Match(old, 0, old.Count, fresh, 0, fresh.Count, pairs);
        return pairs;
    }

    private static void Match(IReadOnlyList<int> old, int oldStart, int oldEnd, IReadOnlyList<int> fresh, int newStart, int newEnd, List<(int Old, int New)> pairs)
    {
        while (oldStart < oldEnd && newStart < newEnd && old[oldStart] == fresh[newStart])
        {
            pairs.Add((oldStart++, newStart++));
        }

        var tail = 0;
        while (oldStart < oldEnd - tail && newStart < newEnd - tail && old[oldEnd - 1 - tail] == fresh[newEnd - 1 - tail])
        {
            tail++;
        }

        MatchMiddle(old, oldStart, oldEnd - tail, fresh, newStart, newEnd - tail, pairs);
        for (; tail > 0; tail--)
        {
            pairs.Add((oldEnd - tail, newEnd - tail));
        }
    }

    private static void MatchMiddle(IReadOnlyList<int> old, int oldStart, int oldEnd, IReadOnlyList<int> fresh, int newStart, int newEnd, List<(int Old, int New)> pairs)
    {
        if (oldStart == oldEnd || newStart == newEnd)
        {
            return;
        }

        if ((long)(oldEnd - oldStart) * (newEnd - newStart) <= Largest)
        {
            MatchWhole(old, oldStart, oldEnd, fresh, newStart, newEnd, pairs);
            return;
        }

        // Without a single anchor the whole stretch counts as replaced: true, if coarse.
        var anchors = Anchors(old, oldStart, oldEnd, fresh, newStart, newEnd);
        foreach (var (oldAnchor, newAnchor) in anchors)
        {
            if (oldAnchor >= oldStart && newAnchor >= newStart)
            {
                MatchPart(old, oldStart, oldAnchor, fresh, newStart, newAnchor, pairs);
                pairs.Add((oldAnchor, newAnchor));
                (oldStart, newStart) = (oldAnchor + 1, newAnchor + 1);
            }
        }

        if (anchors.Count > 0)
        {
            MatchPart(old, oldStart, oldEnd, fresh, newStart, newEnd, pairs);
        }
    }

    /// <summary>A stretch between two anchors; one that is still too long is not parted again, so that the work stays bounded.</summary>
    private static void MatchPart(IReadOnlyList<int> old, int oldStart, int oldEnd, IReadOnlyList<int> fresh, int newStart, int newEnd, List<(int Old, int New)> pairs)
    {
        if ((long)(oldEnd - oldStart) * (newEnd - newStart) <= Largest)
        {
            Match(old, oldStart, oldEnd, fresh, newStart, newEnd, pairs);
        }
    }

    private static void MatchWhole(IReadOnlyList<int> old, int oldStart, int oldEnd, IReadOnlyList<int> fresh, int newStart, int newEnd, List<(int Old, int New)> pairs)
    {
        var diff = Differ.CreateCustomDiffs(Text(old, oldStart, oldEnd), Text(fresh, newStart, newEnd), ignoreWhiteSpace: false, text => text.Split(' '));
        var (oldAt, newAt) = (oldStart, newStart);
        foreach (var block in diff.DiffBlocks)
        {
            while (oldAt < oldStart + block.DeleteStartA && newAt < newStart + block.InsertStartB)
            {
                pairs.Add((oldAt++, newAt++));
            }

            (oldAt, newAt) = (oldStart + block.DeleteStartA + block.DeleteCountA, newStart + block.InsertStartB + block.InsertCountB);
        }

        while (oldAt < oldEnd && newAt < newEnd)
        {
            pairs.Add((oldAt++, newAt++));
        }
    }

    /// <summary>The longest rising run of items that occur exactly once on both sides.</summary>
    private static List<(int Old, int New)> Anchors(IReadOnlyList<int> old, int oldStart, int oldEnd, IReadOnlyList<int> fresh, int newStart, int newEnd)
    {
        var placesInOld = Once(old, oldStart, oldEnd);
        var placesInNew = Once(fresh, newStart, newEnd);
        var shared = (from pair in placesInOld
                      where pair.Value >= 0 && placesInNew.GetValueOrDefault(pair.Key, -1) >= 0
                      orderby pair.Value
                      select (Old: pair.Value, New: placesInNew[pair.Key])).ToList();

        // Patience sorting: ends[k] is the last item of the best run of length k + 1.
        var ends = new List<int>();
        var before = new int[shared.Count];
        for (var i = 0; i < shared.Count; i++)
        {
            var (low, high) = (0, ends.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = shared[ends[middle]].New < shared[i].New ? (middle + 1, high) : (low, middle);
            }

            before[i] = low == 0 ? -1 : ends[low - 1];
            if (low == ends.Count)
            {
                ends.Add(i);
            }
            else
            {
                ends[low] = i;
            }
        }

        var run = new List<(int, int)>(ends.Count);
        for (var i = ends.Count == 0 ? -1 : ends[^1]; i >= 0; i = before[i])
        {
            run.Add(shared[i]);
        }

        run.Reverse();
        return run;
    }

    /// <summary>Item to its only place; -1 where it occurs again.</summary>
    private static Dictionary<int, int> Once(IReadOnlyList<int> items, int start, int end)
    {
        var places = new Dictionary<int, int>();
        for (var i = start; i < end; i++)
        {
            places[items[i]] = places.ContainsKey(items[i]) ? -1 : i;
        }

        return places;
    }

    private static string Text(IReadOnlyList<int> items, int start, int end) =>
        string.Join(' ', Enumerable.Range(start, end - start).Select(i => items[i].ToString(CultureInfo.InvariantCulture)));
}
