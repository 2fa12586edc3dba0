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
    private bool holdsRecord;

    public DocumentLife(int order) => Order = order;

    public DocumentLife(int order, DocumentHistory history) =>
        (Order, before, Id, CarriedId, holdsRecord) = (order, history, history.Id, history.CarriedId, history.HoldsRecord);

    /// <summary>Its place among all documents that ever were.</summary>
    public int Order { get; }

    public string? Id { get; private set; }

    /// <summary>The id that the last text carries, be it this document's or, wrongly, another's.</summary>
    public string? CarriedId { get; private set; }

    public bool IsAlive => Last?.Blob is not null;

    /// <summary>Whether it has ever been at a path; false only while its first commit is taken in.</summary>
    public bool HasStood => paths is { Count: > 0 } || before is not null;

    public LibraryPath Path => paths is { Count: > 0 } ? paths[^1].Path : before!.Path;

    private IReadOnlyList<DocumentVersion> Versions => versions is { } changed ? changed : before is { } known ? known.Versions : [];

    /// <summary>The last that was published, and not brought in from before PolicyHub.</summary>
    private DocumentVersion? LastPublished => Versions.LastOrDefault(version => !version.IsRecorded);

    /// <summary>What its file holds, which is the last version but where older texts were brought in and what stood before came back on top.</summary>
    public BlobId? Text => (holdsRecord ? Last : LastPublished)?.Blob;

    private DocumentVersion? Last => versions is { Count: > 0 } ? versions[^1] : before?.Versions[^1];

    public bool HasHeld(BlobId blob) => Versions.Any(version => version.Blob == blob);

    /// <summary>The document stands at this path with this text from this commit on.</summary>
    /// <param name="own">Whether the id in the text is this document's to carry.</param>
    public void Stand(LibraryPath path, BlobId blob, VersionFields fields, bool own, bool minor, PublishedCommit commit)
    {
        Touch();
        CarriedId = fields.Id;
        holdsRecord = commit.RecordedFrom is not null;
        if (own)
        {
            Id ??= fields.Id;
        }

        if (paths!.Count == 0 || Path != path)
        {
            paths.Add(new PathSpan(path, commit.Published, commit));
        }

        // What stood before earlier texts were brought in, committed again, is no new version.
        if ((commit.RecordedFrom is null ? LastPublished : Last)?.Blob != blob)
        {
            versions!.Add(new DocumentVersion
            {
                Label = NextLabel(minor, commit.RecordedFrom is not null),
                Blob = blob,
                Path = path,
                Commit = commit,
                Effective = fields.Effective ?? (commit.RecordedFrom is null ? null : DateOfRecord(commit)),
                Rescinded = fields.Rescinded,
                Title = fields.Title is { } title && Last?.Title == title ? Last.Title : fields.Title,
                Access = fields.Access is { } access && Last?.Access == access ? Last.Access : fields.Access,
            });
        }
    }

    /// <summary>The file was deleted, which rescinds the document; that is always material.</summary>
    public void End(PublishedCommit commit)
    {
        Touch();
        CarriedId = null;
        holdsRecord = false;
        versions!.Add(new DocumentVersion { Label = NextLabel(minor: false, recorded: false), Blob = null, Path = Path, Commit = commit });
    }

    public DocumentHistory ToHistory() => versions is null
        ? before!
        : new DocumentHistory { Id = Id, CarriedId = CarriedId, HoldsRecord = holdsRecord, Versions = versions.ToImmutable(), Paths = paths!.ToImmutable() };

    private void Touch()
    {
        versions ??= before?.Versions.ToBuilder() ?? ImmutableArray.CreateBuilder<DocumentVersion>();
        paths ??= before?.Paths.ToBuilder() ?? ImmutableArray.CreateBuilder<PathSpan>();
    }

    /// <summary>A recorded text that declares no date applied from the commit's own: the one it names, else that of its author.</summary>
    private static DeclaredMoment DateOfRecord(PublishedCommit commit) =>
        CommitMessage.EffectiveOf(commit.Trailers) ?? CommitMessage.AuthoredOf(commit);

    /// <summary>Recorded texts of long ago count 0.1, 0.2, and leave the count of what was published alone.</summary>
    private VersionLabel NextLabel(bool minor, bool recorded) => recorded
        ? new VersionLabel(0, Versions.Count(version => version.IsRecorded) + 1)
        : LastPublished is not { } last
        ? new VersionLabel(1, 0)
        : minor
            ? last.Label with { Minor = last.Label.Minor + 1 }
            : new VersionLabel(last.Label.Major + 1, 0);
}
