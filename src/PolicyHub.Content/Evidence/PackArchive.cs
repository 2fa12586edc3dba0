using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.IO.Compression;

namespace PolicyHub.Content.Evidence;

/// <summary>
/// A ZIP file from anybody, read as a pack: nothing is written to disk, sizes it claims are not believed, and what is over a limit or has
/// a name that no pack has is told and left alone.
/// </summary>
internal sealed class PackArchive : IDisposable
{
    /// <summary>Bytes of one file of a pack, unpacked.</summary>
    public const int LargestFile = 96 * 1024 * 1024;

    private const long LargestTotal = 8L * 1024 * 1024 * 1024;
    private const int MostFiles = 300_000;
    private const int LargestDirectory = 64 * 1024 * 1024;

    private static readonly string[] Folders = [PackList.DocumentsFolder, PackList.AttachmentsFolder, PackList.ObjectsFolder];
    private static readonly string[] Files = [PackList.Name, PackList.ProofName, PackList.VerifyName, PackList.SumsName];

    private readonly ZipArchive archive;
    private readonly FrozenDictionary<string, ZipArchiveEntry> entries;
    private readonly HashSet<string> counted = new(StringComparer.Ordinal);
    private long total;

    private PackArchive(ZipArchive zip, Dictionary<string, ZipArchiveEntry> files) => (archive, entries) = (zip, files.ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>In the order of their bytes.</summary>
    public ImmutableArray<string> Names => [.. entries.Keys.Order(StringComparer.Ordinal)];

    public bool Holds(string name) => entries.ContainsKey(name);

    /// <summary>Opens a file that can seek.</summary>
    /// <param name="tell">Takes each entry that is not taken, as a sentence.</param>
    /// <exception cref="InvalidDataException">It is no ZIP file, or one that no pack is like; the message is the end of a sentence that begins “it is”.</exception>
    public static PackArchive Open(Stream file, Action<string> tell)
    {
        CheckDirectory(file);
        var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, System.Text.Encoding.UTF8);
        try
        {
            if (zip.Entries.Count > MostFiles)
            {
                throw new InvalidDataException($"a ZIP file of more than {MostFiles} entries");
            }

            var files = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries)
            {
                // A folder, as some programs write it, holds nothing.
                if (entry.FullName.EndsWith('/') && entry.Length == 0)
                {
                    continue;
                }

                if (!IsOfPack(entry.FullName))
                {
                    tell($"“{entry.FullName}” is no file of an evidence pack.");
                }
                else if (!files.TryAdd(entry.FullName, entry))
                {
                    tell($"“{entry.FullName}” is there twice.");
                }
            }

            return new PackArchive(zip, files);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>The content of a file; null, and why, where it cannot be read or is over a limit.</summary>
    public byte[]? Read(string name, out string? why)
    {
        why = null;
        if (!entries.TryGetValue(name, out var entry))
        {
            why = "it is missing";
            return null;
        }

        try
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            var isNew = !counted.Contains(name);
            while (stream.Read(buffer) is var count and > 0)
            {
                var isTooMuch = isNew && total + bytes.Length + count > LargestTotal;
                if (isTooMuch || bytes.Length + count > LargestFile)
                {
                    why = isTooMuch ? "with the files before it, it is larger than a pack may be" : "it is larger than a file of a pack may be";
                    return null;
                }

                bytes.Write(buffer, 0, count);
            }

            total += counted.Add(name) ? bytes.Length : 0;
            return bytes.ToArray();
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException)
        {
            why = "it cannot be unpacked";
            return null;
        }
    }

    public void Dispose() => archive.Dispose();

    private static bool IsOfPack(string name) => Files.Contains(name)
        || Folders.Any(folder => name.StartsWith(folder, StringComparison.Ordinal) && LibraryPath.TryParse(name[folder.Length..], out _));

    /// <summary>
    /// Looks how large the directory at the end of the file is before all of it is taken into memory. Positions by APPNOTE.TXT 4.3.14 to 4.3.16, the
    /// format's own description.
    /// </summary>
    private static void CheckDirectory(Stream file)
    {
        const int EndLength = 22;
        const int LocatorLength = 20;
        var length = (int)Math.Min(file.Length, EndLength + LocatorLength + ushort.MaxValue);
        var tail = new byte[length];
        file.Position = file.Length - length;
        file.ReadExactly(tail);
        file.Position = 0;
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < EndLength)
        {
            throw new InvalidDataException("no ZIP file");
        }

        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (start == uint.MaxValue && end >= LocatorLength && tail.AsSpan(end - LocatorLength).StartsWith("PK\x06\x07"u8))
        {
            var second = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - LocatorLength + 8));
            if (second < 0 || second > file.Length - 56)
            {
                throw new InvalidDataException("a ZIP file with a broken directory");
            }

            var record = new byte[56];
            file.Position = second;
            file.ReadExactly(record);
            file.Position = 0;
            start = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48));
        }

        if (start < 0 || start > file.Length || file.Length - start > LargestDirectory)
        {
            throw new InvalidDataException("a ZIP file with a directory that is broken or larger than any pack’s");
        }
    }
}
