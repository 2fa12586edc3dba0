namespace PolicyHub.Content.Search;

/// <summary>Scores of the sections of some documents: the places are their sections, one document after the other.</summary>
internal sealed class SectionLevel(Ranking ranking) : Level(ranking)
{
    /// <summary>A list shorter than this many times the documents is read whole; in a longer one each document is looked for.</summary>
    private const int Few = 4;

    /// <summary>By slot, the place in <see cref="slots"/>, from 1; 0 for all others.</summary>
    private int[] placeOf = [];
    private int[] starts = [];
    private int[] lengths = [];
    private int[] slots = [];
    private int count;
    private ReaderView view = null!;

    /// <summary>Scores the sections of the documents in these slots, which are ascending.</summary>
    public void Score(QueryPlan plan, ReaderView of, ReadOnlySpan<int> documents)
    {
        for (var i = 0; i < count; i++)
        {
            placeOf[slots[i]] = 0;
        }

        view = of;
        count = documents.Length;
        if (placeOf.Length < view.Data.Documents.Length)
        {
            placeOf = new int[view.Data.Documents.Length];
        }

        if (starts.Length < count + 1)
        {
            (starts, slots) = (new int[count + 1], new int[count]);
        }

        documents.CopyTo(slots);
        for (var i = 0; i < count; i++)
        {
            placeOf[slots[i]] = i + 1;
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
        if (documents.Length < count * Few)
        {
            for (var at = 0; at < documents.Length; at++)
            {
                if (placeOf[documents[at]] is var place and > 0)
                {
                    Gather(entries[at], details, starts[place - 1], weight);
                }
            }

            return;
        }

        var next = 0;
        for (var document = 0; document < count && next < documents.Length; document++)
        {
            next = SlotSearch.Advance(documents, next, slots[document]);
            if (next < documents.Length && documents[next] == slots[document])
            {
                Gather(entries[next], details, starts[document], weight);
            }
        }
    }

    private void Gather(uint entry, ReadOnlySpan<uint> details, int start, float weight)
    {
        var (fixedShare, lengthShare) = (1 - Ranking.SectionLength, Ranking.SectionLength / view.AverageSection);
        if (PostingEntry.IsSimple(entry))
        {
            var place = start + PostingEntry.Section(entry);
            Touch(place, weight * PostingEntry.Body(entry) / (fixedShare + (lengthShare * lengths[place])));
            return;
        }

        foreach (var section in PostingEntry.Sections(entry, details))
        {
            var place = start + (int)SectionEntry.Section(section);
            var frequency = SectionEntry.Body(section) / (fixedShare + (lengthShare * lengths[place]));
            frequency += SectionEntry.Heading(section) * Ranking.SectionHeading;
            frequency += SectionEntry.Answers(section) * Ranking.SectionAnswer;
            Touch(place, frequency * weight);
        }
    }
}
