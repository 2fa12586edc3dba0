using System.Collections.Immutable;
using System.Numerics;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>Goes over the scored documents once: what the filters let through and covers enough of the query is found, counted and kept.</summary>
/// <param name="kept">Is cleared and filled: a list that is used again and again.</param>
internal sealed class Collector(DocumentLevel scores, DocumentFilter filter, ReaderView view, QueryPlan plan, List<(int Slot, float Score)> kept)
{
    private readonly bool passesAll = view.SeesAll && filter.PassesAll;

    /// <param name="leastCover">Documents that cover less than this share of what the best one covers are not found.</param>
    public Found Collect(float leastCover)
    {
        var needsScore = plan.Clauses.Count > 0;
        var least = needsScore ? Math.Max(MostCover() * leastCover, float.Epsilon) : 0;
        var kinds = new int[DocumentKinds.All.Count];
        var found = kept;
        found.Clear();
        var covers = scores.Cover.AsSpan(0, scores.Size);
        for (var slot = 0; slot < covers.Length; slot++)
        {
            if (covers[slot] < least)
            {
                slot = SkipBelow(covers, slot, least) - 1;
                continue;
            }

            if (!Passes(slot))
            {
                continue;
            }

            kinds[view.Data.KindOf[slot]]++;
            if (filter.IsOfKind(slot))
            {
                found.Add((slot, scores.Total[slot]));
            }
        }

        return new Found(view.Data, found, found.Count, [.. DocumentKinds.All.Where(kind => kinds[(int)kind] > 0).Select(kind => new KindCount(kind, kinds[(int)kind]))]);
    }

    /// <summary>The next slot at which it may be worth to look.</summary>
    private static int SkipBelow(ReadOnlySpan<float> covers, int slot, float least)
    {
        slot++;
        while (slot <= covers.Length - Vector<float>.Count && !Vector.GreaterThanOrEqualAny(new Vector<float>(covers[slot..]), new Vector<float>(least)))
        {
            slot += Vector<float>.Count;
        }

        while (slot < covers.Length && covers[slot] < least)
        {
            slot++;
        }

        return slot;
    }

    private bool Passes(int slot) => passesAll || (view.Sees(slot) && (filter.PassesAll || filter.Passes(slot)));

    private float MostCover()
    {
        var (most, mosts, slot) = (0f, Vector<float>.Zero, 0);
        var covers = scores.Cover.AsSpan(0, scores.Size);
        if (passesAll)
        {
            for (; slot <= covers.Length - Vector<float>.Count; slot += Vector<float>.Count)
            {
                mosts = Vector.Max(mosts, new Vector<float>(covers[slot..]));
            }

            for (var lane = 0; lane < Vector<float>.Count; lane++)
            {
                most = Math.Max(most, mosts[lane]);
            }
        }

        for (; slot < covers.Length; slot++)
        {
            if (covers[slot] > most && Passes(slot))
            {
                most = covers[slot];
            }
        }

        return most;
    }
}

internal sealed record Found(IndexData Data, List<(int Slot, float Score)> Documents, int Total, ImmutableArray<KindCount> Kinds)
{
    private const int Buckets = 1024;

    /// <summary>The best by their score, in order.</summary>
    public List<(int Slot, float Score)> Best(int most)
    {
        var order = new RankOrder(Data);
        var compare = Comparer<(int Slot, float Score)>.Create((a, b) => b.Score.CompareTo(a.Score) is var score and not 0 ? score : order.Compare(a.Slot, b.Slot));
        var best = Narrowed(most);
        if (best.Count > 4 * most)
        {
            best = Heaped(best, most, compare);
        }

        best.Sort(compare);
        return best.Count > most ? best.GetRange(0, most) : best;
    }

    /// <summary>Without what is below so many others by more than a bucket of the scores: what goes need not be put in order.</summary>
    private List<(int Slot, float Score)> Narrowed(int most)
    {
        var top = 0f;
        foreach (var (_, score) in Documents)
        {
            top = Math.Max(top, score);
        }

        if (Documents.Count <= most || top <= 0)
        {
            return [.. Documents];
        }

        var scale = (Buckets - 1) / top;
        Span<int> counts = stackalloc int[Buckets];
        counts.Clear();
        foreach (var (_, score) in Documents)
        {
            counts[(int)(score * scale)]++;
        }

        var (bucket, above) = (Buckets - 1, counts[Buckets - 1]);
        while (above < most)
        {
            above += counts[--bucket];
        }

        var best = new List<(int Slot, float Score)>(above);
        foreach (var document in Documents)
        {
            if ((int)(document.Score * scale) >= bucket)
            {
                best.Add(document);
            }
        }

        return best;
    }

    /// <summary>The best of many that score alike, by a heap with the worst of the best on top.</summary>
    private static List<(int Slot, float Score)> Heaped(List<(int Slot, float Score)> documents, int most, IComparer<(int Slot, float Score)> order)
    {
        var heap = new PriorityQueue<(int Slot, float Score), (int Slot, float Score)>(most, Comparer<(int Slot, float Score)>.Create((a, b) => order.Compare(b, a)));
        foreach (var document in documents)
        {
            if (heap.Count < most)
            {
                heap.Enqueue(document, document);
            }
            else if (order.Compare(document, heap.Peek()) < 0)
            {
                heap.DequeueEnqueue(document, document);
            }
        }

        return [.. heap.UnorderedItems.Select(item => item.Element)];
    }
}
