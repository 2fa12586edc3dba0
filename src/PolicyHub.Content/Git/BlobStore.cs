using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>
/// Reads blobs of one repository through at most two long-lived git processes. Safe for any number of callers at once; a
/// process that died or whose answer was abandoned is replaced by a new one.
/// </summary>
public sealed class BlobStore(GitProgram git, string gitDirectory) : IBlobStore, IDisposable
{
    private const int MostReaders = 2;

    private readonly SemaphoreSlim turns = new(MostReaders);
    private readonly ConcurrentBag<BlobReader> idle = [];
    private volatile bool disposed;

    /// <inheritdoc />
    public async Task<IReadOnlyList<byte[]?>> ReadAsync(IReadOnlyList<BlobId> blobs, int largest, CancellationToken cancellation)
    {
        var texts = new byte[]?[blobs.Count];
        await ReadEachAsync(blobs, largest, (index, text) => texts[index] = text.ToArray(), cancellation);
        return texts;
    }

    /// <summary>
    /// Calls <paramref name="read"/> for every blob that is there and not larger than <paramref name="largest"/> bytes, in order; the
    /// bytes are valid during the call only. A blob may come twice, when git died on the way.
    /// </summary>
    /// <exception cref="GitException">The store itself cannot be read.</exception>
    public async Task ReadEachAsync(IReadOnlyList<BlobId> blobs, int largest, BlobVisitor read, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (blobs.Count == 0)
        {
            return;
        }

        await turns.WaitAsync(cancellation);
        try
        {
            // An idle process may have died since it was last used; a new one gets a second try.
            if (idle.TryTake(out var used))
            {
                try
                {
                    await ReadWithAsync(used, blobs, largest, read, cancellation);
                    return;
                }
                catch (GitException) when (!cancellation.IsCancellationRequested)
                {
                    // Told by the second try if it is no accident.
                }
            }

            await ReadWithAsync(new BlobReader(git, gitDirectory), blobs, largest, read, cancellation);
        }
        finally
        {
            turns.Release();
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<long>> SizesAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation)
    {
        if (blobs.Count == 0)
        {
            return [];
        }

        var ask = Encoding.ASCII.GetBytes(string.Concat(blobs.Select(blob => blob.Hex + "\n")));
        var answers = await git.ReadTextAsync(
            new GitCall
            {
                Arguments = ["cat-file", "--batch-check=%(objectsize)", "--buffer"],
                Repository = gitDirectory,
                Input = (stream, token) => stream.WriteAsync(ask, token).AsTask(),
            },
            cancellation);
        var sizes = answers.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0)
            .ToArray();
        return sizes.Length == blobs.Count ? sizes : throw new GitException("git cat-file gave another number of answers than it was asked for.");
    }

    /// <summary>Ends the processes. Reads that are under way end by themselves.</summary>
    public void Dispose()
    {
        disposed = true;
        while (idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private async Task ReadWithAsync(BlobReader reader, IReadOnlyList<BlobId> blobs, int largest, BlobVisitor read, CancellationToken cancellation)
    {
        var whole = false;
        try
        {
            await reader.ReadAsync(blobs, largest, read, cancellation);
            whole = true;
        }
        finally
        {
            // After a failure or a cancellation answers are still in the pipe: only a new process is at a known place.
            if (whole && !disposed)
            {
                idle.Add(reader);
            }
            else
            {
                reader.Dispose();
            }
        }

        if (disposed && idle.TryTake(out var late))
        {
            late.Dispose();
        }
    }
}

/// <summary>Takes one blob: its place in the list asked for, and its bytes, valid during the call only.</summary>
public delegate void BlobVisitor(int index, ReadOnlySpan<byte> text);
