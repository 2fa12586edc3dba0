using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>Writes the starter history into an empty repository by one <c>git fast-import</c>.</summary>
internal static class StarterImport
{
    public static Task RunAsync(
        GitProgram git, string gitDirectory, string branchRef, ImmutableArray<StarterCommit> commits, CancellationToken cancellation) =>
        git.RunAsync(
            new GitCall
            {
                // One pack instead of loose files; a stream without its closing “done” is an error, not a short history.
                Arguments = ["-c", "fastimport.unpackLimit=0", "fast-import", "--quiet", "--done", "--date-format=raw"],
                Repository = gitDirectory,
                Input = (stream, token) => WriteAsync(stream, branchRef, commits, token),
            },
            cancellation);

    private static async Task WriteAsync(Stream stream, string branchRef, ImmutableArray<StarterCommit> commits, CancellationToken cancellation)
    {
        // Not disposed: the stream below is closed by whoever opened it.
        var buffered = new BufferedStream(stream, 128 * 1024);
        foreach (var commit in commits)
        {
            await TextAsync(buffered, $"commit {branchRef}\n", cancellation);
            await TextAsync(buffered, $"author {commit.Author} {commit.GitDate}\ncommitter {commit.Author} {commit.GitDate}\n", cancellation);
            await DataAsync(buffered, Encoding.UTF8.GetBytes(commit.Message.TrimEnd() + "\n"), cancellation);
            foreach (var (from, to) in commit.Moves)
            {
                await TextAsync(buffered, $"R {Quote(from)} {Quote(to)}\n", cancellation);
            }

            foreach (var path in commit.Deletions)
            {
                await TextAsync(buffered, $"D {Quote(path)}\n", cancellation);
            }

            foreach (var (path, text) in commit.Files)
            {
                await TextAsync(buffered, $"M 100644 inline {Quote(path)}\n", cancellation);
                await DataAsync(buffered, text, cancellation);
            }
        }

        await TextAsync(buffered, "done\n", cancellation);
        await buffered.FlushAsync(cancellation);
    }

    private static ValueTask TextAsync(Stream stream, string text, CancellationToken cancellation) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);

    private static async ValueTask DataAsync(Stream stream, byte[] bytes, CancellationToken cancellation)
    {
        await TextAsync(stream, string.Create(CultureInfo.InvariantCulture, $"data {bytes.Length}\n"), cancellation);
        await stream.WriteAsync(bytes, cancellation);
        await TextAsync(stream, "\n", cancellation);
    }

    /// <summary>A library path holds no control character and no backslash, so only the quote itself needs an escape.</summary>
    private static string Quote(string path) => $"\"{path.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
