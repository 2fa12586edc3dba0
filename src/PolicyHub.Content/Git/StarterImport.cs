using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>Writes the starter history into an empty repository by one <c>git fast-import</c>.</summary>
internal static class StarterImport
{
    public static Task RunAsync(
        GitProgram git, string gitDirectory, string branchRef, ImmutableArray<StarterCommit> commits, CancellationToken cancellation) =>
        FastImport.RunAsync(git, gitDirectory, Stream(branchRef, commits), cancellation);

    private static ReadOnlyMemory<byte> Stream(string branchRef, ImmutableArray<StarterCommit> commits)
    {
        var stream = new ArrayBufferWriter<byte>();
        foreach (var commit in commits)
        {
            Text(stream, $"commit {branchRef}\n");
            Text(stream, $"author {commit.Author} {commit.GitDate}\ncommitter {commit.Author} {commit.GitDate}\n");
            Data(stream, Encoding.UTF8.GetBytes(commit.Message.TrimEnd() + "\n"));
            foreach (var (from, to) in commit.Moves)
            {
                Text(stream, $"R {FastImport.Quote(from)} {FastImport.Quote(to)}\n");
            }

            foreach (var path in commit.Deletions)
            {
                Text(stream, $"D {FastImport.Quote(path)}\n");
            }

            foreach (var (path, text) in commit.Files)
            {
                Text(stream, $"M 100644 inline {FastImport.Quote(path)}\n");
                Data(stream, text);
            }
        }

        Text(stream, "done\n");
        return stream.WrittenMemory;
    }

    private static void Text(ArrayBufferWriter<byte> stream, string text) => Encoding.UTF8.GetBytes(text, stream);

    private static void Data(ArrayBufferWriter<byte> stream, byte[] bytes)
    {
        Text(stream, string.Create(CultureInfo.InvariantCulture, $"data {bytes.Length}\n"));
        stream.Write(bytes);
        Text(stream, "\n");
    }
}
