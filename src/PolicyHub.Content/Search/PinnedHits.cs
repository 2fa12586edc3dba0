namespace PolicyHub.Content.Search;

/// <summary>Puts what is pinned to a query before all that was found, and counts what words alone had not found. Access and filters hold for it as for any.</summary>
internal sealed class PinnedHits(PinTable pins, ParsedQuery query, DocumentFilter filter, ReaderView view)
{
    /// <summary>Where what is pinned stands, first come first.</summary>
    public IEnumerable<(int Slot, PinnedSection Pin)> Slots => pins.For(query)
        .Select(pin => (Slot: view.Data.SlotByKey.GetValueOrDefault(pin.Document.Key, -1), Pin: pin))
        .Where(place => place.Slot >= 0 && view.Sees(place.Slot) && filter.Passes(place.Slot) && filter.IsOfKind(place.Slot))
        .DistinctBy(place => place.Slot);

    /// <summary>Changes the ranking, and the counts where something is pinned that words alone had not found.</summary>
    public Found Place(Found all, Collector collector, List<RankedDocument> ranked)
    {
        var place = 0;
        foreach (var (slot, pin) in Slots)
        {
            var before = ranked.FindIndex(document => document.Slot == slot);
            var candidate = before < 0 ? -1 : ranked[before].Candidate;
            if (before >= 0)
            {
                ranked.RemoveAt(before);
            }

            all = collector.Finds(slot) ? all : Counted(all, slot);
            var score = ranked.Count > place ? ranked[place].Score : 1;
            ranked.Insert(place++, new RankedDocument(slot, candidate, score) { Pin = pin });
        }

        return all;
    }

    private Found Counted(Found all, int slot)
    {
        var kind = view.Data.Documents[slot]!.Source.Document.Kind;
        var kinds = all.Kinds.ToDictionary(count => count.Kind, count => count.Count);
        kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        return all with { Total = all.Total + 1, Kinds = [.. kinds.OrderBy(pair => pair.Key).Select(pair => new KindCount(pair.Key, pair.Value))] };
    }
}
