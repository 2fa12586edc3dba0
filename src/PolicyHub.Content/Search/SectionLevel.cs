namespace PolicyHub.Content.Search;

/// <summary>Scores of the sections of some documents: the places are their sections, one document after the other.</summary>
internal sealed class SectionLevel(Ranking ranking) : Level(ranking)
{
    private int[] starts = [];
    private int[] lengths = [];
    private int[] slots = [];
    private int count;
    private ReaderView view = null!;

    /// <summary>Scores the sections of the documents in these slots, which are ascending.</summary>
    public void Score(QueryPlan plan, ReaderView of, ReadOnlySpan<int> of_)
    {
        view = of;
        count = of_.Length;
        if (starts.Length < count + 1)
        {
            (starts, slots) = (new int[count + 1], new int[count]);
        }

        of_.CopyTo(slots);
        for (var i = 0; i < count; i++)
        {
            starts[i + 1] = starts[i] + view.Data.Documents[slots[i]]!.SectionLengths.Length;
        }

        if (lengths.Length < starts[count])
        {
            lengths = new int[starts[count] + 64];
        }

        for (var i = 0; i < count; i++)
        {
            view.Data.Documents[slots[i]]!.SectionLengths.CopyTo(lengths, starts[i]);
        }

        Score(plan, starts[count]);
    }

    /// <summary>The scores of the sections of a document, by its place in the list.</summary>
    public ReadOnlySpan<float> ScoresOf(int document) => Total.AsSpan(starts[document]..starts[document + 1]);

    protected override void Gather(int word, float weight)
    {
        var postings = view.Data.Postings[word];
        var documents = postings.Documents;
        var entries = postings.Entries;
        var details = postings.Details;
        var (fixedShare, lengthShare) = (1 - Ranking.SectionLength, Ranking.SectionLength / view.AverageSection);
        var at = 0;
        for (var next = 0; next < count && at < documents.Length; next++)
        {
            at = Advance(documents, at, slots[next]);
            if (at == documents.Length || documents[at] != slots[next])
            {
                continue;
            }

            if (PostingEntry.IsSimple(entries[at]))
            {
                var place = starts[next] + PostingEntry.Section(entries[at]);
                Touch(place, weight * PostingEntry.Body(entries[at]) / (fixedShare + (lengthShare * lengths[place])));
                continue;
            }

            foreach (var section in PostingEntry.Sections(entries[at], details))
            {
                var place = starts[next] + (int)SectionEntry.Section(section);
                var frequency = SectionEntry.Body(section) / (fixedShare + (lengthShare * lengths[place]));
                frequency += SectionEntry.Heading(section) * Ranking.SectionHeading;
                frequency += SectionEntry.Answers(section) * Ranking.SectionAnswer;
                Touch(place, frequency * weight);
            }
        }
    }

    /// <summary>The first position from here on whose document is not before a slot: by doubling steps, then bisection.</summary>
    private static int Advance(ReadOnlySpan<int> documents, int from, int slot)
    {
        if (from < documents.Length && documents[from] >= slot)
        {
            return from;
        }

        var step = 1;
        while (from + step < documents.Length && documents[from + step] < slot)
        {
            from += step;
            step *= 2;
        }

        var to = Math.Min(documents.Length, from + step);
        from++;
        while (from < to)
        {
            var middle = (from + to) >>> 1;
            (from, to) = documents[middle] < slot ? (middle + 1, to) : (from, middle);
        }

        return from;
    }
}
