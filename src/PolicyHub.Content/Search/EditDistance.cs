namespace PolicyHub.Content.Search;

/// <summary>
/// Slips of the keys between two words: insertion, deletion, substitution, and a swap of neighbours (optimal string alignment,
/// Damerau 1964), within a band around the diagonal, so the cost is the length of the word times the band.
/// </summary>
internal static class EditDistance
{
    /// <summary>
    /// The distance to the whole of <paramref name="other"/> and to the nearest beginning of it; anything over
    /// <paramref name="most"/> is some number over <paramref name="most"/>.
    /// </summary>
    public static (int Whole, int Start) Measure(ReadOnlySpan<char> word, ReadOnlySpan<char> other, int most)
    {
        if (most == 1)
        {
            return OneSlip(word, other);
        }

        if (other.Length > word.Length + most)
        {
            // Only its beginning can be near.
            return (most + 1, Measure(word, other[..(word.Length + most)], most).Start);
        }

        if (word.Length > WordReader.Longest || other.Length > WordReader.Longest + most)
        {
            return (most + 1, most + 1);
        }

        const int Width = WordReader.Longest + 8;
        Span<byte> rows = stackalloc byte[3 * Width];
        var before = rows[..Width];
        var above = rows.Slice(Width, Width);
        var row = rows.Slice(2 * Width, Width);
        var far = (byte)(most + 1);
        rows.Fill(far);
        for (var j = 0; j <= Math.Min(other.Length, most); j++)
        {
            above[j] = (byte)j;
        }

        for (var i = 1; i <= word.Length; i++)
        {
            row.Fill(far);
            var (from, to) = (Math.Max(0, i - most), Math.Min(other.Length, i + most));
            var least = far;
            for (var j = from; j <= to; j++)
            {
                int cost = j == 0 ? i : Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + (word[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1])
                {
                    cost = Math.Min(cost, before[j - 2] + 1);
                }

                row[j] = (byte)Math.Min(cost, far);
                least = Math.Min(least, row[j]);
            }

            if (least == far && (i < 2 || above[..(other.Length + 1)].IndexOfAnyExcept(far) < 0))
            {
                return (far, far);
            }

            var spare = before;
            before = above;
            above = row;
            row = spare;
        }

        var start = far;
        for (var j = Math.Max(0, word.Length - most); j <= other.Length; j++)
        {
            start = Math.Min(start, above[j]);
        }

        return (above[other.Length], start);
    }

    /// <summary>One slip is where the words part, so what follows it must be the same.</summary>
    private static (int Whole, int Start) OneSlip(ReadOnlySpan<char> word, ReadOnlySpan<char> other)
    {
        const int Far = 2;
        var same = word.CommonPrefixLength(other);
        if (same == word.Length || same == other.Length)
        {
            return (Math.Min(Far, Math.Abs(word.Length - other.Length)), Math.Min(Far, word.Length - same));
        }

        var rest = word[same..];
        var beside = other[same..];
        var (whole, start) = (Far, Far);
        Compare(rest[1..], beside[1..]);
        Compare(rest, beside[1..]);
        Compare(rest[1..], beside);
        if (rest.Length > 1 && beside.Length > 1 && rest[0] == beside[1] && rest[1] == beside[0])
        {
            Compare(rest[2..], beside[2..]);
        }

        return (whole, start);

        void Compare(ReadOnlySpan<char> after, ReadOnlySpan<char> afterwards)
        {
            if (afterwards.StartsWith(after, StringComparison.Ordinal))
            {
                (whole, start) = (after.Length == afterwards.Length ? 1 : whole, 1);
            }
        }
    }
}
