namespace PolicyHub.Content.Search;

/// <summary>Puts what is pinned to a query before all that was found, and counts what words alone had not found. Access and filters hold for it as for any.</summary>
internal sealed class PinnedHits(PinTable pins, ParsedQuery query, DocumentFilter filter, ReaderView view)
{
    /// <summary>Changes the ranking and the counts where something is pinned.</summary>
    public Found Place(Found all, List<RankedDocument> ranked)
    {
        var place = 0;
        foreach (var pin in pins.For(query))
        {
            if (!view.Data.SlotByKey.TryGetValue(pin.Document.Key, out var slot) || !view.Sees(slot) || !filter.Passes(slot) || !filter.IsOfKind(slot)
                || ranked.Take(place).Any(document => document.Slot == slot))
            {
                continue;
            }

            var before = ranked.FindIndex(document => document.Slot == slot);
            var sections = before < 0 ? new float[view.Data.Documents[slot]!.Source.Sections.Length] : ranked[before].Sections;
            if (before >= 0)
            {
                ranked.RemoveAt(before);
            }

            all = all.Documents.Exists(document => document.Slot == slot) ? all : Counted(all, slot);
            var score = ranked.Count > place ? ranked[place].Score : 1;
            ranked.Insert(place++, new RankedDocument(slot, score, sections) { Pin = pin });
        }

        return all;
    }

    private Found Counted(Found all, int slot)
    {
        var kind = view.Data.Documents[slot]!.Source.Document.Kind;
        var kinds = all.Kinds.ToDictionary(count => count.Kind, count => count.Count);
        kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        return all with { Documents = [.. all.Documents, (slot, 0f)], Total = all.Total + 1, Kinds = [.. kinds.OrderBy(pair => pair.Key).Select(pair => new KindCount(pair.Key, pair.Value))] };
    }
}
