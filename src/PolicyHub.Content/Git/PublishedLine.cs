using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>Questions about the first-parent line of the published branch.</summary>
public static class PublishedLine
{
    /// <summary>Whether a commit lies on the line that ends at a head; false as well for a commit that is not there at all.</summary>
    /// <exception cref="GitException">git failed or took too long.</exception>
    public static async Task<bool> HoldsAsync(LibraryRepository repository, CommitId head, CommitId commit, CancellationToken cancellation)
    {
        if (head == commit)
        {
            return true;
        }

        var found = false;
        await ReadAsync(repository, head, line => found |= line == commit.Hex, cancellation);
        return found;
    }

    /// <summary>The commits of the line that ends at a head; the head itself is one.</summary>
    /// <exception cref="GitException">git failed or took too long.</exception>
    public static async Task<IReadOnlySet<string>> ReadAsync(LibraryRepository repository, CommitId head, CancellationToken cancellation)
    {
        var line = new HashSet<string>(StringComparer.Ordinal);
        await ReadAsync(repository, head, commit => line.Add(commit), cancellation);
        return line;
    }

    private static Task<int> ReadAsync(LibraryRepository repository, CommitId head, Action<string> visit, CancellationToken cancellation) =>
        repository.Git.RunAsync(
            new GitCall
            {
                Arguments = ["rev-list", "--first-parent", head.Hex],
                Repository = repository.GitDirectory,
                Output = async (stream, token) =>
                {
                    // Read to its end, so that git ends by itself.
                    using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                    while (await reader.ReadLineAsync(token) is { } line)
                    {
                        visit(line);
                    }
                },
            },
            cancellation);

    /// <summary>Whether a commit and all that it leads to can be read: what a branch has left may have been collected, in part or wholly.</summary>
    /// <exception cref="GitException">git took too long.</exception>
    public static async Task<bool> IsWholeAsync(LibraryRepository repository, CommitId commit, CancellationToken cancellation) =>
        await repository.Git.RunAsync(
            new GitCall { Arguments = ["rev-list", "--quiet", "--objects", commit.Hex, "--"], Repository = repository.GitDirectory, Answers = [1, 128] },
            cancellation) == 0;
}
