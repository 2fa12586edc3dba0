using System.Collections.Immutable;

namespace PolicyHub.Content.Approvals;

/// <summary>One question that a change has to pass: so many of these positions say yes.</summary>
public sealed record ApprovalStep
{
    /// <summary>From 1, without gaps. Steps of one order are asked at the same time, the next once all of them have their yes.</summary>
    public required int Order { get; init; }

    /// <summary>Slugs of positions in ordinal order, each once; a yes of whoever holds any of them counts. Never empty.</summary>
    public required ImmutableArray<string> Positions { get; init; }

    /// <summary>How many people say yes, at least; from 1 to the number of positions.</summary>
    public required int Need { get; init; }

    /// <summary>The sections for which it is asked, each as <c>PATH#ANCHOR</c>, in ordinal order; empty: for documents as a whole.</summary>
    public ImmutableArray<string> Sections { get; init; } = [];

    /// <summary>What of the change it answers for, in ordinal order; never empty. The yes itself is always to the whole change.</summary>
    public required ImmutableArray<LibraryPath> Paths { get; init; }
}
