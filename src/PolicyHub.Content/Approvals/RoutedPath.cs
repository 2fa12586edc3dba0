using System.Collections.Immutable;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Approvals;

/// <summary>One path of a change, as far as it matters for who has to say yes.</summary>
/// <param name="Before">The document that is changed, at the path that it has today; null: it is new, or no document.</param>
/// <param name="After">What it becomes; null: it goes, or is no document.</param>
public sealed record RoutedPath(LibraryPath Path, Document? Before, Document? After)
{
    /// <summary>Anchors of sections with owners of their own that change; see <see cref="ChangedSections"/>.</summary>
    public ImmutableHashSet<string> Sections { get; init; } = [];
}
