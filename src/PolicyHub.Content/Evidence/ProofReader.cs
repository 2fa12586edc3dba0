using System.Collections.Immutable;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Evidence;

/// <summary>The way from a commit to a blob, as the objects of a repository say it.</summary>
/// <param name="Trees">From the root to the folder of the file.</param>
/// <param name="Blob">What stands at the end of the way; null where nothing does.</param>
internal sealed record Proof(string Commit, CommitHeader Header, ImmutableArray<ProofTree> Trees, string? Blob);

/// <param name="Place">The folder that it is, from the root of the repository; empty: the root.</param>
internal sealed record ProofTree(string Place, string Id);

/// <summary>Gives an object by its name, from a repository or from a pack; null where there is none.</summary>
internal delegate Task<GitObject?> ObjectSource(string id, CancellationToken cancellation);

/// <summary>Walks from commits to blobs.</summary>
internal sealed class ProofReader(ObjectSource read, string format)
{
    private readonly Dictionary<string, CommitHeader?> commits = [];

    /// <summary>The way; null where there is no such commit. It ends early where the path does.</summary>
    /// <param name="visit">Is given each tree on the way with its entries; null: nobody asks.</param>
    /// <exception cref="GitException">git failed.</exception>
    public async Task<Proof?> ReadAsync(
        string commit, string place, Func<string, string, ImmutableArray<TreeEntry>, Task>? visit, CancellationToken cancellation)
    {
        if (!commits.TryGetValue(commit, out var header))
        {
            header = await read(commit, cancellation) is { Type: "commit" } found ? GitObjectText.ReadCommit(found.Content) : null;
            commits.Add(commit, header);
        }

        if (header is null)
        {
            return null;
        }

        var trees = ImmutableArray.CreateBuilder<ProofTree>();
        var next = header.Tree;
        var names = place.Split('/');
        for (var depth = 0; depth < names.Length; depth++)
        {
            if (await read(next, cancellation) is not { Type: "tree" } tree || GitObjectText.ReadTree(tree.Content, format) is not { } entries)
            {
                return new Proof(commit, header, trees.ToImmutable(), null);
            }

            var at = string.Join('/', names[..depth]);
            trees.Add(new ProofTree(at, next));
            if (visit is not null)
            {
                await visit(at, next, entries);
            }

            var isFile = depth == names.Length - 1;
            next = entries.FirstOrDefault(entry => entry.IsText && entry.Name == names[depth] && entry.IsFolder != isFile).Id;
            if (next is null)
            {
                return new Proof(commit, header, trees.ToImmutable(), null);
            }
        }

        return new Proof(commit, header, trees.ToImmutable(), next);
    }
}
