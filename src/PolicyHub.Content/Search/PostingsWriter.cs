namespace PolicyHub.Content.Search;

/// <summary>Writes postings behind one another into a block: what stays of a word's old list is copied in stretches, not one by one.</summary>
/// <param name="room">The most documents that will be written.</param>
internal sealed class PostingsWriter(int room)
{
    private readonly int[] documents = GC.AllocateUninitializedArray<int>(room);
    private readonly uint[] entries = GC.AllocateUninitializedArray<uint>(room);
    private uint[] details = GC.AllocateUninitializedArray<uint>(Math.Max(64, room * 2));
    private int detailCount;

    public int Count { get; private set; }

    /// <summary>What was written; the ends of the arrays may be unused.</summary>
    public PostingsBlock ToBlock() => new(documents, entries, details);

    /// <summary>Writes two lists of a word as one.</summary>
    /// <param name="removed">Slots to leave out of the old list, ascending.</param>
    public void Write(Postings before, Postings fresh, ReadOnlySpan<int> removed)
    {
        var shift = CopyDetails(before);
        var (from, next) = (0, 0);
        foreach (var slot in removed)
        {
            next = WriteFresh(fresh, next, slot, before, ref from, shift);
            var at = SlotSearch.Advance(before.Documents, from, slot);
            Copy(before, from, at, shift);
            from = at < before.Count && before.Documents[at] == slot ? at + 1 : at;
        }

        WriteFresh(fresh, next, int.MaxValue, before, ref from, shift);
        Copy(before, from, before.Count, shift);
    }

    /// <summary>Writes the new documents before a slot, and what stands before them in the old list.</summary>
    private int WriteFresh(Postings fresh, int next, int until, Postings before, ref int from, long shift)
    {
        for (; next < fresh.Count && fresh.Documents[next] < until; next++)
        {
            var at = SlotSearch.Advance(before.Documents, from, fresh.Documents[next]);
            Copy(before, from, at, shift);
            from = at;
            var entry = fresh.Entries[next];
            if (!PostingEntry.IsSimple(entry))
            {
                var sections = PostingEntry.Sections(entry, fresh.Details);
                var counts = PostingEntry.Counts(entry, fresh.Details);
                entry = PostingEntry.PointTo(detailCount);
                AddDetails([counts, (uint)sections.Length]);
                AddDetails(sections);
            }

            documents[Count] = fresh.Documents[next];
            entries[Count++] = entry;
        }

        return next;
    }

    /// <summary>Copies the details of a list as they stand, those of documents that go included.</summary>
    /// <returns>What to add to a pointer.</returns>
    private long CopyDetails(Postings before)
    {
        // All that a word points to stands together in its block, though not in the order of its documents.
        var (start, last) = (int.MaxValue, 0u);
        foreach (var entry in before.Entries)
        {
            if (!PostingEntry.IsSimple(entry))
            {
                (start, last) = (Math.Min(start, PostingEntry.Details(entry)), Math.Max(last, entry));
            }
        }

        if (last == 0)
        {
            return 0;
        }

        var end = PostingEntry.Details(last) + 2 + PostingEntry.Sections(last, before.Details).Length;
        var shift = (long)detailCount - start;
        AddDetails(before.Details[start..end]);
        return shift;
    }

    private void Copy(Postings before, int from, int to, long shift)
    {
        before.Documents[from..to].CopyTo(documents.AsSpan(Count));
        var target = entries.AsSpan(Count, to - from);
        before.Entries[from..to].CopyTo(target);
        foreach (ref var entry in target)
        {
            entry = PostingEntry.IsSimple(entry) ? entry : (uint)(entry + shift);
        }

        Count += to - from;
    }

    private void AddDetails(ReadOnlySpan<uint> values)
    {
        if (detailCount + values.Length > details.Length)
        {
            Array.Resize(ref details, Math.Max(details.Length * 2, detailCount + values.Length));
        }

        values.CopyTo(details.AsSpan(detailCount));
        detailCount += values.Length;
    }
}
