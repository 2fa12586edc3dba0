using System.Collections.Immutable;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>Goes over the scored documents once: what the filters let through and covers enough of the query is found, counted and kept.</summary>
internal sealed class Collector(DocumentLevel scores, DocumentFilter filter, ReaderView view, QueryPlan plan)
{
    /// <param name="leastCover">Documents that cover less than this share of what the best one covers are not found.</param>
    public Found Collect(float leastCover)
    {
        var needsScore = plan.Clauses.Count > 0;
        var least = needsScore ? MostCover() * leastCover : 0;
        var kinds = new int[DocumentKinds.All.Count];
        var (found, total) = (new List<(int Slot, float Score)>(), 0);
        for (var slot = 0; slot < scores.Size; slot++)
        {
            if ((needsScore && (scores.Cover[slot] < least || scores.Total[slot] <= 0)) || !view.Sees(slot) || !filter.Passes(slot))
            {
                continue;
            }

            kinds[(int)view.Data.Documents[slot]!.Source.Document.Kind]++;
            if (filter.IsOfKind(slot))
            {
                total++;
                found.Add((slot, scores.Total[slot]));
            }
        }

        return new Found(view.Data, found, total, [.. DocumentKinds.All.Where(kind => kinds[(int)kind] > 0).Select(kind => new KindCount(kind, kinds[(int)kind]))]);
    }

    private float MostCover()
    {
        var most = 0f;
        for (var slot = 0; slot < scores.Size; slot++)
        {
            if (scores.Cover[slot] > most && view.Sees(slot) && filter.Passes(slot))
            {
                most = scores.Cover[slot];
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
        Comparison<(int Slot, float Score)> compare = (a, b) => b.Score.CompareTo(a.Score) is var score and not 0 ? score : order.Compare(a.Slot, b.Slot);
        if (Documents.Count > most)
        {
            // What is below the score of the last one kept need not be put in order.
            var all = Documents.ConvertAll(document => document.Score).ToArray();
            Array.Sort(all);
            var least = all[^most];
            Documents.RemoveAll(document => document.Score < least);
        }

        Documents.Sort(compare);
        return Documents.Count > most ? Documents.GetRange(0, most) : Documents;
    }
}
