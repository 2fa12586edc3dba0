namespace PolicyHub.Content.Search;

/// <summary>
/// Where a word stands: the slots of the documents that hold it, ascending, each with its <see cref="Impact"/>; three bytes a document. A long list is
/// cut into chunks, so that a changed document costs one chunk a word and a slot is found without reading the list.
/// </summary>
internal readonly struct Postings(PostingsChunk first, PostingsChunk[]? more = null)
{
    private readonly PostingsChunk first = first;

    /// <summary>How many chunks there are.</summary>
    public int Chunks => more?.Length ?? (first.Count > 0 ? 1 : 0);

    public PostingsChunk this[int chunk] => more is null ? first : more[chunk];

    /// <summary>Documents that hold the word. Adds up the chunks.</summary>
    public int Count
    {
        get
        {
            if (more is null)
            {
                return first.Count;
            }

            var count = 0;
            foreach (ref readonly var chunk in more.AsSpan())
            {
                count += chunk.Count;
            }

            return count;
        }
    }

    /// <summary>Whether the document in a slot holds the word.</summary>
    public bool Holds(int slot)
    {
        if (Chunks == 0)
        {
            return false;
        }

        var chunk = this[ChunkOf(slot)];
        return chunk.Base == (slot & ~0xFFFF) && chunk.Slots.BinarySearch((ushort)slot) >= 0;
    }

    /// <summary>The chunk that a slot is in, if it is in any.</summary>
    public int ChunkOf(int slot)
    {
        var (low, high) = (1, Chunks);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = more![middle].FirstSlot <= slot ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    public Enumerator GetEnumerator() => new(this);

    /// <summary>Goes over the slots.</summary>
    public ref struct Enumerator(Postings postings)
    {
        private int next;
        private int at;
        private int upper;
        private ReadOnlySpan<ushort> slots;

        public readonly int Current => upper | slots[at];

        public bool MoveNext()
        {
            if (++at < slots.Length)
            {
                return true;
            }

            if (next == postings.Chunks)
            {
                return false;
            }

            var chunk = postings[next++];
            (at, upper) = (0, chunk.Base);
            slots = chunk.Slots;
            return true;
        }
    }
}

/// <summary>A stretch of a list: slots that share all but their lower 16 bits.</summary>
internal readonly struct PostingsChunk(PostingsBlock block, int start, int count, int slotBase)
{
    /// <summary>Most documents of a chunk; what grows past it is cut.</summary>
    public const int Most = 1024;

    private readonly ushort count = (ushort)count;
    private readonly ushort upper = (ushort)(slotBase >> 16);

    public int Count => count;

    /// <summary>What to add to each of <see cref="Slots"/>.</summary>
    public int Base => upper << 16;

    /// <summary>The lower 16 bits of each slot, ascending.</summary>
    public ReadOnlySpan<ushort> Slots => count == 0 ? [] : block.Slots.AsSpan(start, count);

    /// <summary>Beside each slot.</summary>
    public ReadOnlySpan<byte> Impacts => count == 0 ? [] : block.Impacts.AsSpan(start, count);

    public int FirstSlot => Base | block.Slots[start];
}

/// <summary>Slots and impacts of many chunks behind one another.</summary>
internal sealed record PostingsBlock(ushort[] Slots, byte[] Impacts);
