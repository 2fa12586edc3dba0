namespace PolicyHub.Content.Search;

/// <summary>Scores of whole documents, by slot. Documents that the reader may not see get scores too; the collector never looks at them.</summary>
internal sealed class DocumentLevel(Ranking ranking) : Level(ranking)
{
    private readonly float[] fixedShare = new float[Ranking.Fields];
    private readonly float[] lengthShare = new float[Ranking.Fields];
    private readonly List<int> found = [];
    private bool staysWithFound;
    private float[] bodyNorms = [];
    private ReaderView view = null!;

    public void Score(QueryPlan plan, ReaderView of)
    {
        view = of;
        staysWithFound = false;
        bodyNorms = view.BodyNorms(Ranking.Lengths[0]);
        for (var field = 0; field < Ranking.Fields; field++)
        {
            // Robertson and Zaragoza 2009, 3.6: the count is divided by 1 - b + b · length / average.
            fixedShare[field] = 1 - Ranking.Lengths[field];
            lengthShare[field] = Ranking.Lengths[field] / view.AverageLengths[field];
        }

        Score(plan, view.Data.Documents.Length);
    }

    protected override void StayWithFound()
    {
        found.Clear();
        var cover = Cover.AsSpan(0, Size);
        for (var slot = 0; slot < cover.Length; slot++)
        {
            if (cover[slot] > 0)
            {
                found.Add(slot);
            }
        }

        staysWithFound = found.Count > 0;
    }

    protected override void Gather(int word, float weight)
    {
        var postings = view.Data.Postings[word];
        var documents = postings.Documents;
        var entries = postings.Entries;
        var details = postings.Details;
        if (staysWithFound)
        {
            var next = 0;
            foreach (var slot in found)
            {
                next = SlotSearch.Advance(documents, next, slot);
                if (next == documents.Length)
                {
                    return;
                }

                if (documents[next] == slot)
                {
                    Touch(slot, weight * Weigh(entries[next], details, slot));
                }
            }

            return;
        }

        // Arrays and fields in locals, and the common case spelled out: this and the loop below are where searches spend their time.
        var (norms, bodyWeight) = (bodyNorms, Ranking.Weights[0] * weight);
        for (var at = 0; at < documents.Length; at++)
        {
            var slot = documents[at];
            var entry = at < entries.Length ? entries[at] : 0;
            Touch(slot, PostingEntry.IsSimple(entry)
                ? PostingEntry.Body(entry) * bodyWeight / norms[slot]
                : weight * Weigh(entry, details, slot));
        }
    }

    protected override void Saturate(int word, float scale, float[] into)
    {
        if (staysWithFound)
        {
            base.Saturate(word, scale, into);
            return;
        }

        var postings = view.Data.Postings[word];
        var documents = postings.Documents;
        var entries = postings.Entries;
        var details = postings.Details;
        var (norms, bodyWeight, saturation) = (bodyNorms, Ranking.Weights[0], Ranking.Saturation);
        for (var at = 0; at < documents.Length; at++)
        {
            var slot = documents[at];
            var entry = at < entries.Length ? entries[at] : 0;
            float frequency, norm;
            if (PostingEntry.IsSimple(entry))
            {
                (frequency, norm) = (PostingEntry.Body(entry) * bodyWeight, norms[slot]);
            }
            else
            {
                (frequency, norm) = (Weigh(entry, details, slot), 1f);
            }

            // tf / (k1 + tf) with tf = frequency / norm.
            var score = scale * frequency / ((saturation * norm) + frequency);
            if (score > into[slot])
            {
                into[slot] = score;
            }
        }
    }

    private float Weigh(uint entry, ReadOnlySpan<uint> details, int slot)
    {
        var counts = PostingEntry.IsSimple(entry) ? PostingEntry.Body(entry) : PostingEntry.Counts(entry, details);
        var body = counts & (Frequencies.BodyOnly - 1);
        var frequency = body * Ranking.Weights[0] / bodyNorms[slot];
        return counts < Frequencies.BodyOnly ? frequency : frequency + WeighOthers(counts, slot);
    }

    private float WeighOthers(uint counts, int slot)
    {
        var frequency = 0f;
        for (var field = 1; field < Ranking.Fields; field++)
        {
            if (Frequencies.Of(counts, field) is var count and > 0)
            {
                frequency += count * Ranking.Weights[field] / (fixedShare[field] + (lengthShare[field] * view.Data.Lengths[field][slot]));
            }
        }

        return frequency;
    }
}
