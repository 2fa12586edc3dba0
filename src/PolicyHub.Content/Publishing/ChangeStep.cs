using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Publishing;

/// <summary>What is published as one commit: paths that change together, and what is said of it.</summary>
public sealed record ChangeStep
{
    /// <summary>Each path once; at least one.</summary>
    public required ImmutableArray<ChangedPath> Paths { get; init; }

    /// <summary>What staff do differently from now on, in one line; they read it.</summary>
    public required string Note { get; init => field = CommitText.OneLine(value); }

    /// <summary>Why, and under what authority; may be empty.</summary>
    public string Why { get; init => field = CommitText.Lines(value); } = "";

    /// <summary>When attachments and settings of this step take effect; a document says so itself. Null: at publication.</summary>
    public DeclaredMoment? Effective { get; init; }

    /// <summary>The paths in which only the wording changes; every other is a change in what staff do.</summary>
    public ImmutableSortedSet<LibraryPath> Minor { get; init; } = [];

    /// <summary>Who must read which path, as audiences of the library.</summary>
    public ImmutableSortedDictionary<LibraryPath, ImmutableSortedSet<string>> MustRead { get; init; } = ImmutableSortedDictionary<LibraryPath, ImmutableSortedSet<string>>.Empty;

    /// <summary>The trailers that say all this in a commit, in the order in which they are written.</summary>
    public IEnumerable<Trailer> Trailers =>
    [
        .. Minor.Select(path => new Trailer("Change", $"minor {path}")),
        .. MustRead.Select(pair => new Trailer("Must-read", $"{pair.Key}: {string.Join(", ", pair.Value)}")),
        .. Paths.Where(path => path.IsAsItStands).OrderBy(path => path.Path).Select(path => new Trailer("Approves", path.Path.Value)),
        .. Effective is { } moment ? [new Trailer("Effective", moment.ToString())] : Array.Empty<Trailer>(),
    ];
}
