using System.Collections.Immutable;

namespace PolicyHub.Content.Search;

/// <summary>How many of the documents found have each tag, or each audience.</summary>
internal static class FacetCounter
{
    /// <summary>The most frequent first, then by name; case aside, as the filters do.</summary>
    public static ImmutableArray<FacetCount> Count(IEnumerable<int> found, IndexData data, Func<Documents.Document, ImmutableArray<string>> namesOf)
    {
        var counts = new Dictionary<string, (string Name, int Count)>(StringComparer.OrdinalIgnoreCase);
        foreach (var slot in found)
        {
            var names = namesOf(data.Documents[slot]!.Source.Document);
            for (var i = 0; i < names.Length; i++)
            {
                // A name written twice counts once.
                if (!names.AsSpan(0, i).Contains(names[i], StringComparer.OrdinalIgnoreCase))
                {
                    var (written, count) = counts.GetValueOrDefault(names[i], (names[i], 0));
                    counts[names[i]] = (string.CompareOrdinal(names[i], written) < 0 ? names[i] : written, count + 1);
                }
            }
        }

        return [.. counts.Values.OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Name, StringComparer.Ordinal).Select(facet => new FacetCount(facet.Name, facet.Count))];
    }
}
