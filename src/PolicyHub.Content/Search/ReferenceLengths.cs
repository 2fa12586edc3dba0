namespace PolicyHub.Content.Search;

/// <summary>
/// How long fields and sections usually are: what BM25 divides a length by. Not the average itself but the power of two nearest to it, so that a changed
/// document seldom changes it, and with it the <see cref="Impact"/> of every word. Only documents that everyone may see count: they are the same for
/// every reader, so no reader can tell the length of what is hidden.
/// </summary>
internal sealed record ReferenceLengths
{
    /// <summary>For a library in which nothing is for everyone.</summary>
    private static readonly ReferenceLengths Usual = new() { Fields = [256, 16, 16, 32, 16, 8, 1, 4], Section = 64 };

    /// <summary>Words by <see cref="Field"/>.</summary>
    public required float[] Fields { get; init; }

    /// <summary>Words of the text of a section.</summary>
    public required float Section { get; init; }

    /// <param name="documents">By slot; null where a slot is free.</param>
    public static ReferenceLengths Of(AnalysedDocument?[] documents)
    {
        var (sums, counts, sections, words) = (new long[Ranking.Fields], new int[Ranking.Fields], 0, 0L);
        var isPublic = false;
        foreach (var document in documents)
        {
            if (document is null || document.Source.Access.Length > 0)
            {
                continue;
            }

            isPublic = true;
            for (var field = 0; field < Ranking.Fields; field++)
            {
                sums[field] += document.Lengths[field];
                counts[field] += document.Lengths[field] > 0 ? 1 : 0;
            }

            words += document.Lengths[(int)Field.Body];
            sections += document.SectionsWithText;
        }

        return !isPublic ? Usual : new ReferenceLengths
        {
            Fields = [.. sums.Zip(counts, Rounded)],
            Section = Rounded(words, sections),
        };
    }

    public bool Is(ReferenceLengths other) => Section == other.Section && Fields.AsSpan().SequenceEqual(other.Fields);

    private static float Rounded(long sum, int count) => MathF.ScaleB(1f, (int)MathF.Round(MathF.Log2(Math.Max(1f, (float)sum / Math.Max(1, count)))));
}
