using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PolicyHub.Content.Git;

/// <summary>
/// The texts of the edition served last, in <c>DATA/cache/texts-KEY.bin</c>, so that a start needs no git process to read them. Each stands
/// as git itself hashes it and is taken only where that hash is its name; any other is read from the store below, as if it were not there.
/// </summary>
public sealed class KeptTexts : IBlobStore
{
    // For each text: its name, a line feed, and the git object (“blob”, a space, its length in digits, a zero byte, its bytes).
    private static readonly byte[] Mark = "PolicyHub texts 1\n"u8.ToArray();

    private readonly IBlobStore below;
    private readonly string file;
    private readonly byte[] kept;

    // Where in the file the object of a name begins.
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    private KeptTexts(IBlobStore below, string file) => (this.below, this.file, kept) = (below, file, ReadFile(file));

    /// <summary>What is kept of a library, on top of where it is read from. Never throws for what is in the file.</summary>
    public static KeptTexts Open(string dataFolder, string key, IBlobStore below)
    {
        var texts = new KeptTexts(below, Path.Combine(dataFolder, "cache", $"texts-{key}.bin"));
        texts.FindPlaces();
        return texts;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<byte[]?>> ReadAsync(IReadOnlyList<BlobId> blobs, int largest, CancellationToken cancellation)
    {
        var texts = new byte[]?[blobs.Count];
        var missing = new List<int>();
        for (var index = 0; index < texts.Length; index++)
        {
            if (!TryRead(blobs[index].Hex, largest, out texts[index]))
            {
                missing.Add(index);
            }
        }

        if (missing.Count > 0)
        {
            var read = await below.ReadAsync(missing.ConvertAll(index => blobs[index]), largest, cancellation);
            for (var number = 0; number < missing.Count; number++)
            {
                texts[missing[number]] = read[number];
            }
        }

        return texts;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<long>> SizesAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) => below.SizesAsync(blobs, cancellation);

    /// <summary>Keeps exactly these texts for the next start, those over <paramref name="largest"/> bytes left out; writes nothing where they are kept already.</summary>
    /// <exception cref="GitException">The store below cannot be read.</exception>
    /// <exception cref="IOException">The disk is full. Nothing is lost but the next start's time.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public async Task KeepAsync(IReadOnlySet<BlobId> blobs, int largest, CancellationToken cancellation)
    {
        var wanted = blobs.ToList();
        if (places.Count == wanted.Count && wanted.TrueForAll(blob => TryRead(blob.Hex, largest, out _)))
        {
            return;
        }

        var texts = await ReadAsync(wanted, largest, cancellation);
        AtomicFile.Write(file, stream =>
        {
            stream.Write(Mark);
            for (var index = 0; index < wanted.Count; index++)
            {
                if (texts[index] is { } text)
                {
                    stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{wanted[index].Hex}\nblob {text.Length}\0")));
                    stream.Write(text);
                }
            }
        });
    }

    private static byte[] ReadFile(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllBytes(file) : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Goes through the file as far as it makes sense.</summary>
    private void FindPlaces()
    {
        if (!kept.AsSpan().StartsWith(Mark))
        {
            return;
        }

        for (var start = Mark.Length; start < kept.Length;)
        {
            var length = kept.AsSpan(start).IndexOf((byte)'\n');
            if (length is not (40 or 64) || !TryFindText(start + length + 1, out var text))
            {
                return;
            }

            places[Encoding.ASCII.GetString(kept, start, length)] = start + length + 1;
            start = text.End.Value;
        }
    }

    /// <summary>Where the bytes of the object at a place stand, if there may be one.</summary>
    private bool TryFindText(int place, out Range text)
    {
        var rest = kept.AsSpan(place);
        var end = rest.IndexOf((byte)0);
        text = default;
        if (end < 0 || !rest.StartsWith("blob "u8) || !int.TryParse(rest["blob ".Length..end], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > rest.Length - end - 1)
        {
            return false;
        }

        text = (place + end + 1)..(place + end + 1 + length);
        return true;
    }

    /// <returns>Whether it is kept whole; the text is null where it is larger than asked.</returns>
    private bool TryRead(string? name, int largest, out byte[]? text)
    {
        text = null;
        if (name is null || !places.TryGetValue(name, out var place) || !TryFindText(place, out var found)
            || !HashOf(kept.AsSpan(place, found.End.Value - place), name.Length).Equals(name, StringComparison.Ordinal))
        {
            return false;
        }

        text = found.End.Value - found.Start.Value <= largest ? kept[found] : null;
        return true;
    }

#pragma warning disable CA5350 // Not our choice: it is how git names a text in most repositories.
    private static string HashOf(ReadOnlySpan<byte> gitObject, int digits) =>
        Convert.ToHexStringLower(digits == 40 ? SHA1.HashData(gitObject) : SHA256.HashData(gitObject));
#pragma warning restore CA5350
}
