using System.Collections.Frozen;
using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Catalogue;

/// <summary>
/// All versions of all documents and files that ever landed on the published branch, by the rules of
/// <c>src/decisions</c> on versions. Immutable; a later head gives a new one.
/// </summary>
public sealed class LibraryCatalogue
{
    /// <summary>The published head; the hex is empty for a folder in preview.</summary>
    public required CommitId Head { get; init; }

    /// <summary>When the head was published; never earlier than that of any commit before it on the line.</summary>
    public required DateTimeOffset HeadPublished { get; init; }

    /// <summary>Commits on the first-parent line.</summary>
    public required int CommitCount { get; init; }

    /// <summary>Every document that ever was, in the order in which they first appeared.</summary>
    public required ImmutableArray<DocumentHistory> Documents { get; init; }

    /// <summary>Everything that is not a document (attachments, <c>library.yml</c>), keyed by path.</summary>
    public required FrozenDictionary<LibraryPath, ImmutableArray<FileVersion>> Files { get; init; }

    /// <summary>What is wrong with the history itself, such as two documents with one id.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>What is held back until somebody approves it; null: the setting is off, and every commit is served.</summary>
    public HeldBack? HeldBack { get; init; }

    /// <summary>What stands at the head but cannot be served (links, submodules, unusable names), with why; needed to extend the catalogue.</summary>
    internal ImmutableSortedDictionary<string, string> Ignored { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>One document through its whole life, across renames.</summary>
public sealed class DocumentHistory
{
    /// <summary>The number that belongs to the whole life, once any version has carried it.</summary>
    public string? Id { get; init; }

    /// <summary>Oldest first; never empty.</summary>
    public required ImmutableArray<DocumentVersion> Versions { get; init; }

    /// <summary>Where it stood and stands, oldest first, in step with time: renames and moves that are no version are here too.</summary>
    public required ImmutableArray<PathSpan> Paths { get; init; }

    /// <summary>The number that the last text carries; another document's where two carry one. Needed to extend the catalogue.</summary>
    internal string? CarriedId { get; init; }

    /// <summary>The file holds a text that was recorded from before PolicyHub, and nothing that was published has come back on top.</summary>
    internal bool HoldsRecord { get; init; }

    /// <summary>The path it has, or had last.</summary>
    public LibraryPath Path => Paths[^1].Path;

    /// <summary>The path at an instant of publication; the first one before it began.</summary>
    public LibraryPath PathAt(DateTimeOffset published) =>
        Paths.LastOrDefault(span => span.Since <= published)?.Path ?? Paths[0].Path;
}

/// <summary>From this commit on the document stood at this path.</summary>
public sealed record PathSpan(LibraryPath Path, DateTimeOffset Since, PublishedCommit Commit);

/// <summary>A state of a document that landed on the published branch.</summary>
public sealed record DocumentVersion : IDatedVersion
{
    /// <summary>Material changes count 1, 2, 3; minor ones 2.1, 2.2.</summary>
    public required VersionLabel Label { get; init; }

    /// <summary>The exact text; null where this commit deleted the file, which rescinds the document.</summary>
    public required BlobId? Blob { get; init; }

    /// <summary>The path in that commit.</summary>
    public required LibraryPath Path { get; init; }

    public required PublishedCommit Commit { get; init; }

    /// <summary>When this text takes effect, as its front matter declares; null: at publication.</summary>
    public DeclaredMoment? Effective { get; init; }

    /// <summary>When its front matter says that it is rescinded.</summary>
    public DeclaredMoment? Rescinded { get; init; }

    /// <summary>The title of this text, as far as its first lines tell; null where they tell none, and where the file is gone.</summary>
    public string? Title { get; init; }

    /// <summary>The label of its own that a reader must hold; null where it has none, and its folder's rule counts.</summary>
    public string? Access { get; init; }

    public DateTimeOffset Published => Commit.Published;

    public bool IsRecorded => Blob is not null && Commit.RecordedFrom is not null;

    public bool HasEnded(DateTimeOffset at, TimeZoneInfo zone) => Blob is null || Rescinded?.FirstInstant(zone) <= at;

    /// <summary>The instant from which this version may be in effect: declared, in the organisation's zone, else publication.</summary>
    public DateTimeOffset EffectiveInstant(TimeZoneInfo zone) => Effective?.FirstInstant(zone) ?? Commit.Published;
}

public readonly record struct VersionLabel(int Major, int Minor)
{
    public override string ToString() => Minor == 0 ? $"{Major}" : $"{Major}.{Minor}";
}

/// <summary>A commit on the first-parent line.</summary>
/// <param name="Published">The committer date, never earlier than that of the commit before on the line.</param>
/// <param name="Subject">The first paragraph of the message on one line: the change note.</param>
/// <param name="Body">What stands between the subject and the trailers; may be empty.</param>
public sealed record PublishedCommit(
    CommitId Id,
    string Author,
    string AuthorMail,
    DateTimeOffset Authored,
    DateTimeOffset Published,
    string Subject,
    string Body,
    ImmutableArray<Trailer> Trailers)
{
    /// <summary>
    /// Where a text from before PolicyHub was taken from and who did so (the trailer <c>Recorded-from: SOURCE, as recorded by NAME</c>);
    /// null for all that was published.
    /// </summary>
    public string? RecordedFrom { get; } = CommitMessage.RecordedFromOf(Trailers);
}

public sealed record Trailer(string Key, string Value);

/// <summary>A state of a file that is no document.</summary>
/// <param name="Blob">Null where this commit deleted it.</param>
/// <param name="Effective">From the commit's <c>Effective</c> trailer; null: at publication.</param>
public sealed record FileVersion(BlobId? Blob, PublishedCommit Commit, DeclaredMoment? Effective) : IDatedVersion
{
    public DateTimeOffset Published => Commit.Published;

    public bool IsRecorded => Blob is not null && Commit.RecordedFrom is not null;

    public bool HasEnded(DateTimeOffset at, TimeZoneInfo zone) => Blob is null;

    public DateTimeOffset EffectiveInstant(TimeZoneInfo zone) => Effective?.FirstInstant(zone) ?? Commit.Published;
}
