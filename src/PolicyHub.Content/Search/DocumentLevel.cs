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

    protected override void Gather(TermGroup group)
    {
        var lengths = view.Data.Lengths;
        var (bodyFixed, bodyLength, body, bodyWeight) = (fixedShare[0], lengthShare[0], lengths[0], Ranking.Weights[0]);
        for (var i = 0; i < group.Words.Length; i++)
        {
            var postings = view.Data.Postings[group.Words[i]];
            var documents = postings.Documents;
            var counts = postings.Counts;
            for (var at = 0; at < documents.Length; at++)
            {
                var (slot, packed) = (documents[at], counts[at]);
                var frequency = (packed & 0xFF) * bodyWeight / (bodyFixed + (bodyLength * body[slot]));
                if (packed >= Frequencies.BodyOnly)
                {
                    for (var field = 1; field < Ranking.Fields; field++)
                    {
                        if (Frequencies.Of(packed, field) is var count and > 0)
                        {
                            frequency += count * Ranking.Weights[field] / (fixedShare[field] + (lengthShare[field] * lengths[field][slot]));
                        }
                    }
                }

                Touch(slot, frequency * group.Weights[i]);
            }
        }
    }
}
