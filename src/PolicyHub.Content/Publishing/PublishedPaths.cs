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
        var ask = Encoding.UTF8.GetBytes(string.Concat(asked.Select(path => $"{commit}:{path}\n")));
        var answers = (await repository.Git.ReadTextAsync(
            new GitCall
            {
                Arguments = ["cat-file", "--batch-check=%(objecttype) %(objectname)", "--buffer"],
                Repository = repository.GitDirectory,
                Input = (stream, token) => stream.WriteAsync(ask, token).AsTask(),
            },
            cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (answers.Length != asked.Count)
        {
            throw new GitException("git cat-file gave another number of answers than it was asked for.");
        }

        var there = asked.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return [.. bases.Where(pair => IsMoved(repository.PathInRepository(pair.Key), pair.Value, there)).Select(pair => pair.Key).Order()];
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
