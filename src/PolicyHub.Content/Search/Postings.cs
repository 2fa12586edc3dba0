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

    /// <summary>Beside each document, see <see cref="PostingEntry"/>.</summary>
    public ReadOnlySpan<uint> Entries => count == 0 ? [] : block.Entries.AsSpan(start, count);

    /// <summary>What entries that are not simple point into.</summary>
    public ReadOnlySpan<uint> Details => count == 0 ? [] : block.Details;
}

/// <summary>Postings of many words behind one another.</summary>
internal sealed record PostingsBlock(int[] Documents, uint[] Entries, uint[] Details);

/// <summary>
/// What a word does in a document, in 32 bits. Most words of a document stand in the text of one section only: then the entry is
/// that section and the count. Else it points to details: the counts of the document (<see cref="Frequencies"/>), the number of its
/// sections, and these (<see cref="SectionEntry"/>).
/// </summary>
internal static class PostingEntry
{
    private const uint Pointer = 1u << 31;

    /// <summary>The word stands in the text of one section and nowhere else; the entry is that section's.</summary>
    public static bool IsSimple(uint entry) => entry < Pointer;

    public static uint Simple(uint section) => (SectionEntry.Section(section) << 8) | SectionEntry.Body(section);

    public static uint PointTo(int details) => Pointer | (uint)details;

    /// <summary>The count of a simple entry.</summary>
    public static uint Body(uint simple) => simple & 0xFF;

    /// <summary>The section of a simple entry.</summary>
    public static int Section(uint simple) => (int)(simple >> 8);

    /// <summary>Where the details of a pointer start.</summary>
    public static int Details(uint pointer) => (int)(pointer & ~Pointer);

    public static uint Counts(uint pointer, ReadOnlySpan<uint> details) => details[Details(pointer)];

    public static ReadOnlySpan<uint> Sections(uint pointer, ReadOnlySpan<uint> details)
    {
        var at = Details(pointer);
        return details.Slice(at + 2, (int)details[at + 1]);
    }
}

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
    /// <summary>Below this, the section's number taken off, only the text holds the word.</summary>
    private const uint TextOnly = 256;

    public static uint New(int section) => (uint)section << 16;

    public static uint Section(uint entry) => entry >> 16;

    public static uint Body(uint entry) => entry & 0xFF;

    public static uint Heading(uint entry) => (entry >> 8) & 0xF;

    public static uint Answers(uint entry) => (entry >> 12) & 0xF;

    public static bool IsTextOnly(uint entry) => (entry & 0xFFFF) < TextOnly;

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
