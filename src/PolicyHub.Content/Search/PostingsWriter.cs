using System.Runtime.InteropServices;

namespace PolicyHub.Content.Search;

/// <summary>Writes postings behind one another into a block: what stays of a word's old list is copied in stretches, not one by one.</summary>
internal sealed class PostingsWriter(int room)
{
    private readonly List<int> documents = new(room);
    private readonly List<uint> entries = new(room);
    private readonly List<uint> details = new(room);

    public int Count => documents.Count;

    public PostingsBlock ToBlock() => new([.. documents], [.. entries], [.. details]);

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
            documents.Add(fresh.Documents[next]);
            var entry = fresh.Entries[next];
            if (!PostingEntry.IsSimple(entry))
            {
                var sections = PostingEntry.Sections(entry, fresh.Details);
                var counts = PostingEntry.Counts(entry, fresh.Details);
                entry = PostingEntry.PointTo(details.Count);
                details.Add(counts);
                details.Add((uint)sections.Length);
                details.AddRange(sections);
            }

            entries.Add(entry);
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
        var shift = (long)details.Count - start;
        details.AddRange(before.Details[start..end]);
        return shift;
    }

    private void Copy(Postings before, int from, int to, long shift)
    {
        documents.AddRange(before.Documents[from..to]);
        var start = entries.Count;
        entries.AddRange(before.Entries[from..to]);
        foreach (ref var entry in CollectionsMarshal.AsSpan(entries)[start..])
        {
            entry = PostingEntry.IsSimple(entry) ? entry : (uint)(entry + shift);
        }
    }
}
