namespace PolicyHub.Content.Git;

/// <summary>What changed from one text of a repository to another, as <c>git diff</c> writes it.</summary>
public static class TextDiff
{
    /// <summary>Bytes; a longer one is left out.</summary>
    public const int Longest = 4 * 1024 * 1024;

    /// <summary>
    /// The unified diff with three lines around each change; every option that a configuration could set otherwise is given outright.
    /// Null where it is longer than <see cref="Longest"/>.
    /// </summary>
    /// <param name="before">A commit and a path in it, from the root of the repository.</param>
    /// <param name="after">As <paramref name="before"/>.</param>
    /// <exception cref="GitException">git failed or took too long.</exception>
    public static async Task<byte[]?> ReadAsync(
        LibraryRepository repository, (CommitId Commit, string Path) before, (CommitId Commit, string Path) after, CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        var isTooLong = false;
        await repository.Git.RunAsync(
            new GitCall
            {
                Arguments =
                [
                    "diff", "--unified=3", "--inter-hunk-context=0", "--diff-algorithm=myers", "--indent-heuristic", "--src-prefix=a/", "--dst-prefix=b/",
                    "--full-index", "--no-renames", "--text", "--no-color", "--no-ext-diff", "--no-textconv", "--ws-error-highlight=none", "--end-of-options",
                    $"{before.Commit.Hex}:{before.Path}", $"{after.Commit.Hex}:{after.Path}", "--",
                ],
                Repository = repository.GitDirectory,
                Output = async (stream, token) =>
                {
                    var buffer = new byte[64 * 1024];
                    while (await stream.ReadAsync(buffer, token) is var count and > 0)
                    {
                        isTooLong |= text.Length + count > Longest;
                        text.Write(buffer, 0, isTooLong ? 0 : count);
                    }
                },
            },
            cancellation);
        return isTooLong ? null : text.ToArray();
    }
}
