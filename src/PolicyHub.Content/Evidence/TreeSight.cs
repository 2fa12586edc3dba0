using System.Collections.Immutable;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Evidence;

/// <summary>
/// Decides whether a tree may go into a pack: it names its siblings, so only where the reader may see each of them. A folder may be seen where
/// something in it may; what stands in the repository outside the library is for nobody.
/// </summary>
internal sealed class TreeSight(AccessToday access, string folder, string format, GitObjects objects)
{
    /// <summary>Deeper folders than anybody makes; what lies below is not seen.</summary>
    private const int Deepest = 64;

    private readonly Dictionary<(string Tree, string Place), bool> known = [];

    /// <param name="place">The folder that the tree is, from the root of the repository; empty: the root.</param>
    /// <exception cref="GitException">git failed.</exception>
    public async Task<bool> MaySeeAllAsync(string place, ImmutableArray<TreeEntry> entries, CancellationToken cancellation)
    {
        if (InLibrary(place) is not { } inside)
        {
            // Above the library: the way to it, and nothing beside.
            return entries.Length == 1;
        }

        if (!access.IsAnythingHidden)
        {
            return true;
        }

        foreach (var entry in entries)
        {
            if (!await MaySeeAsync(entry, Join(inside, entry.Name), 0, cancellation))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> MaySeeAsync(TreeEntry entry, string path, int depth, CancellationToken cancellation)
    {
        if (!entry.IsText || !LibraryPath.TryParse(path, out var parsed))
        {
            return false;
        }

        if (!entry.IsFolder)
        {
            return access.MaySeeName(parsed);
        }

        if (known.TryGetValue((entry.Id, path), out var seen))
        {
            return seen;
        }

        seen = false;
        if (depth < Deepest && await objects.ReadAsync(entry.Id, cancellation) is { Type: "tree" } tree)
        {
            foreach (var inner in GitObjectText.ReadTree(tree.Content, format) ?? [])
            {
                if (await MaySeeAsync(inner, Join(path, inner.Name), depth + 1, cancellation))
                {
                    seen = true;
                    break;
                }
            }
        }

        return known[(entry.Id, path)] = seen;
    }

    /// <summary>The place as the library counts it; null outside.</summary>
    private string? InLibrary(string place) =>
        folder.Length == 0 || place == folder ? place[folder.Length..]
        : place.StartsWith(folder + "/", StringComparison.Ordinal) ? place[(folder.Length + 1)..]
        : null;

    private static string Join(string place, string name) => place.Length == 0 ? name : $"{place}/{name}";
}
