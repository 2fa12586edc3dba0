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

    /// <param name="totals">Of the documents that everyone may see.</param>
    public static ReferenceLengths Of(LengthTotals totals) => totals.Documents == 0 ? Usual : new ReferenceLengths
    {
        Fields = [.. totals.Words.Zip(totals.Having, Rounded)],
        Section = Rounded(totals.Words[(int)Field.Body], totals.Sections),
    };

    public bool Is(ReferenceLengths other) => Section == other.Section && Fields.AsSpan().SequenceEqual(other.Fields);

    private static float Rounded(long sum, int count) => MathF.ScaleB(1f, (int)MathF.Round(MathF.Log2(Math.Max(1f, (float)sum / Math.Max(1, count)))));
}

/// <summary>The lengths of many documents added up, but for those that not everyone may see.</summary>
internal sealed class LengthTotals
{
    /// <summary>Words by field.</summary>
    public long[] Words { get; private init; } = new long[Ranking.Fields];

    /// <summary>Documents that have a field.</summary>
    public int[] Having { get; private init; } = new int[Ranking.Fields];

    /// <summary>Sections that have any text.</summary>
    public int Sections { get; private set; }

    public int Documents { get; private set; }

    public static LengthTotals Of(IEnumerable<AnalysedDocument> documents)
    {
        var totals = new LengthTotals();
        foreach (var document in documents)
        {
            totals.Add(document, 1);
        }

        return totals;
    }

    /// <summary>These with some documents taken out and others put in.</summary>
    public LengthTotals After(IEnumerable<AnalysedDocument> removed, IEnumerable<AnalysedDocument> added)
    {
        var totals = new LengthTotals { Words = [.. Words], Having = [.. Having], Sections = Sections, Documents = Documents };
        foreach (var document in removed)
        {
            totals.Add(document, -1);
        }

        foreach (var document in added)
        {
            totals.Add(document, 1);
        }

        return totals;
    }

    private void Add(AnalysedDocument document, int times)
    {
        if (!Reader.IsOpen(document.Source.Access))
        {
            return;
        }

        for (var field = 0; field < Ranking.Fields; field++)
        {
            Words[field] += times * document.Lengths[field];
            Having[field] += document.Lengths[field] > 0 ? times : 0;
        }

        Sections += times * document.SectionsWithText;
        Documents += times;
    }
}
