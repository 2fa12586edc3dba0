using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Evidence;

/// <summary>
/// Writes a pack as a ZIP file, entry by entry, to a stream that need not seek. The same pack gives the same bytes: names in the order of their
/// bytes with the sums last, every date that of the pack's instant, nothing compressed, as compressors differ from one version to the next.
/// </summary>
public static class PackWriter
{
    // What the dates of a ZIP file can hold.
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2107, 12, 31, 23, 59, 58, TimeSpan.Zero);

    /// <summary>The permissions of an ordinary file, readable by all, where Unix keeps them.</summary>
    private const int OrdinaryFile = (0x8000 | 0x1A4) << 16;

    /// <exception cref="GitException">The repository cannot be read; what was written is no whole file.</exception>
    /// <exception cref="IOException">The stream takes no more.</exception>
    public static async Task WriteAsync(EvidencePack pack, LibraryRepository repository, Stream output, CancellationToken cancellation)
    {
        using var contents = new PackContents(pack, repository);
        var stamp = Stamp(pack.List.At);
        var sums = new StringBuilder();
        await using var buffer = new Outlet();

        // The archive writes at once and without waiting, so into memory; from there it goes out after each entry.
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var entry in await contents.EntriesAsync(cancellation))
            {
                var bytes = await entry.Read(cancellation);
                sums.Append(Convert.ToHexStringLower(SHA256.HashData(bytes))).Append("  ").Append(entry.Name).Append('\n');
                Add(archive, entry.Name, bytes, stamp);
                await buffer.FlushToAsync(output, cancellation);
            }

            Add(archive, PackList.SumsName, Encoding.UTF8.GetBytes(sums.ToString()), stamp);
        }

        await buffer.FlushToAsync(output, cancellation);
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes, DateTimeOffset stamp)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = stamp;
        entry.ExternalAttributes = OrdinaryFile;
        using var stream = entry.Open();
        stream.Write(bytes);
    }

    /// <summary>In UTC and to the even second, as the format has no zone and no odd one.</summary>
    private static DateTimeOffset Stamp(DateTimeOffset at)
    {
        var utc = at.ToUniversalTime();
        return utc < Earliest ? Earliest : utc > Latest ? Latest : new DateTimeOffset(utc.Ticks - (utc.Ticks % TimeSpan.FromSeconds(2).Ticks), TimeSpan.Zero);
    }

    /// <summary>Takes writes into memory and hands them on; it knows its place and cannot go back.</summary>
    private sealed class Outlet : MemoryStream
    {
        private long handedOn;

        public override bool CanSeek => false;

        public override long Position
        {
            get => handedOn + base.Position;
            set => throw new NotSupportedException();
        }

        public async Task FlushToAsync(Stream output, CancellationToken cancellation)
        {
            await output.WriteAsync(GetBuffer().AsMemory(0, (int)base.Position), cancellation);
            await output.FlushAsync(cancellation);
            handedOn += base.Position;
            base.Position = 0;
        }
    }
}
