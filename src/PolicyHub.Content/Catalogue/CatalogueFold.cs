using System.Collections.Frozen;
using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>
/// Takes in one commit after another, oldest first. What it knows after a commit follows from that commit and what it knew before,
/// so starting from a finished catalogue and starting from nothing come to the same.
/// </summary>
internal sealed class CatalogueFold
{
    private readonly string prefix;
    private readonly LibraryCatalogue? previous;
    private readonly IdentityResolver documents;
    private readonly Dictionary<LibraryPath, ImmutableArray<FileVersion>> changedFiles = [];
    private readonly ImmutableSortedDictionary<string, string>.Builder ignored;
    private readonly HeldOverlay overlay;
    private DateTimeOffset published;
    private int count;

    /// <param name="after">The commit of the line after which commits may be held; null: none is, or the catalogue before says which.</param>
    public CatalogueFold(string folder, LibraryCatalogue? previous, CommitId? after)
    {
        prefix = folder.Length == 0 ? "" : folder + "/";
        this.previous = previous;
        documents = new IdentityResolver(previous?.Documents ?? []);
        ignored = (previous?.Ignored ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)).ToBuilder();
        published = previous?.HeadPublished ?? DateTimeOffset.UnixEpoch;
        count = previous?.CommitCount ?? 0;
        overlay = new HeldOverlay(path => path.IsDocument ? documents.BlobAt(path) : FileAt(path) is { IsEmpty: false } versions ? versions[^1].Blob : null);
        var begun = after is { } line ? new HeldBack(line, [], ImmutableSortedDictionary<LibraryPath, HeldPath>.Empty) : null;
        if ((previous?.HeldBack ?? begun) is { } state)
        {
            overlay.Begin(state);
        }
    }

    /// <param name="isHeld">Whether it is not served: the line goes on with it, and nothing that it changed has happened.</param>
    public void Add(LoggedCommit logged, Dictionary<BlobId, VersionFields> fields, bool isHeld)
    {
        count++;
        published = logged.Committed > published ? logged.Committed : published;
        if (isHeld)
        {
            if (logged.Documents.Count > 0 || logged.Files.Count > 0)
            {
                overlay.Hold(Publish(logged), logged);
            }

            return;
        }

        foreach (var change in logged.Ignored.OrderBy(change => change.Why is not null))
        {
            if (change.Why is null)
            {
                ignored.Remove(change.Path);
            }
            else
            {
                ignored[change.Path] = change.Why;
            }
        }

        if (logged.Documents.Count == 0 && logged.Files.Count == 0 && overlay.IsEmpty)
        {
            return;
        }

        var commit = Publish(logged);
        var (texts, files) = overlay.IsEmpty ? (logged.Documents, logged.Files) : overlay.Release(logged, CommitMessage.ApprovesOf(commit.Trailers));
        if (texts.Count > 0 || files.Count > 0)
        {
            documents.Add(commit, texts, fields, MinorPaths(commit));
            AddFiles(commit, files);
        }

        overlay.Settle();
    }

    public LibraryCatalogue Finish(CommitId head)
    {
        var histories = documents.Finish();
        var files = Files();
        return new LibraryCatalogue
        {
            Head = head,
            HeadPublished = published,
            CommitCount = count,
            Documents = histories,
            Files = files,
            HeldBack = overlay.Finish(),
            Ignored = ignored.ToImmutable(),
            Problems = HistoryProblems.Find(histories, files, ignored),
        };
    }

    private PublishedCommit Publish(LoggedCommit logged)
    {
        var message = CommitMessage.Parse(logged.Message);
        return new PublishedCommit(
            logged.Id, logged.Author, logged.AuthorMail, logged.Authored, published, message.Subject, message.Body, message.Trailers);
    }

    /// <summary>Trailers name paths as the repository does; where the library is a folder of it, both ways are understood.</summary>
    private HashSet<string> MinorPaths(PublishedCommit commit)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in CommitMessage.MinorPaths(commit.Trailers))
        {
            paths.Add(path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : path);
        }

        return paths;
    }

    private void AddFiles(PublishedCommit commit, List<LoggedChange> changes)
    {
        var effective = CommitMessage.EffectiveOf(commit.Trailers) ?? (commit.RecordedFrom is null ? null : CommitMessage.AuthoredOf(commit));
        foreach (var change in changes.OrderBy(change => change.To is not null))
        {
            BlobId? blob = change.To is null ? null : change.Blob;
            var path = (change.To ?? change.From)!.Value;
            var versions = FileAt(path);
            if (versions.IsEmpty ? blob is not null : versions[^1].Blob != blob)
            {
                changedFiles[path] = versions.Add(new FileVersion(blob, commit, effective));
            }
        }
    }

    private ImmutableArray<FileVersion> FileAt(LibraryPath path) =>
        changedFiles.TryGetValue(path, out var versions) || previous?.Files.TryGetValue(path, out versions) == true ? versions : [];

    private FrozenDictionary<LibraryPath, ImmutableArray<FileVersion>> Files()
    {
        if (previous is not null && changedFiles.Count == 0)
        {
            return previous.Files;
        }

        var files = new Dictionary<LibraryPath, ImmutableArray<FileVersion>>(previous?.Files ?? FrozenDictionary<LibraryPath, ImmutableArray<FileVersion>>.Empty);
        foreach (var (path, versions) in changedFiles)
        {
            files[path] = versions;
        }

        return files.ToFrozenDictionary();
    }
}
