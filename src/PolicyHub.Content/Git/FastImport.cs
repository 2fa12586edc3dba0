namespace PolicyHub.Content.Git;

/// <summary>Writes commits by one <c>git fast-import</c>, in the format of git-fast-import(1).</summary>
internal static class FastImport
{
    /// <summary>Feeds a stream, which ends with <c>done</c>: one that breaks off is an error, not a short history.</summary>
    /// <returns>What it answered, such as the commit of a mark.</returns>
    /// <exception cref="GitException">git failed; no ref has moved.</exception>
    public static Task<string> RunAsync(GitProgram git, string gitDirectory, ReadOnlyMemory<byte> stream, CancellationToken cancellation) =>
        git.ReadTextAsync(
            new GitCall
            {
                // Without --force a ref that moved meanwhile to something else is left alone, and that is an error.
                Arguments = ["fast-import", "--quiet", "--done", "--date-format=raw"],
                Repository = gitDirectory,
                Input = (input, token) => input.WriteAsync(stream, token).AsTask(),
            },
            cancellation);

    /// <summary>A path of the library as the stream names it. It holds no control character and no backslash, so only the quote itself needs an escape.</summary>
    public static string Quote(string path) => $"\"{path.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
