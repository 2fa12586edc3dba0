using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Search;

/// <summary>A line of <c>search-pins.yml</c>: who asks this sees that first, for a while, whatever else would be first.</summary>
public sealed record Pin
{
    /// <summary>The wordings that it is for, each alone.</summary>
    public required ImmutableArray<string> Asks { get; init; }

    public required FindTarget Find { get; init; }

    /// <summary>Why, shown beside the hit.</summary>
    public required string Reason { get; init; }

    /// <summary>The last day, or moment, that it counts.</summary>
    public required DeclaredMoment Until { get; init; }

    /// <summary>The position that decided it; empty where the line names none.</summary>
    public string Owner { get; init; } = "";

    public required string File { get; init; }

    /// <summary>Where the line starts.</summary>
    public required SourcePosition At { get; init; }

    public SourcePosition UntilAt { get; init; }

    public SourcePosition OwnerAt { get; init; }
}
