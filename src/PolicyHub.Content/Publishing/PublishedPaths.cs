using System.Collections.Immutable;
using System.Text;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>Compares what a change is based on with what a commit holds.</summary>
internal static class PublishedPaths
{
    /// <summary>The paths that hold another text than they should, or can't be written since a file stands where a folder would have to.</summary>
    /// <exception cref="GitException">git failed or took too long.</exception>
    public static async Task<ImmutableArray<LibraryPath>> MovedAsync(
        LibraryRepository repository, CommitId commit, IReadOnlyDictionary<LibraryPath, BlobId?> bases, CancellationToken cancellation)
    {
        var asked = bases.Keys.SelectMany(path => WithFolders(repository.PathInRepository(path))).Distinct(StringComparer.Ordinal).ToList();
        var there = await AskAsync(repository, commit, asked, cancellation);
        return [.. bases.Where(pair => IsMoved(repository.PathInRepository(pair.Key), pair.Value, there)).Select(pair => pair.Key).Order()];
    }

    /// <summary>What a commit holds at paths; null: no file.</summary>
    /// <exception cref="GitException">git failed or took too long.</exception>
    public static async Task<ImmutableArray<(LibraryPath Path, BlobId? Blob)>> BlobsAsync(
        LibraryRepository repository, CommitId commit, IReadOnlyCollection<LibraryPath> paths, CancellationToken cancellation)
    {
        var there = await AskAsync(repository, commit, [.. paths.Select(repository.PathInRepository).Distinct(StringComparer.Ordinal)], cancellation);
        return [.. paths.Select(path => (path, there[repository.PathInRepository(path)] is ['b', 'l', 'o', 'b', ' ', .. var name] ? (BlobId?)new BlobId(name) : null))];
    }

    private static async Task<Dictionary<string, string>> AskAsync(LibraryRepository repository, CommitId commit, List<string> asked, CancellationToken cancellation)
    {
        var ask = Encoding.UTF8.GetBytes(string.Concat(asked.Select(path => $"{commit}:{path}\n")));
        var answers = (await repository.Git.ReadTextAsync(
            new GitCall
            {
                Arguments = ["cat-file", "--batch-check=%(objecttype) %(objectname)", "--buffer"],
                Repository = repository.GitDirectory,
                Input = (stream, token) => stream.WriteAsync(ask, token).AsTask(),
            },
            cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return answers.Length == asked.Count
            ? asked.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)
            : throw new GitException("git cat-file gave another number of answers than it was asked for.");
    }

    private static bool IsMoved(string path, BlobId? wanted, Dictionary<string, string> there)
    {
        // What is not there is answered by its own name and “missing”.
        var holds = there[path].EndsWith(" missing", StringComparison.Ordinal) ? "" : there[path];
        return holds != (wanted is { } blob ? $"blob {blob}" : "")
            || WithFolders(path).Skip(1).Any(folder => !there[folder].EndsWith(" missing", StringComparison.Ordinal) && !there[folder].StartsWith("tree ", StringComparison.Ordinal));
    }

    /// <summary>The path, then every folder above it.</summary>
    private static IEnumerable<string> WithFolders(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..end];
        }
    }
}
