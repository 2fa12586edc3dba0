namespace PolicyHub.Content.Search;

/// <summary>A stretch of words of one field: a title, one heading, one name of "also known as", one text.</summary>
/// <param name="Section">The section that it belongs to; -1 for the document as a whole.</param>
/// <param name="Start">The first unit of the stream that is part of it.</param>
internal readonly record struct Run(Field Field, int Section, int Start, int End)
{
    /// <summary>Units: as many as words, or more.</summary>
    public int Length => End - Start;
}

/// <summary>
/// A document as a stream of word numbers. Postings are made from it and can be taken back by it; phrases, nearness and
/// marks are read off it. Depends on the document and the numbers of the dictionary only, so it lives on from index to index.
/// </summary>
internal sealed record AnalysedDocument
{
    /// <summary>Words from one place that is known in the text of a section to the next: so many are read at most before an excerpt.</summary>
    public const int Stride = 8;

    public required SearchableDocument Source { get; init; }

    /// <summary>The words of all runs behind one another, as a <see cref="WordStream"/>.</summary>
    public required ushort[] Units { get; init; }

    /// <summary>First those of the document, then section by section.</summary>
    public required Run[] Runs { get; init; }

    /// <summary>Words by field.</summary>
    public required int[] Lengths { get; init; }

    /// <summary>Words of the text of each section.</summary>
    public required int[] SectionLengths { get; init; }

    /// <summary>Section by section, where in its text every <see cref="Stride"/>th word starts but for the first of all.</summary>
    public required int[] TextStarts { get; init; }

    /// <summary>Sections that have any text.</summary>
    public required int SectionsWithText { get; init; }

    /// <summary>The run that holds the question of each answer; -1 where it has no word.</summary>
    public required int[] AnswerRuns { get; init; }

    /// <summary>A number made of the path: puts documents that score alike in one order whatever index they are in.</summary>
    public required uint Tie { get; init; }

    /// <summary>The id in the form in which ids are compared; empty when there is none.</summary>
    public required string Id { get; init; }

    public WordStream.Reader Words => new(Units);

    /// <summary>Where in the text of a section every <see cref="Stride"/>th word starts, from the second such on; -1 for a word that is part of the one before.</summary>
    public ReadOnlySpan<int> StartsOf(int section)
    {
        static int Count(int words) => Math.Max(0, words - 1) / Stride;
        var before = 0;
        foreach (var words in SectionLengths.AsSpan(0, section))
        {
            before += Count(words);
        }

        return TextStarts.AsSpan(before, Count(SectionLengths[section]));
    }

    public ReadOnlySpan<ushort> UnitsOf(Run run) => Units.AsSpan(run.Start, run.Length);

    public WordStream.Reader WordsOf(Run run) => new(UnitsOf(run));

    /// <summary>The words of a run, in a buffer that is used again and again.</summary>
    public ReadOnlySpan<int> Read(Run run, ref int[] buffer)
    {
        if (buffer.Length < run.Length)
        {
            buffer = new int[run.Length * 2];
        }

        var count = 0;
        foreach (var word in WordsOf(run))
        {
            buffer[count++] = word;
        }

        return buffer.AsSpan(0, count);
    }

    /// <summary>A hash that is the same in every run of the program (FNV-1a, 32 bits).</summary>
    public static uint TieOf(string path)
    {
        var hash = 2166136261u;
        foreach (var letter in path)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return hash;
    }

    /// <summary>Letters and digits of an id in upper case: "ub 014" and "UB-014" are one.</summary>
    public static string NormalizeId(string id) => string.Concat(id.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
