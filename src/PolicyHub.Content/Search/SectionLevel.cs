namespace PolicyHub.Content.Search;

/// <summary>
/// Scores of the sections of the best documents: the places are their sections, one document after the other. The few words of the query are
/// looked for in the word streams of these documents, so the index need not keep where in a document a word stands.
/// </summary>
internal sealed class SectionLevel(Ranking ranking) : Level(ranking)
{
    /// <summary>How often a word occurs in a section, and the number of the section before that has it; the first stands for none.</summary>
    private Occurrence[] occurrences = new Occurrence[1];
    private int count;

    /// <summary>By number of the match map, its last occurrence.</summary>
    private int[] last = [];
    private int[] starts = [];

    /// <summary>The places that were found in the streams of all documents, and by document where its own end.</summary>
    private int[] places = [];
    private int[] placeEnds = [];
    private MatchMap map = null!;

    /// <summary>Scores the sections of the documents in these slots.</summary>
    public void Score(QueryPlan plan, ReaderView view, MatchMap of, ReadOnlySpan<int> slots)
    {
        map = of;
        count = 1;
        if (last.Length < map.Count)
        {
            last = new int[map.Count * 2];
        }

        last.AsSpan(0, map.Count).Clear();
        if (starts.Length < slots.Length + 1)
        {
            starts = new int[slots.Length + 1];
            placeEnds = new int[slots.Length + 1];
        }

        // The documents lie all over the memory. Asked for their sizes in one short loop, the processor fetches many at a time; in a long one, one after the other.
        var most = UnitFinder.Likely;
        for (var i = 0; i < slots.Length; i++)
        {
            var document = view.Data.Documents[slots[i]]!;
            starts[i + 1] = starts[i] + document.SectionLengths.Length;
            most += document.Units.Length;
        }

        if (places.Length < most)
        {
            places = new int[most * 2];
        }

        for (var i = 0; i < slots.Length; i++)
        {
            var document = view.Data.Documents[slots[i]]!;
            placeEnds[i + 1] = placeEnds[i] + map.Find(document.Units, places.AsSpan(placeEnds[i]));
            Read(document, PlacesOf(i), starts[i], view.Data.Reference.Section);
        }

        Score(plan, starts[slots.Length]);
    }

    /// <summary>The scores of the sections of a document, by its place in the list.</summary>
    public Span<float> ScoresOf(int document) => Total.AsSpan(starts[document]..starts[document + 1]);

    /// <summary>What the best section of a document scores; 0 where none has a word of the query.</summary>
    public static float MostOf(ReadOnlySpan<float> sections)
    {
        var most = 0f;
        foreach (var score in sections)
        {
            most = Math.Max(most, score);
        }

        return most;
    }

    /// <summary>Where in the stream of a document words of the query may start, ascending, by its place in the list.</summary>
    public ReadOnlySpan<int> PlacesOf(int document) => places.AsSpan(placeEnds[document]..placeEnds[document + 1]);

    protected override void Gather(int word, float weight)
    {
        for (var at = last[map.NumberOf(word)]; at > 0; at = occurrences[at].Before)
        {
            Touch(occurrences[at].Section, weight * occurrences[at].Frequency);
        }
    }

    protected override void Saturate(int word, float scale, float[] into)
    {
        for (var at = last[map.NumberOf(word)]; at > 0; at = occurrences[at].Before)
        {
            ref readonly var occurrence = ref occurrences[at];
            var score = scale * occurrence.Frequency / (Ranking.Saturation + occurrence.Frequency);
            into[occurrence.Section] = Math.Max(into[occurrence.Section], score);
        }
    }

    private void Read(AnalysedDocument document, ReadOnlySpan<int> found, int start, float usualLength)
    {
        ReadOnlySpan<ushort> units = document.Units;
        var next = 0;
        foreach (var run in document.Runs)
        {
            var first = next;
            while (next < found.Length && found[next] < run.End)
            {
                next++;
            }

            if (run.Section < 0 || first == next)
            {
                continue;
            }

            var place = start + run.Section;
            var frequency = run.Field switch
            {
                Field.Heading => Ranking.SectionHeading,
                Field.Answers => Ranking.SectionAnswer,
                _ => 1 / (1 - Ranking.SectionLength + (Ranking.SectionLength * document.SectionLengths[run.Section] / usualLength)),
            };
            foreach (var at in found[first..next])
            {
                if (map.NumberOf(WordStream.Read(units, at, out _)) is var number and > 0)
                {
                    Note(ref last[number], place, frequency);
                }
            }
        }
    }

    private void Note(ref int before, int section, float frequency)
    {
        if (before > 0 && occurrences[before].Section == section)
        {
            occurrences[before].Frequency += frequency;
            return;
        }

        if (count == occurrences.Length)
        {
            Array.Resize(ref occurrences, count * 2);
        }

        occurrences[count] = new Occurrence { Section = section, Frequency = frequency, Before = before };
        before = count++;
    }

    private struct Occurrence
    {
        public int Section;
        public float Frequency;
        public int Before;
    }
}
