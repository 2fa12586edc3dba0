namespace PolicyHub.Content.Git;

/// <summary>Reads the bytes that git writes, piece by piece, through one buffer that grows to the largest piece.</summary>
internal sealed class GitOutput(Stream stream)
{
    private byte[] buffer = new byte[128 * 1024];
    private int start;
    private int end;

    /// <summary>The bytes up to a delimiter, without it; null at the end. They are valid until the next call.</summary>
    /// <exception cref="EndOfStreamException">The output ends within a piece.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadUntilAsync(byte delimiter, CancellationToken cancellation)
    {
        var searched = 0;
        while (true)
        {
            var found = buffer.AsSpan(start + searched, end - start - searched).IndexOf(delimiter);
            if (found >= 0)
            {
                var piece = buffer.AsMemory(start, searched + found);
                start += searched + found + 1;
                return piece;
            }

            searched = end - start;
            if (!await FillAsync(cancellation))
            {
                return searched == 0 ? null : throw new EndOfStreamException("git's output ended too early.");
            }
        }
    }

    /// <summary>Exactly so many bytes; valid until the next call.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadExactlyAsync(int count, CancellationToken cancellation)
    {
        while (end - start < count)
        {
            if (!await FillAsync(cancellation))
            {
                throw new EndOfStreamException("git's output ended too early.");
            }
        }

        var piece = buffer.AsMemory(start, count);
        start += count;
        return piece;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var count = await stream.ReadAsync(buffer.AsMemory(end), cancellation);
        end += count;
        return count > 0;
    }
}
