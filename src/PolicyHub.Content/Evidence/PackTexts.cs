using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Evidence;

/// <summary>The text of a version.</summary>
/// <param name="Document">Null where its front matter cannot be read or it is larger than any page shown.</param>
/// <param name="Body">Null where <paramref name="Document"/> is.</param>
internal sealed record PackText(byte[] Bytes, Document? Document, RenderedBody? Body);

/// <summary>Reads texts of any version as the settings and words of an edition have them.</summary>
internal sealed class PackTexts(Edition edition, GitObjects objects)
{
    private readonly DocumentRenderer renderer = new(edition.Settings.Words);

    // The files of one document are made one after the other.
    private (LibraryPath Path, string Blob, PackText Text)? last;

    /// <exception cref="GitException">git failed, or the repository has no such text.</exception>
    public async Task<PackText> ReadAsync(LibraryPath path, string blob, CancellationToken cancellation)
    {
        if (last is { } same && same.Path == path && same.Blob == blob)
        {
            return same.Text;
        }

        var bytes = await objects.ReadAsync(blob, cancellation) is { Type: "blob" } found
            ? found.Content
            : throw new GitException($"The text {blob} of {path} cannot be read from the repository.");
        var document = bytes.Length <= EditionBuilder.LargestDocument ? DocumentReader.Read(path, bytes, edition.Settings).Document : null;
        var text = new PackText(bytes, document, document is null ? null : renderer.Render(document));
        last = (path, blob, text);
        return text;
    }

    /// <summary>The files that documents link to, show, or name in their front matter, as far as the edition holds them.</summary>
    public async Task<IReadOnlyList<LibraryPath>> AttachmentsAsync(IEnumerable<(LibraryPath Path, DocumentVersion Version)> documents, CancellationToken cancellation)
    {
        var found = new SortedSet<LibraryPath>();
        foreach (var (path, version) in documents)
        {
            found.UnionWith(AttachmentsOf(path, await ReadAsync(path, version.Blob!.Value.Hex, cancellation)));
        }

        return [.. found];
    }

    /// <inheritdoc cref="AttachmentsAsync" />
    public IEnumerable<LibraryPath> AttachmentsOf(LibraryPath path, PackText text)
    {
        var linked = text.Body?.Links.Select(link => link.Target) ?? [];
        var named = text.Document?.Details is FormDetails form
            ? new[] { form.File, form.Sample }.Select(written => written is not null && path.TryResolve(written, out var target) ? target : (LibraryPath?)null)
            : [];
        return linked.Concat(named).OfType<LibraryPath>().Where(target => !target.IsDocument && edition.FindFile(target) is not null).Distinct().Order();
    }
}
