using System.Runtime.InteropServices;

namespace PolicyHub.Content.Search;

/// <summary>Makes postings from analysed documents, and makes those of the next index from the last by the documents that changed.</summary>
internal sealed class PostingsBuilder(Ranking ranking, ReferenceLengths reference, int words)
{
    /// <summary>By word, its frequency in the document at hand; all zero between documents.</summary>
    private readonly float[] frequencies = new float[words];
    private readonly List<int> met = [];

    /// <summary>The postings of every word, from the documents by slot; empty slots are null.</summary>
    public Postings[] Build(AnalysedDocument?[] documents)
    {
        var starts = Count(documents);
        var block = new PostingsBlock(new ushort[starts[words]], new byte[starts[words]]);
        var next = starts.AsSpan(0, words).ToArray();

        // Where a word's slots pass 65 536 for each time: these cuts are few, so they are noted rather than looked for.
        var cuts = new List<(int Word, int At, int Base)>();
        var baseOf = documents.Length > 1 << 16 ? new int[words] : [];
        for (var slot = 0; slot < documents.Length; slot++)
        {
            if (documents[slot] is not { } document)
            {
                continue;
            }

            Weigh(document);
            foreach (var word in met)
            {
                if (baseOf.Length > 0 && baseOf[word] != (slot & ~0xFFFF))
                {
                    baseOf[word] = slot & ~0xFFFF;
                    cuts.Add((word, next[word], baseOf[word]));
                }

                var at = next[word]++;
                block.Slots[at] = (ushort)slot;
                block.Impacts[at] = TakeImpact(word);
            }
        }

        var cutsOf = cuts.ToLookup(cut => cut.Word);
        var postings = new Postings[words];
        var chunks = new List<PostingsChunk>();
        for (var word = 0; word < words; word++)
        {
            var (from, slotBase) = (starts[word], 0);
            foreach (var (_, at, upper) in cuts.Count > 0 ? cutsOf[word] : [])
            {
                Cut(block, from, at, slotBase, chunks);
                (from, slotBase) = (at, upper);
            }

            Cut(block, from, starts[word + 1], slotBase, chunks);
            postings[word] = ToPostings(chunks);
        }

        return postings;
    }

    /// <summary>
    /// The postings after a change: chunks that hold a document that left, or get one that came, are written anew;
    /// all others stay where they are.
    /// </summary>
    /// <param name="removed">The documents that left, by slot.</param>
    /// <param name="added">The documents that came, by slot; a slot may be in both.</param>
    public Postings[] Change(Postings[] before, SortedDictionary<int, AnalysedDocument> removed, SortedDictionary<int, AnalysedDocument> added)
    {
        var after = new Postings[words];
        before.CopyTo(after, 0);
        var edits = new Dictionary<int, List<(int Slot, byte Impact)>>();
        foreach (var (slot, document) in removed)
        {
            Note(slot, document, isRemoved: true);
        }

        foreach (var (slot, document) in added)
        {
            Note(slot, document, isRemoved: false);
        }

        foreach (var (word, edit) in edits)
        {
            // Stable: of a slot that is taken anew, what comes follows what left.
            after[word] = Edited(after[word], [.. edit.OrderBy(one => one.Slot)]);
        }

        return after;

        void Note(int slot, AnalysedDocument document, bool isRemoved)
        {
            Weigh(document);
            foreach (var word in met)
            {
                var impact = TakeImpact(word);
                (CollectionsMarshal.GetValueRefOrAddDefault(edits, word, out _) ??= []).Add((slot, isRemoved ? (byte)0 : impact));
            }
        }
    }

    /// <param name="edits">By slot; an impact of 0 takes the slot out.</param>
    private static Postings Edited(Postings before, List<(int Slot, byte Impact)> edits)
    {
        var chunks = new List<PostingsChunk>(before.Chunks + 1);
        var next = 0;
        for (var i = 0; i < Math.Max(1, before.Chunks); i++)
        {
            // A chunk takes what comes before the next one starts.
            var until = i + 1 < before.Chunks ? before[i + 1].FirstSlot : int.MaxValue;
            var from = next;
            while (next < edits.Count && edits[next].Slot < until)
            {
                next++;
            }

            var chunk = before.Chunks == 0 ? default : before[i];
            if (from == next)
            {
                chunks.Add(chunk);
                continue;
            }

            Write(Merge(chunk, CollectionsMarshal.AsSpan(edits)[from..next]), chunks);
        }

        return ToPostings(chunks);
    }

    private static List<(int Slot, byte Impact)> Merge(PostingsChunk chunk, ReadOnlySpan<(int Slot, byte Impact)> edits)
    {
        var merged = new List<(int Slot, byte Impact)>(chunk.Count + edits.Length);
        var at = 0;
        foreach (var edit in edits)
        {
            for (; at < chunk.Count && (chunk.Base | chunk.Slots[at]) < edit.Slot; at++)
            {
                merged.Add((chunk.Base | chunk.Slots[at], chunk.Impacts[at]));
            }

            at += at < chunk.Count && (chunk.Base | chunk.Slots[at]) == edit.Slot ? 1 : 0;
            if (edit.Impact > 0)
            {
                merged.Add(edit);
            }
        }

        for (; at < chunk.Count; at++)
        {
            merged.Add((chunk.Base | chunk.Slots[at], chunk.Impacts[at]));
        }

        return merged;
    }

    /// <summary>Writes a list into a block of its own, which goes when nothing points to it any more.</summary>
    private static void Write(List<(int Slot, byte Impact)> list, List<PostingsChunk> into)
    {
        var block = new PostingsBlock(list.ConvertAll(one => (ushort)one.Slot).ToArray(), list.ConvertAll(one => one.Impact).ToArray());
        for (int from = 0, end; from < list.Count; from = end)
        {
            var slotBase = list[from].Slot & ~0xFFFF;
            for (end = from; end < list.Count && (list[end].Slot & ~0xFFFF) == slotBase; end++)
            {
            }

            Cut(block, from, end, slotBase, into);
        }
    }

    /// <summary>Cuts a stretch of a block into chunks of about one size.</summary>
    private static void Cut(PostingsBlock block, int from, int end, int slotBase, List<PostingsChunk> into)
    {
        var pieces = (end - from + PostingsChunk.Most - 1) / PostingsChunk.Most;
        for (var left = pieces; left > 0; left--)
        {
            var size = (end - from + left - 1) / left;
            into.Add(new PostingsChunk(block, from, size, slotBase));
            from += size;
        }
    }

    private static Postings ToPostings(List<PostingsChunk> chunks)
    {
        var postings = chunks.Count switch { 0 => default, 1 => new Postings(chunks[0]), _ => new Postings(default, [.. chunks]) };
        chunks.Clear();
        return postings;
    }

    /// <summary>Where the list of each word starts: the documents of the words before it.</summary>
    private int[] Count(AnalysedDocument?[] documents)
    {
        var starts = new int[words + 1];
        var last = new int[words];
        last.AsSpan().Fill(-1);
        for (var slot = 0; slot < documents.Length; slot++)
        {
            foreach (var word in new WordStream.Reader(documents[slot]?.Units ?? []))
            {
                if (last[word] != slot)
                {
                    last[word] = slot;
                    starts[word]++;
                }
            }
        }

        var sum = 0;
        for (var i = 0; i < starts.Length; i++)
        {
            (starts[i], sum) = (sum, sum + starts[i]);
        }

        return starts;
    }

    /// <summary>BM25F (Robertson and Zaragoza 2009, 3.6): counts weighed by field, each divided by 1 - b + b · length / usual length.</summary>
    private void Weigh(AnalysedDocument document)
    {
        met.Clear();
        foreach (var run in document.Runs)
        {
            var (field, b) = ((int)run.Field, ranking.Lengths[(int)run.Field]);
            var weight = ranking.Weights[field] / (1 - b + (b * document.Lengths[field] / reference.Fields[field]));
            foreach (var word in document.WordsOf(run))
            {
                if (frequencies[word] == 0)
                {
                    met.Add(word);
                }

                frequencies[word] += weight;
            }
        }
    }

    private byte TakeImpact(int word)
    {
        var impact = Impact.Of(frequencies[word]);
        frequencies[word] = 0;
        return impact;
    }
}
