using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>Goes over the scored documents: what the filters let through and covers enough of the query is found and counted; the best are kept.</summary>
/// <param name="leastCover">Documents that cover less than this share of what the best one covers are not found.</param>
internal sealed class Collector(DocumentLevel scores, DocumentFilter filter, ReaderView view, QueryPlan plan, float leastCover)
{
    /// <summary>Where the best are looked for first, as a share of the score of the very best.</summary>
    private const float Likely = 0.5f;

    /// <summary>So often the range of scores is halved around where the best begin.</summary>
    private const int MostHalvings = 16;

    private readonly ulong[] ties = view.Data.Facts.TieOf;
    private ulong[]? found;

    /// <summary>What covers enough and passes all filters but that of the kind, see <see cref="SlotBits"/>.</summary>
    private ulong[] OfAnyKind => found ??= Find();

    public bool Finds(int slot) => SlotBits.Has(OfAnyKind, slot) && filter.IsOfKind(slot);

    /// <summary>Every document found, by slot.</summary>
    public List<int> All()
    {
        var all = new List<int>();
        foreach (var slot in SlotBits.Of(OfKind()))
        {
            all.Add(slot);
        }

        return all;
    }

    /// <param name="most">How many of the best are kept.</param>
    public Found Collect(int most)
    {
        var total = 0;
        var kinds = ImmutableArray.CreateBuilder<KindCount>();
        foreach (var kind in DocumentKinds.All)
        {
            if (SlotBits.CountCommon(OfAnyKind, view.VisibleOf(kind)) is var count and > 0)
            {
                kinds.Add(new KindCount(kind, count));
                total += filter.IsKind(kind) ? count : 0;
            }
        }

        return new Found(InOrder(Best(OfKind(), total, most), most), total, kinds.ToImmutable());
    }

    /// <summary>At least so many of the best of a set, in no order, with few others.</summary>
    private List<(int Slot, float Score)> Best(ulong[] set, int count, int most)
    {
        // How many score at least so much is soon told, so the score that enough of them reach is found by bisection.
        var (low, high) = (0f, Max(scores.Total.AsSpan(0, scores.Size)));
        var above = new ulong[set.Length];
        for (var (step, bound) = (0, high * Likely); step < MostHalvings && count > 2 * most; step++, bound = (low + high) / 2)
        {
            if (SlotBits.AtLeast(scores.Total, bound, set, above) is var reached && reached >= most)
            {
                (set, above, low, count) = (above, set == found ? new ulong[set.Length] : set, bound, reached);
            }
            else
            {
                high = bound;
            }
        }

        var best = new List<(int Slot, float Score)>(count);
        foreach (var slot in SlotBits.Of(set))
        {
            best.Add((slot, scores.Total[slot]));
        }

        return best;
    }

    private ulong[] OfKind()
    {
        if (filter.PassesAllKinds)
        {
            return OfAnyKind;
        }

        var wanted = new ulong[OfAnyKind.Length];
        foreach (var kind in DocumentKinds.All.Where(filter.IsKind))
        {
            var visible = view.VisibleOf(kind);
            for (var i = 0; i < wanted.Length; i++)
            {
                wanted[i] |= OfAnyKind[i] & visible[i];
            }
        }

        return wanted;
    }

    private ulong[] Find()
    {
        var set = view.Visible.ToArray();
        if (plan.Clauses.Count > 0)
        {
            SlotBits.AtLeast(scores.Cover, Math.Max(MostCover() * leastCover, float.Epsilon), set, set);
        }

        if (!filter.PassesAll)
        {
            foreach (var slot in SlotBits.Of(set))
            {
                if (!filter.Passes(slot))
                {
                    SlotBits.Remove(set, slot);
                }
            }
        }

        return set;
    }

    private List<(int Slot, float Score)> InOrder(List<(int Slot, float Score)> best, int most)
    {
        if (best.Count > 4 * most)
        {
            best = Heaped(best, most);
        }

        ScoreOrder.Sort(CollectionsMarshal.AsSpan(best), document => document.Score, Compare, most);
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

    private float MostCover()
    {
        if (view.SeesAll && filter.PassesAll)
        {
            return Max(scores.Cover.AsSpan(0, scores.Size));
        }

        var most = 0f;
        foreach (var slot in SlotBits.Of(view.Visible))
        {
            if (scores.Cover[slot] > most && (filter.PassesAll || filter.Passes(slot)))
            {
                most = scores.Cover[slot];
            }
        }

        return most;
    }
}

/// <summary>What a search found.</summary>
/// <param name="Best">The best by their own score, in order.</param>
internal sealed record Found(List<(int Slot, float Score)> Best, int Total, ImmutableArray<KindCount> Kinds);
