using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Editions;

/// <summary>A version's text, read and rendered.</summary>
public sealed record VersionText(Document Document, RenderedBody Rendered);

/// <summary>
/// Reads the text of any version that ever was, for pages about history; those read lately are kept. It decides nothing: who may see a
/// version is asked of the edition (<see cref="Edition.MaySee"/>) before.
/// </summary>
public sealed class VersionTexts
{
    private const int Most = 200;

    private readonly Lock gate = new();
    private readonly LinkedList<((BlobId Blob, LibraryPath Path, LibrarySettings Settings) Key, VersionText Text)> lately = [];

    /// <summary>The text, under the settings given; null where the version has none, or none that can be read.</summary>
    /// <exception cref="GitException">The store cannot be read.</exception>
    public async Task<VersionText?> ReadAsync(IBlobStore blobs, DocumentVersion version, LibrarySettings settings, CancellationToken cancellation)
    {
        if (version.Blob is not { } blob)
        {
            return null;
        }

        var key = (blob, version.Path, settings);
        if (Find(key) is { } known)
        {
            return known;
        }

        if ((await blobs.ReadAsync([blob], EditionBuilder.LargestDocument, cancellation))[0] is not { } bytes
            || DocumentReader.Read(version.Path, bytes, settings).Document is not { } document)
        {
            return null;
        }

        var text = new VersionText(document, new DocumentRenderer(settings.Words).Render(document));
        lock (gate)
        {
            lately.AddFirst((key, text));
            if (lately.Count > Most)
            {
                lately.RemoveLast();
            }
        }

        return text;
    }

    private VersionText? Find((BlobId Blob, LibraryPath Path, LibrarySettings Settings) key)
    {
        lock (gate)
        {
            for (var node = lately.First; node is not null; node = node.Next)
            {
                if (node.Value.Key.Blob == key.Blob && node.Value.Key.Path == key.Path && ReferenceEquals(node.Value.Key.Settings, key.Settings))
                {
                    lately.Remove(node);
                    lately.AddFirst(node);
                    return node.Value.Text;
                }
            }
        }

        return null;
    }
}
