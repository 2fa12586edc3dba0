namespace PolicyHub.Content.Search;

/// <summary>
/// Scores of the sections of the best documents: the places are their sections, one document after the other. The few words of the query are
/// looked for in the word streams of these documents, so the index need not keep where in a document a word stands.
/// </summary>
internal sealed class SectionLevel(Ranking ranking) : Level(ranking)
{
    private readonly List<(int Number, int Place, float Frequency)> met = [];

    /// <summary>By number of the match map, where its occurrences end in <see cref="sorted"/>.</summary>
    private int[] ends = [];
    private (int Place, float Frequency)[] sorted = [];
    private int[] starts = [];
    private MatchMap map = null!;

    /// <summary>Scores the sections of the documents in these slots.</summary>
    public void Score(QueryPlan plan, ReaderView view, MatchMap of, ReadOnlySpan<int> slots)
    {
        map = of;
        met.Clear();
        if (starts.Length < slots.Length + 1)
        {
            starts = new int[slots.Length + 1];
        }

        for (var i = 0; i < slots.Length; i++)
        {
            var document = view.Data.Documents[slots[i]]!;
            starts[i + 1] = starts[i] + document.SectionLengths.Length;
            Read(document, starts[i], view.Data.Reference.Section);
        }

        Sort();
        Score(plan, starts[slots.Length]);
    }

    /// <summary>The scores of the sections of a document, by its place in the list.</summary>
    public ReadOnlySpan<float> ScoresOf(int document) => Total.AsSpan(starts[document]..starts[document + 1]);

    protected override void Gather(int word, float weight)
    {
        var number = map.NumberOf(word);
        for (var at = number == 0 ? 0 : ends[number - 1]; at < ends[number]; at++)
        {
            Touch(sorted[at].Place, weight * sorted[at].Frequency);
        }
    }

    private void Read(AnalysedDocument document, int start, float usualLength)
    {
        ReadOnlySpan<ushort> units = document.Units;
        var found = map.Find(units);
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
                    met.Add((number, place, frequency));
                }
            }
        }
    }

    /// <summary>Puts occurrences of one word together, by counting.</summary>
    private void Sort()
    {
        if (ends.Length < map.Count + 1)
        {
            ends = new int[map.Count + 64];
        }

        if (sorted.Length < met.Count)
        {
            sorted = new (int, float)[met.Count * 2];
        }

        // Occurrences of a word go where those of the numbers before it end; writing them moves that end to its own.
        ends.AsSpan().Clear();
        foreach (var one in met)
        {
            ends[one.Number + 1]++;
        }

        for (var number = 1; number < ends.Length; number++)
        {
            ends[number] += ends[number - 1];
        }

        foreach (var one in met)
        {
            sorted[ends[one.Number]++] = (one.Place, one.Frequency);
        }
    }
}
