using System.Collections.Immutable;

namespace PolicyHub.Content.Search;

/// <summary>How many of the documents found have each tag, or each audience.</summary>
internal static class FacetCounter
{
    /// <summary>The most frequent first, then by name; case aside, as the filters do.</summary>
    public static ImmutableArray<FacetCount> Count(Found found, Func<Documents.Document, ImmutableArray<string>> namesOf)
    {
        var counts = new Dictionary<string, (string Name, int Count)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (slot, _) in found.Documents)
        {
            foreach (var name in namesOf(found.Data.Documents[slot]!.Source.Document).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                var (written, count) = counts.GetValueOrDefault(name, (name, 0));
                counts[name] = (string.CompareOrdinal(name, written) < 0 ? name : written, count + 1);
            }
        }

        return [.. counts.Values.OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Name, StringComparer.Ordinal).Select(facet => new FacetCount(facet.Name, facet.Count))];
    }
}
