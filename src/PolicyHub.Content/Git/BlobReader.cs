using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>
/// One <c>git cat-file --batch-command</c>. Requests are sent many at a time; sizes are asked first, so that a blob over the
/// limit is never read. Used by one caller at a time; after an exception it is of no more use.
/// </summary>
internal sealed class BlobReader : IDisposable
{
    // Large enough that waiting for git does not count, small enough that a time limit for each means something.
    private const int ChunkSize = 1024;

    private readonly Process process;
    private readonly GitOutput output;
    private readonly TimeSpan timeLimit;

    public BlobReader(GitProgram git, string gitDirectory)
    {
        process = git.Start(new GitCall { Arguments = ["cat-file", "--batch-command", "--buffer"], Repository = gitDirectory });
        output = new GitOutput(process.StandardOutput.BaseStream);
        timeLimit = git.Settings.TimeLimit;
    }

    public async Task ReadAsync(IReadOnlyList<BlobId> blobs, int largest, BlobVisitor read, CancellationToken cancellation)
    {
        try
        {
            for (var first = 0; first < blobs.Count; first += ChunkSize)
            {
                await ReadChunkAsync(blobs, first, Math.Min(ChunkSize, blobs.Count - first), largest, read, cancellation);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Without the caller's wish it is the time limit that ended git.
            cancellation.ThrowIfCancellationRequested();
            throw new GitException($"git cat-file ended while texts were read: {await WhyAsync()}", failure);
        }
    }

    public void Dispose()
    {
        GitProgram.End(process);
        process.Dispose();
    }

    private async Task ReadChunkAsync(IReadOnlyList<BlobId> blobs, int first, int count, int largest, BlobVisitor read, CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(timeLimit);
        await using var ending = timer.Token.Register(() => GitProgram.End(process));

        var wanted = new List<int>(count);
        for (var index = first; index < first + count; index++)
        {
            if (IsObjectName(blobs[index].Hex))
            {
                wanted.Add(index);
            }
        }

        await SendAsync("info ", blobs, wanted, timer.Token);
        var present = new List<int>(wanted.Count);
        foreach (var index in wanted)
        {
            if (await ReadHeaderAsync(timer.Token) is { } size && size <= largest)
            {
                present.Add(index);
            }
        }

        await SendAsync("contents ", blobs, present, timer.Token);
        foreach (var index in present)
        {
            var size = await ReadHeaderAsync(timer.Token) ?? throw new EndOfStreamException($"git no longer gives {blobs[index]}.");
            var text = await output.ReadExactlyAsync((int)size + 1, timer.Token);
            read(index, text.Span[..^1]);
        }
    }

    private async Task SendAsync(string command, IReadOnlyList<BlobId> blobs, List<int> indexes, CancellationToken cancellation)
    {
        if (indexes.Count == 0)
        {
            return;
        }

        // git gathers commands until the flush and answers only then, so it never waits for us to read while we write.
        var requests = new ArrayBufferWriter<byte>(indexes.Count * 80);
        foreach (var index in indexes)
        {
            Encoding.ASCII.GetBytes(command, requests);
            Encoding.ASCII.GetBytes(blobs[index].Hex, requests);
            requests.Write("\n"u8);
        }

        requests.Write("flush\n"u8);
        await process.StandardInput.BaseStream.WriteAsync(requests.WrittenMemory, cancellation);
        await process.StandardInput.BaseStream.FlushAsync(cancellation);
    }

    /// <summary><c>NAME TYPE SIZE</c> or <c>NAME missing</c>; the size, or null for what is no blob.</summary>
    private async Task<long?> ReadHeaderAsync(CancellationToken cancellation)
    {
        var line = await output.ReadUntilAsync((byte)'\n', cancellation) ?? throw new EndOfStreamException("git's output ended too early.");
        return Size(line.Span);

        static long? Size(ReadOnlySpan<byte> line)
        {
            var space = line.IndexOf((byte)' ');
            var rest = line[(space + 1)..];
            return rest.StartsWith("blob "u8) && long.TryParse(rest["blob "u8.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                ? size
                : null;
        }
    }

    private static bool IsObjectName(string? name)
    {
        if (name is not { Length: 40 or 64 })
        {
            return false;
        }

        foreach (var letter in name)
        {
            if (!char.IsAsciiHexDigitLower(letter))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<string> WhyAsync()
    {
        GitProgram.End(process);
        try
        {
            // The process has ended, so this comes to its end at once; git writes little there.
            var text = await process.StandardError.ReadToEndAsync();
            return text.Contains("unknown option", StringComparison.Ordinal)
                ? "this git is too old; install 2.36 or later"
                : text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "it gave no reason";
        }
        catch (IOException)
        {
            return "it gave no reason";
        }
    }
}
