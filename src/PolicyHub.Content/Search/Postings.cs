namespace PolicyHub.Content.Search;

/// <summary>
/// Where a word stands, on two levels: each document with the count in every field, and under it each section with its
/// counts. A view into a block that many words share.
/// </summary>
internal readonly struct Postings(PostingsBlock block, int start, int count)
{
    public int Count => count;

    /// <summary>Documents by slot, ascending.</summary>
    public ReadOnlySpan<int> Documents => count == 0 ? [] : block.Documents.AsSpan(start, count);

    /// <summary>Beside each document, see <see cref="Frequencies"/>.</summary>
    public ReadOnlySpan<uint> Counts => count == 0 ? [] : block.Counts.AsSpan(start, count);

    /// <summary>The sections of the document at a position of <see cref="Documents"/>, see <see cref="SectionEntry"/>.</summary>
    public ReadOnlySpan<uint> Sections(int position) =>
        block.Sections.AsSpan(block.SectionStarts[start + position]..block.SectionStarts[start + position + 1]);
}

/// <summary>Postings of many words behind one another; <see cref="SectionStarts"/> has one more entry than the others.</summary>
internal sealed record PostingsBlock(int[] Documents, uint[] Counts, int[] SectionStarts, uint[] Sections);

/// <summary>The counts of a word in the fields of a document, packed; a count that does not fit stays at the most that does, where it has long stopped to matter.</summary>
internal static class Frequencies
{
    private static readonly int[] Bits = [8, 4, 4, 4, 4, 4, 1, 3];
    private static readonly int[] Shifts = [0, 8, 12, 16, 20, 24, 28, 29];

    /// <summary>Below this only the body holds the word.</summary>
    public const uint BodyOnly = 256;

    public static uint Of(uint packed, int field) => (packed >> Shifts[field]) & ((1u << Bits[field]) - 1);

    public static void Increment(ref uint packed, Field field)
    {
        if (Of(packed, (int)field) < (1u << Bits[(int)field]) - 1)
        {
            packed += 1u << Shifts[(int)field];
        }
    }
}

/// <summary>A section with the counts of a word in its text, heading and answers, packed.</summary>
internal static class SectionEntry
{
    public static uint New(int section) => (uint)section << 16;

    public static int Section(uint entry) => (int)(entry >> 16);

    public static uint Body(uint entry) => entry & 0xFF;

    public static uint Heading(uint entry) => (entry >> 8) & 0xF;

    public static uint Answers(uint entry) => (entry >> 12) & 0xF;

    public static void Increment(ref uint entry, Field field)
    {
        var (shift, most) = field switch
        {
            Field.Heading => (8, 0xFu),
            Field.Answers => (12, 0xFu),
            _ => (0, 0xFFu),
        };
        if (((entry >> shift) & most) < most)
        {
            entry += 1u << shift;
        }
    }
}
