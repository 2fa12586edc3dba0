using System.Collections.Immutable;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>The rule that what did not come through an approval is not served: where on the line it begins, and who can tell what came through one.</summary>
public sealed record HoldBack
{
    /// <summary>The fewest digits by which a commit can be named.</summary>
    public const int FewestDigits = 10;

    /// <summary>The commit of the line after which it holds, itself not included: its full name, or ten digits or more of it.</summary>
    public required string After { get; init; }

    /// <summary>
    /// Given commits of the line in one piece, oldest first, those of them that came through an approval; null: it can't be said now. What a commit says of itself proves
    /// nothing here, as whoever can push can write it.
    /// </summary>
    public required Func<IReadOnlyList<LineCommit>, CancellationToken, Task<IReadOnlySet<CommitId>?>> Confirm { get; init; }

    /// <summary>Whether a catalogue was made by this rule; a catalogue without one is by the rule null.</summary>
    internal static bool IsOf(HoldBack? rule, LibraryCatalogue catalogue) =>
        rule is null ? catalogue.HeldBack is null : catalogue.HeldBack is { } held && rule.Names(held.After);

    internal bool Names(CommitId commit) => After.Length >= FewestDigits && commit.Hex.StartsWith(After, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A commit of the published line, with what it says of itself.</summary>
public sealed record LineCommit(CommitId Id, ImmutableArray<Trailer> Trailers);

/// <summary>What is held back of a library.</summary>
/// <param name="After">The commit after which commits need an approval.</param>
/// <param name="Commits">Every commit that was not served as it came, oldest first, be it waiting or not.</param>
/// <param name="Paths">What stands on the published branch and is not served, by path.</param>
public sealed record HeldBack(CommitId After, ImmutableArray<PublishedCommit> Commits, ImmutableSortedDictionary<LibraryPath, HeldPath> Paths)
{
    /// <summary>
    /// What waits, in groups that can only be decided together: commits that changed one path, and all the paths that they changed. Oldest first.
    /// </summary>
    public ImmutableArray<HeldGroup> Groups
    {
        get
        {
            var groups = new List<(HashSet<CommitId> Commits, List<HeldPath> Paths)>();
            foreach (var path in Paths.Values)
            {
                var joined = (Commits: path.Commits.Select(commit => commit.Id).ToHashSet(), Paths: new List<HeldPath> { path });
                foreach (var other in groups.Where(group => group.Commits.Overlaps(joined.Commits)).ToList())
                {
                    joined.Commits.UnionWith(other.Commits);
                    joined.Paths.AddRange(other.Paths);
                    groups.Remove(other);
                }

                groups.Add(joined);
            }

            return
            [
                .. groups.Select(group => new HeldGroup(
                        [.. Commits.Where(commit => group.Commits.Contains(commit.Id))],
                        [.. group.Paths.OrderBy(path => path.Path)]))
                    .OrderBy(group => Commits.IndexOf(group.Commits[0])),
            ];
        }
    }
}

/// <summary>What waits together.</summary>
public sealed record HeldGroup(ImmutableArray<PublishedCommit> Commits, ImmutableArray<HeldPath> Paths)
{
    /// <summary>What names it in addresses: the first commit of it.</summary>
    public CommitId Key => Commits[0].Id;
}

/// <summary>A path at which the published branch holds something else than what is served.</summary>
/// <param name="Blob">What stands there on the branch; null: nothing.</param>
/// <param name="From">Where the document is served, as it was moved here; null: it was not.</param>
/// <param name="Commits">Those that changed it since both were the same, oldest first.</param>
public sealed record HeldPath(LibraryPath Path, BlobId? Blob, LibraryPath? From, ImmutableArray<PublishedCommit> Commits);
