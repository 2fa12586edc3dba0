using System.Collections.Immutable;

namespace PolicyHub.Content.Search;

/// <summary>Callers' words and the library's words for the same thing, as <c>synonyms.yml</c> lists them.</summary>
public sealed record SynonymSet(ImmutableArray<SynonymEntry> Entries)
{
    public static SynonymSet Empty { get; } = new([]);
}

/// <summary>Who says any of <paramref name="Words"/> may mean any of <paramref name="Means"/>; and the other way round, unless it is one way.</summary>
/// <param name="Access">The label that a reader must hold for the entry to count; empty: everyone.</param>
public sealed record SynonymEntry(ImmutableArray<string> Words, ImmutableArray<string> Means, bool OneWay = false, string Access = "");
