namespace PolicyHub.Content.Search;

/// <summary>Scores of whole documents, by slot. Documents that the reader may not see get scores too; the collector never looks at them.</summary>
internal sealed class DocumentLevel(Ranking ranking) : Level(ranking)
{
    /// <summary>A list this many times as long as the list of what was found is not read: each document found is looked for in it.</summary>
    private const int Few = 16;

    /// <summary>Where a word is in one of so many documents, going over all documents costs no more than a list of those that it is in.</summary>
    private const int Dense = 8;

    private readonly List<int> found = [];
    private ulong[] foundSlots = [];

    /// <summary>By impact, what share of the most that a word can score it scores.</summary>
    private readonly float[] saturated = [.. Impact.Frequencies.ToArray().Select(frequency => frequency / (ranking.Saturation + frequency))];
    private ReaderView view = null!;
    private bool looksForFound;

    public void Score(QueryPlan plan, ReaderView of)
    {
        view = of;
        found.Clear();
        looksForFound = false;
        Score(plan, view.Data.Documents.Length);
    }

    protected override void StayWithFound()
    {
        // Where much was found, lists are read whole, and what they hold beside it is left out when it is added.
        if (foundSlots.Length != view.Visible.Length)
        {
            foundSlots = new ulong[view.Visible.Length];
        }

        var count = SlotBits.AtLeast(Cover, float.Epsilon, view.Visible, foundSlots);
        (StaysWithFound, looksForFound) = (count > 0, count > 0 && count * Few < Size);
        if (looksForFound)
        {
            foreach (var slot in SlotBits.Of(foundSlots))
            {
                found.Add(slot);
            }
        }
    }

    protected override void Gather(int word, float weight)
    {
        var postings = view.Data.Postings[word];
        if (looksForFound && found.Count * Few < view.DocumentFrequency[word])
        {
            GatherFound(postings, weight);
            return;
        }

        var frequencies = Impact.Frequencies;
        for (var i = 0; i < postings.Chunks; i++)
        {
            var chunk = postings[i];
            var slots = chunk.Slots;
            var impacts = chunk.Impacts;
            for (var at = 0; at < slots.Length && at < impacts.Length; at++)
            {
                Touch(chunk.Base | slots[at], weight * frequencies[impacts[at]]);
            }
        }
    }

    protected override bool GatherDense(TermGroup group)
    {
        var sum = 0;
        foreach (var word in group.Words)
        {
            sum += view.DocumentFrequency[word];
        }

        if (looksForFound || sum * Dense < Size)
        {
            return false;
        }

        var frequencies = Impact.Frequencies;
        for (var form = 0; form < group.Words.Length; form++)
        {
            var weight = group.Weights[form];
            var postings = view.Data.Postings[group.Words[form]];
            for (var i = 0; i < postings.Chunks; i++)
            {
                var chunk = postings[i];
                var slots = chunk.Slots;
                var impacts = chunk.Impacts;
                var places = Frequency.AsSpan(chunk.Base);
                for (var at = 0; at < slots.Length && at < impacts.Length; at++)
                {
                    places[slots[at]] += weight * frequencies[impacts[at]];
                }
            }
        }

        return true;
    }

    protected override void Saturate(int word, float scale, float[] into)
    {
        if (looksForFound && found.Count * Few < view.DocumentFrequency[word])
        {
            base.Saturate(word, scale, into);
            return;
        }

        // The loop where searches spend their time: nothing in it but a byte looked up.
        ReadOnlySpan<float> shareOf = saturated.AsSpan(0, 256);
        var postings = view.Data.Postings[word];
        for (var i = 0; i < postings.Chunks; i++)
        {
            var chunk = postings[i];
            var slots = chunk.Slots;
            var impacts = chunk.Impacts;
            var places = into.AsSpan(chunk.Base);
            for (var at = 0; at < slots.Length && at < impacts.Length; at++)
            {
                ref var place = ref places[slots[at]];
                place = Math.Max(place, scale * shareOf[impacts[at]]);
            }
        }
    }

    protected override void AddOnly(int word, float scale, float importance)
    {
        ReadOnlySpan<float> shareOf = saturated.AsSpan(0, 256);
        var postings = view.Data.Postings[word];
        for (var i = 0; i < postings.Chunks; i++)
        {
            var chunk = postings[i];
            var slots = chunk.Slots;
            var impacts = chunk.Impacts;
            var totals = Total.AsSpan(chunk.Base);
            var covers = Cover.AsSpan(chunk.Base);
            for (var at = 0; at < slots.Length && at < impacts.Length; at++)
            {
                totals[slots[at]] += scale * shareOf[impacts[at]];
                covers[slots[at]] += importance;
            }
        }
    }

    private void GatherFound(Postings postings, float weight)
    {
        var next = 0;
        for (var i = 0; i < postings.Chunks && next < found.Count; i++)
        {
            var until = i + 1 < postings.Chunks ? postings[i + 1].FirstSlot : int.MaxValue;
            var chunk = postings[i];
            var slots = chunk.Slots;
            var at = 0;
            for (; next < found.Count && found[next] < until; next++)
            {
                var slot = found[next];
                if ((slot & ~0xFFFF) != chunk.Base)
                {
                    continue;
                }

                at = SlotSearch.Advance(slots, at, (ushort)slot);
                if (at < slots.Length && slots[at] == (ushort)slot)
                {
                    Touch(slot, weight * Impact.Frequencies[chunk.Impacts[at]]);
                }
            }
        }
    }
}
