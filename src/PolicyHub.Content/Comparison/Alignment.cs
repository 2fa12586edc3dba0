namespace PolicyHub.Content.Comparison;

/// <summary>
/// Puts the parts of two sequences side by side: equal ones, then, between those, the ones that are most alike, in order; a part with
/// nothing like it on the other side stands alone. Takes time in proportion to the parts, times a bounded factor. Used for blocks, list items, rows, columns and lines.
/// </summary>
internal static class Alignment
{
    /// <summary>From this share of words in common on, two parts are two states of one.</summary>
    private const double Alike = 0.4;

    /// <summary>Old parts times new parts that are compared in pairs; a longer stretch is cut in the middle first, as edits seldom move far.</summary>
    private const long MostPairs = 100_000;

    /// <param name="Key">Equal keys, equal parts.</param>
    /// <param name="Shape">Only parts of one shape are two states of one.</param>
    /// <param name="Words">Numbers of its words, sorted.</param>
    public readonly record struct Part(int Key, int Shape, int[] Words);

    /// <summary>Places in both sequences, rising; -1 where a part stands alone.</summary>
    public static List<(int Old, int New)> Of(IReadOnlyList<Part> old, IReadOnlyList<Part> fresh)
    {
        var rows = new List<(int, int)>(Math.Max(old.Count, fresh.Count));
        var (oldAt, newAt) = (0, 0);
        foreach (var (oldPlace, newPlace) in SequenceDiff.Match([.. old.Select(part => part.Key)], [.. fresh.Select(part => part.Key)]).Append((old.Count, fresh.Count)))
        {
            Between(old, oldAt, oldPlace, fresh, newAt, newPlace, rows);
            if (oldPlace < old.Count)
            {
                rows.Add((oldPlace, newPlace));
            }

            (oldAt, newAt) = (oldPlace + 1, newPlace + 1);
        }

        return rows;
    }

    /// <summary>What two parts have in common: 0 to 1, twice the shared words over all words; two parts without words are alike.</summary>
    public static double Likeness(int[] left, int[] right)
    {
        if (left.Length + right.Length == 0)
        {
            return 1;
        }

        var (i, j, shared) = (0, 0, 0);
        while (i < left.Length && j < right.Length)
        {
            var order = left[i].CompareTo(right[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return 2.0 * shared / (left.Length + right.Length);
    }

    /// <summary>The pairing in order with the greatest likeness in all, by dynamic programming.</summary>
    private static void Between(IReadOnlyList<Part> old, int oldStart, int oldEnd, IReadOnlyList<Part> fresh, int newStart, int newEnd, List<(int Old, int New)> rows)
    {
        var (oldCount, newCount) = (oldEnd - oldStart, newEnd - newStart);
        if (oldCount > 1 && newCount > 1 && (long)oldCount * newCount > MostPairs)
        {
            var (oldMiddle, newMiddle) = (oldStart + (oldCount / 2), newStart + (newCount / 2));
            Between(old, oldStart, oldMiddle, fresh, newStart, newMiddle, rows);
            Between(old, oldMiddle, oldEnd, fresh, newMiddle, newEnd, rows);
            return;
        }

        var best = Best(old, oldStart, oldCount, fresh, newStart, newCount);
        var (i, j) = (0, 0);
        while (i < oldCount && j < newCount)
        {
            var (here, withoutOld, withoutNew) = (best[i, j], best[i + 1, j], best[i, j + 1]);
            if (here == withoutOld)
            {
                rows.Add((oldStart + i++, -1));
            }
            else if (here == withoutNew)
            {
                rows.Add((-1, newStart + j++));
            }
            else
            {
                rows.Add((oldStart + i++, newStart + j++));
            }
        }

        for (; i < oldCount; i++)
        {
            rows.Add((oldStart + i, -1));
        }

        for (; j < newCount; j++)
        {
            rows.Add((-1, newStart + j));
        }
    }

    private static double[,] Best(IReadOnlyList<Part> old, int oldStart, int oldCount, IReadOnlyList<Part> fresh, int newStart, int newCount)
    {
        var best = new double[oldCount + 1, newCount + 1];
        for (var i = oldCount - 1; i >= 0; i--)
        {
            for (var j = newCount - 1; j >= 0; j--)
            {
                var (left, right) = (old[oldStart + i], fresh[newStart + j]);
                var likeness = left.Shape == right.Shape ? Likeness(left.Words, right.Words) : 0;
                best[i, j] = Math.Max(Math.Max(best[i + 1, j], best[i, j + 1]), likeness >= Alike ? likeness + best[i + 1, j + 1] : 0);
            }
        }

        return best;
    }
}
