using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>A commit of the first-parent line as git tells it, with what it changed in the library against the one before.</summary>
internal sealed record LoggedCommit
{
    public required CommitId Id { get; init; }

    /// <summary>Empty for the first commit of all.</summary>
    public required string FirstParent { get; init; }

    public required string Author { get; init; }

    public required string AuthorMail { get; init; }

    public required DateTimeOffset Authored { get; init; }

    public required DateTimeOffset Committed { get; init; }

    public required string Message { get; init; }

    public List<LoggedChange> Documents { get; } = [];

    public List<LoggedChange> Files { get; } = [];

    public List<IgnoredChange> Ignored { get; } = [];
}

/// <summary>
/// One changed file: <paramref name="From"/> null where it came, <paramref name="To"/> null where it went; both, and different, where it
/// moved. <paramref name="Blob"/> is the text at <paramref name="To"/>.
/// </summary>
internal readonly record struct LoggedChange(LibraryPath? From, LibraryPath? To, BlobId Blob);

/// <summary>Something that cannot be served came (with why) or went (null).</summary>
internal readonly record struct IgnoredChange(string Path, string? Why);
