using PolicyHub.Content.Problems;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Checking;

/// <summary>A line of <c>search-contracts.yml</c>: who asks this must find that among the first so many documents.</summary>
public sealed record Contract
{
    /// <summary>The question in callers' words.</summary>
    public required string Ask { get; init; }

    public required FindTarget Find { get; init; }

    /// <summary>The last place that the document may have, from 1.</summary>
    public required int Top { get; init; }

    /// <summary>The audience that the search is narrowed to; null: it is not.</summary>
    public string? Audience { get; init; }

    /// <summary>The position that is told when it fails; empty where the line names none.</summary>
    public string Owner { get; init; } = "";

    public required string File { get; init; }

    /// <summary>Where the line starts.</summary>
    public required SourcePosition At { get; init; }

    public SourcePosition AudienceAt { get; init; }

    public SourcePosition OwnerAt { get; init; }
}
