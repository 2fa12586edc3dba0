using System.Collections.Immutable;
using System.Numerics;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>Goes over the scored documents: what the filters let through and covers enough of the query is found and counted; the best are kept.</summary>
/// <param name="leastCover">Documents that cover less than this share of what the best one covers are not found.</param>
internal sealed class Collector(DocumentLevel scores, DocumentFilter filter, ReaderView view, QueryPlan plan, float leastCover)
{
    private const int Buckets = 1024;

    private readonly bool passesAll = view.SeesAll && filter.PassesAll;
    private readonly ulong[] ties = view.Data.Facts.TieOf;
    private float? leastCovered;

    /// <summary>What a document must cover to be found.</summary>
    private float Least => leastCovered ??= plan.Clauses.Count > 0 ? Math.Max(MostCover() * leastCover, float.Epsilon) : 0;

    public bool Finds(int slot) => scores.Cover[slot] >= Least && Passes(slot) && filter.IsOfKind(slot);

    /// <summary>Every document found, by slot.</summary>
    public IEnumerable<int> All() => Enumerable.Range(0, scores.Size).Where(Finds);

    /// <param name="most">How many of the best are kept.</param>
    public Found Collect(int most)
    {
        var covers = scores.Cover.AsSpan(0, scores.Size);
        var totals = scores.Total.AsSpan(0, scores.Size);
        var least = Least;
        var scale = Max(totals) is var top and > 0 ? (Buckets - 1) / top : 0;

        // How many scores fall into each of so many equal parts tells which scores can be among the best, so only these are put in order.
        Span<int> counts = stackalloc int[Buckets];
        counts.Clear();
        var kindOf = view.Data.Facts.KindOf;
        var kinds = new int[DocumentKinds.All.Count];
        var allKinds = filter.PassesAllKinds;
        foreach (var slot in AtLeast(covers, least, scores.Scratch))
        {
            if (Passes(slot))
            {
                kinds[kindOf[slot]]++;
                counts[(int)(totals[slot] * scale)] += allKinds || filter.IsOfKind(slot) ? 1 : 0;
            }
        }

        var total = 0;
        foreach (var count in counts)
        {
            total += count;
        }

        var (bucket, above) = (Buckets - 1, counts[Buckets - 1]);
        while (bucket > 0 && above < most)
        {
            above += counts[--bucket];
        }

        var best = new List<(int Slot, float Score)>(above);
        var bound = scale > 0 ? bucket / scale * 0.999f : 0;
        for (var slot = SkipBelow(totals, 0, bound); slot < totals.Length; slot = SkipBelow(totals, slot + 1, bound))
        {
            if (covers[slot] >= least && (int)(totals[slot] * scale) >= bucket && Passes(slot) && filter.IsOfKind(slot))
            {
                best.Add((slot, totals[slot]));
            }
        }

        return new Found(
            InOrder(best, most), total, [.. DocumentKinds.All.Where(kind => kinds[(int)kind] > 0).Select(kind => new KindCount(kind, kinds[(int)kind]))]);
    }

    private List<(int Slot, float Score)> InOrder(List<(int Slot, float Score)> best, int most)
    {
        if (best.Count > 4 * most)
        {
            best = Heaped(best, most);
        }

        best.Sort(Compare);
        return best.Count > most ? best.GetRange(0, most) : best;
    }

    /// <summary>The best of many that score alike, by a heap with the worst of the best on top.</summary>
    private List<(int Slot, float Score)> Heaped(List<(int Slot, float Score)> documents, int most)
    {
        var heap = new PriorityQueue<(int Slot, float Score), (int Slot, float Score)>(most, Comparer<(int Slot, float Score)>.Create((a, b) => Compare(b, a)));
        foreach (var document in documents)
        {
            if (heap.Count < most)
            {
                heap.Enqueue(document, document);
            }
            else if (Compare(document, heap.Peek()) < 0)
            {
                heap.DequeueEnqueue(document, document);
            }
        }

        return [.. heap.UnorderedItems.Select(item => item.Element)];
    }

    private int Compare((int Slot, float Score) a, (int Slot, float Score) b) =>
        b.Score.CompareTo(a.Score) is var score and not 0 ? score : ties[b.Slot].CompareTo(ties[a.Slot]);

    /// <summary>The first slot from one on whose value is not below a bound.</summary>
    private static int SkipBelow(ReadOnlySpan<float> values, int slot, float bound)
    {
        var bounds = new Vector<float>(bound);
        while (slot <= values.Length - Vector<float>.Count && !Vector.GreaterThanOrEqualAny(new Vector<float>(values[slot..]), bounds))
        {
            slot += Vector<float>.Count;
        }

        while (slot < values.Length && values[slot] < bound)
        {
            slot++;
        }

        return slot;
    }

    /// <summary>All slots whose value is not below a bound. Written without a branch: which document is found nobody can foretell.</summary>
    private static ReadOnlySpan<int> AtLeast(ReadOnlySpan<float> values, float bound, int[] into)
    {
        var count = 0;
        for (var slot = 0; slot < values.Length && slot < into.Length; slot++)
        {
            into[count] = slot;
            count += values[slot] >= bound ? 1 : 0;
        }

        return into.AsSpan(0, count);
    }

    private static float Max(ReadOnlySpan<float> values)
    {
        var (most, mosts, at) = (0f, Vector<float>.Zero, 0);
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            mosts = Vector.Max(mosts, new Vector<float>(values[at..]));
        }

        for (; at < values.Length; at++)
        {
            most = Math.Max(most, values[at]);
        }

        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            most = Math.Max(most, mosts[lane]);
        }

        return most;
    }

    private bool Passes(int slot) => passesAll || (view.Sees(slot) && (filter.PassesAll || filter.Passes(slot)));

    private float MostCover()
    {
        var covers = scores.Cover.AsSpan(0, scores.Size);
        if (passesAll)
        {
            return Max(covers);
        }

        var most = 0f;
        for (var slot = 0; slot < covers.Length; slot++)
        {
            if (covers[slot] > most && Passes(slot))
            {
                most = covers[slot];
            }
        }

        return most;
    }
}

/// <summary>What a search found.</summary>
/// <param name="Best">The best by their own score, in order.</param>
internal sealed record Found(List<(int Slot, float Score)> Best, int Total, ImmutableArray<KindCount> Kinds);
