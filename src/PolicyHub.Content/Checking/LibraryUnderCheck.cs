using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Checking;

/// <summary>A document with its body rendered, and what was wrong with it by itself.</summary>
/// <param name="Problems">From reading it; those of the body stand in <paramref name="Rendered"/>.</param>
public sealed record CheckedDocument(Document Document, RenderedBody Rendered, ImmutableArray<Problem> Problems)
{
    public string File => Document.Path.Value;

    /// <summary>What is wrong with what it says, whatever else the library holds: found once, as it is asked for with every key that an author of another document presses.</summary>
    internal IReadOnlyList<Problem> OfItself => field ??= [.. ContentChecks.OfItself(this)];

    /// <summary>The anchors of its sections.</summary>
    internal HashSet<string> Anchors => field ??= Rendered.Sections.Select(section => section.Anchor).ToHashSet(StringComparer.Ordinal);
}

/// <summary>Everything that <see cref="LibraryCheck"/> looks at: a library as it stands on disk or in an edition.</summary>
public sealed record LibraryUnderCheck
{
    public required ImmutableArray<CheckedDocument> Documents { get; init; }

    public required LibrarySettings Settings { get; init; }

    /// <summary>Every file of the library, documents included, with its size in bytes.</summary>
    public required IReadOnlyDictionary<LibraryPath, long> Files { get; init; }

    /// <summary>What owners promise that search finds.</summary>
    public ImmutableArray<Contract> Contracts { get; init; } = [];

    /// <summary>What owners put first in search, ended ones included.</summary>
    public ImmutableArray<Pin> Pins { get; init; } = [];

    /// <summary>Problems found before: of the settings, and of files that could not be read as documents.</summary>
    public ImmutableArray<Problem> FoundBefore { get; init; } = [];

    /// <summary>Ids, and paths without extension, that the library once had: what <c>replaces</c> may name although it is gone.</summary>
    public IReadOnlySet<string> KnownBefore { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>The day in the organisation's zone, for reviews that are due.</summary>
    public required DateOnly Today { get; init; }
}
