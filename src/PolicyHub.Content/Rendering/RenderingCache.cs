using System.Collections.Concurrent;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Rendering;

/// <summary>
/// Bodies rendered before, by what they depend on: the blob, the path (links are relative to it) and the words put in. Safe for
/// many threads. It holds what editions asked for since the last <see cref="Trim"/>, so it is bounded by what an edition holds.
/// </summary>
public sealed class RenderingCache
{
    private readonly ConcurrentDictionary<RenderingKey, RenderedBody> bodies = new();

    public int Count => bodies.Count;

    /// <summary>The body of a document whose text is the blob, rendered at most a few times however many ask at once.</summary>
    public RenderedBody Get(BlobId blob, Document document, DocumentRenderer renderer) =>
        bodies.GetOrAdd(
            new RenderingKey(blob, document.Path, renderer.Fingerprint),
            static (_, both) => both.renderer.Render(both.document),
            (document, renderer));

    /// <summary>Forgets all but what an edition in use holds.</summary>
    public void Trim(IEnumerable<(BlobId Blob, LibraryPath Path)> inUse, DocumentRenderer renderer)
    {
        var keys = inUse.Select(pair => new RenderingKey(pair.Blob, pair.Path, renderer.Fingerprint)).ToHashSet();
        foreach (var key in bodies.Keys)
        {
            if (!keys.Contains(key))
            {
                bodies.TryRemove(key, out _);
            }
        }
    }

    private readonly record struct RenderingKey(BlobId Blob, LibraryPath Path, string Words);
}
