using System.Security.Cryptography;
using System.Text;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>
/// Keeps a catalogue on disk from one start to the next: <c>DATA/cache/catalogue-KEY.bin</c>, written aside and renamed. It is derived:
/// any doubt (another format, another library, a wrong checksum, a file cut short) and it is as if there were none.
/// </summary>
public static class CatalogueCache
{
    // Raise it whenever what is written, or a rule of the catalogue, changes.
    private const int Format = 4;
    private const int HashLength = 32;

    private static readonly byte[] Mark = Encoding.ASCII.GetBytes($"PolicyHub catalogue {Format}\n");

    /// <summary>The catalogue that was saved for this library; null when there is none to trust. Never throws for what is in the file.</summary>
    public static LibraryCatalogue? Load(string dataFolder, string key)
    {
        try
        {
            var bytes = File.ReadAllBytes(FileOf(dataFolder, key));
            var start = Mark.Length + HashLength;
            if (bytes.Length < start || !bytes.AsSpan().StartsWith(Mark)
                || !SHA256.HashData(bytes.AsSpan(start)).AsSpan().SequenceEqual(bytes.AsSpan(Mark.Length, HashLength)))
            {
                return null;
            }

            using var reader = new CatalogueBinaryReader(new MemoryStream(bytes, start, bytes.Length - start, writable: false));
            return reader.Read(key);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Saves a catalogue; a reader sees the old one or this one, never a part.</summary>
    /// <exception cref="IOException">The disk is full. Nothing is lost but the next start's time.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public static void Save(string dataFolder, string key, LibraryCatalogue catalogue)
    {
        using var payload = new MemoryStream();
        using (var writer = new CatalogueBinaryWriter(payload))
        {
            writer.Write(key, catalogue);
        }

        AtomicFile.Write(FileOf(dataFolder, key), stream =>
        {
            var content = payload.GetBuffer().AsSpan(0, (int)payload.Length);
            stream.Write(Mark);
            stream.Write(SHA256.HashData(content));
            stream.Write(content);
        });
    }

    private static string FileOf(string dataFolder, string key) => Path.Combine(dataFolder, "cache", $"catalogue-{key}.bin");
}
