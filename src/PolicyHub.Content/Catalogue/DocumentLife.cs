using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>A document while the catalogue is built; mutable, and gives back the very history it was made from when nothing happened to it.</summary>
internal sealed class DocumentLife
{
    private readonly DocumentHistory? before;
    private ImmutableArray<DocumentVersion>.Builder? versions;
    private ImmutableArray<PathSpan>.Builder? paths;

    public DocumentLife(int order) => Order = order;

    public DocumentLife(int order, DocumentHistory history) =>
        (Order, before, Id, CarriedId) = (order, history, history.Id, history.CarriedId);

    /// <summary>Its place among all documents that ever were.</summary>
    public int Order { get; }

    public string? Id { get; private set; }

    /// <summary>The id that the last text carries, be it this document's or, wrongly, another's.</summary>
    public string? CarriedId { get; private set; }

    public bool IsAlive => Last?.Blob is not null;

    /// <summary>Whether it has ever been at a path; false only while its first commit is taken in.</summary>
    public bool HasStood => paths is { Count: > 0 } || before is not null;

    public LibraryPath Path => paths is { Count: > 0 } ? paths[^1].Path : before!.Path;

    private DocumentVersion? Last => versions is { Count: > 0 } ? versions[^1] : before?.Versions[^1];

    public bool HasHeld(BlobId blob) => (versions ?? before?.Versions ?? Enumerable.Empty<DocumentVersion>()).Any(version => version.Blob == blob);

    /// <summary>The document stands at this path with this text from this commit on.</summary>
    /// <param name="own">Whether the id in the text is this document's to carry.</param>
    public void Stand(LibraryPath path, BlobId blob, VersionFields fields, bool own, bool minor, PublishedCommit commit)
    {
        Touch();
        CarriedId = fields.Id;
        if (own)
        {
            Id ??= fields.Id;
        }

        if (paths!.Count == 0 || Path != path)
        {
            paths.Add(new PathSpan(path, commit.Published, commit));
        }

        if (Last?.Blob != blob)
        {
            versions!.Add(new DocumentVersion
            {
                Label = NextLabel(minor),
                Blob = blob,
                Path = path,
                Commit = commit,
                Effective = fields.Effective,
                Rescinded = fields.Rescinded,
            });
        }
    }

    /// <summary>The file was deleted, which rescinds the document; that is always material.</summary>
    public void End(PublishedCommit commit)
    {
        Touch();
        CarriedId = null;
        versions!.Add(new DocumentVersion { Label = NextLabel(minor: false), Blob = null, Path = Path, Commit = commit });
    }

    public DocumentHistory ToHistory() => versions is null
        ? before!
        : new DocumentHistory { Id = Id, CarriedId = CarriedId, Versions = versions.ToImmutable(), Paths = paths!.ToImmutable() };

    private void Touch()
    {
        versions ??= before?.Versions.ToBuilder() ?? ImmutableArray.CreateBuilder<DocumentVersion>();
        paths ??= before?.Paths.ToBuilder() ?? ImmutableArray.CreateBuilder<PathSpan>();
    }

    private VersionLabel NextLabel(bool minor) => Last is not { } last
        ? new VersionLabel(1, 0)
        : minor
            ? last.Label with { Minor = last.Label.Minor + 1 }
            : new VersionLabel(last.Label.Major + 1, 0);
}
