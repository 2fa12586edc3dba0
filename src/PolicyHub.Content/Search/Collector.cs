using System.Collections.Immutable;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>Goes over the scored documents once: what the filters let through and covers enough of the query is found, counted and kept.</summary>
/// <param name="kept">Is cleared and filled: a list that is used again and again.</param>
internal sealed class Collector(DocumentLevel scores, DocumentFilter filter, ReaderView view, QueryPlan plan, List<(int Slot, float Score)> kept)
{
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
            if (covers[slot] < least || !Passes(slot))
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

    private bool Passes(int slot) => view.Sees(slot) && (filter.PassesAll || filter.Passes(slot));

    private float MostCover()
    {
        var most = 0f;
        var covers = scores.Cover.AsSpan(0, scores.Size);
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

internal sealed record Found(IndexData Data, List<(int Slot, float Score)> Documents, int Total, ImmutableArray<KindCount> Kinds)
{
    /// <summary>The best by their score, in order.</summary>
    public List<(int Slot, float Score)> Best(int most)
    {
        var order = new RankOrder(Data);
        var best = Documents;
        if (Documents.Count > most)
        {
            // What is below the score of the last one kept need not be put in order.
            var least = ScoreAt(most);
            best = Documents.FindAll(document => document.Score >= least);
        }

        best.Sort((a, b) => b.Score.CompareTo(a.Score) is var score and not 0 ? score : order.Compare(a.Slot, b.Slot));
        return best.Count > most ? best.GetRange(0, most) : best;
    }

    /// <summary>The score at a place of the order, from 1: the least of a heap that holds the best so many.</summary>
    private float ScoreAt(int place)
    {
        var heap = new PriorityQueue<float, float>(place);
        foreach (var (_, score) in Documents)
        {
            if (heap.Count < place)
            {
                heap.Enqueue(score, score);
            }
            else if (score > heap.Peek())
            {
                heap.EnqueueDequeue(score, score);
            }
        }

        return heap.Peek();
    }
}
