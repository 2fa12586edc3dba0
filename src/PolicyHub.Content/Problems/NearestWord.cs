namespace PolicyHub.Content.Problems;

/// <summary>The known word that a written one was probably meant to be.</summary>
internal static class NearestWord
{
    private const int LongestWord = 200;

    /// <summary>The closest by edits, at most a third of its letters away; null where none is.</summary>
    public static string? Find(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > LongestWord)
        {
            return null;
        }

        string? best = null;
        var fewest = Math.Max(1, written.Length / 3) + 1;
        foreach (var word in known)
        {
            if (Math.Abs(word.Length - written.Length) < fewest && Edits(written, word) is var edits && edits < fewest)
            {
                (best, fewest) = (word, edits);
            }
        }

        return best;
    }

    /// <summary>Levenshtein's distance, case aside.</summary>
    private static int Edits(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var same = char.ToLowerInvariant(left[line - 1]) == char.ToLowerInvariant(right[column - 1]);
                (diagonal, row[column]) = (row[column], Math.Min(Math.Min(row[column] + 1, row[column - 1] + 1), diagonal + (same ? 0 : 1)));
            }
        }

        return row[right.Length];
    }
}
