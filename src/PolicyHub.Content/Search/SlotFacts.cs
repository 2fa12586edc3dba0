namespace PolicyHub.Content.Search;

/// <summary>What is asked of many documents in every search, by slot: their kind, their label, and which goes first of those that score alike.</summary>
internal sealed class SlotFacts
{
    private SlotFacts(byte[] kindOf, ulong[] tieOf, int[] labelOf, List<string> labels) =>
        (KindOf, TieOf, LabelOf, Labels) = (kindOf, tieOf, labelOf, labels);

    public SlotFacts(int slots)
        : this(new byte[slots], new ulong[slots], new int[slots], [""])
    {
    }

    /// <summary>The kind of each slot, as a number.</summary>
    public byte[] KindOf { get; }

    /// <summary>Of documents that score alike the one with the higher number goes first: that of the later day of effect; of one day, in an order that depends on the paths only.</summary>
    public ulong[] TieOf { get; }

    /// <summary>The access label of each slot, as a number in <see cref="Labels"/>.</summary>
    public int[] LabelOf { get; }

    /// <summary>The labels met; the first is the empty one.</summary>
    public List<string> Labels { get; }

    /// <summary>A copy to make changes in, with as many slots or more.</summary>
    public SlotFacts Copy(int slots)
    {
        var copy = new SlotFacts(new byte[slots], new ulong[slots], new int[slots], [.. Labels]);
        KindOf.CopyTo(copy.KindOf, 0);
        TieOf.CopyTo(copy.TieOf, 0);
        LabelOf.CopyTo(copy.LabelOf, 0);
        return copy;
    }

    public void Set(int slot, AnalysedDocument document)
    {
        var source = document.Source;
        KindOf[slot] = (byte)source.Document.Kind;
        TieOf[slot] = ((ulong)(source.InEffectSince.UtcTicks / TimeSpan.TicksPerSecond) << 24) | (document.Tie >> 8);
        LabelOf[slot] = NumberOf(source.Access);
    }

    private int NumberOf(string access)
    {
        var label = Labels.IndexOf(access);
        if (label < 0)
        {
            label = Labels.Count;
            Labels.Add(access);
        }

        return label;
    }
}
