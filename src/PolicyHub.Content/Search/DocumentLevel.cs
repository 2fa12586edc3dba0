namespace PolicyHub.Content.Search;

/// <summary>Scores of whole documents, by slot. Documents that the reader may not see get scores too; the collector never looks at them.</summary>
internal sealed class DocumentLevel(Ranking ranking) : Level(ranking)
{
    private readonly float[] fixedShare = new float[Ranking.Fields];
    private readonly float[] lengthShare = new float[Ranking.Fields];
    private ReaderView view = null!;

    public void Score(QueryPlan plan, ReaderView of)
    {
        view = of;
        for (var field = 0; field < Ranking.Fields; field++)
        {
            // Robertson and Zaragoza 2009, 3.6: the count is divided by 1 - b + b · length / average.
            fixedShare[field] = 1 - Ranking.Lengths[field];
            lengthShare[field] = Ranking.Lengths[field] / view.AverageLengths[field];
        }

        Score(plan, view.Data.Documents.Length);
    }

    protected override void Gather(int word, float weight)
    {
        var postings = view.Data.Postings[word];
        var documents = postings.Documents;
        var entries = postings.Entries;
        var details = postings.Details;
        var lengths = view.Data.Lengths[0];
        var (bodyFixed, bodyLength, bodyWeight) = (fixedShare[0], lengthShare[0], Ranking.Weights[0] * weight);
        for (var at = 0; at < documents.Length; at++)
        {
            var slot = documents[at];
            var entry = entries[at];
            Touch(slot, PostingEntry.IsSimple(entry)
                ? PostingEntry.Body(entry) * bodyWeight / (bodyFixed + (bodyLength * lengths[slot]))
                : weight * Weigh(PostingEntry.Counts(entry, details), slot));
        }
    }

    protected override void Saturate(int word, float scale, float[] into)
    {
        var postings = view.Data.Postings[word];
        var documents = postings.Documents;
        var entries = postings.Entries;
        var details = postings.Details;
        var lengths = view.Data.Lengths[0];
        var (bodyFixed, bodyLength, bodyWeight, saturation) = (fixedShare[0], lengthShare[0], Ranking.Weights[0], Ranking.Saturation);
        for (var at = 0; at < documents.Length; at++)
        {
            var slot = documents[at];
            var entry = entries[at];
            var frequency = PostingEntry.IsSimple(entry)
                ? PostingEntry.Body(entry) * bodyWeight / (bodyFixed + (bodyLength * lengths[slot]))
                : Weigh(PostingEntry.Counts(entry, details), slot);
            into[slot] = Math.Max(into[slot], scale * frequency / (saturation + frequency));
        }
    }

    private float Weigh(uint counts, int slot)
    {
        var frequency = 0f;
        for (var field = 0; field < Ranking.Fields; field++)
        {
            if (Frequencies.Of(counts, field) is var count and > 0)
            {
                frequency += count * Ranking.Weights[field] / (fixedShare[field] + (lengthShare[field] * view.Data.Lengths[field][slot]));
            }
        }

        return frequency;
    }
}
