using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Web.Refresh;

/// <summary>
/// The edition that is served now: built aside, swapped whole. A request takes <see cref="Value"/> once and uses only that.
/// </summary>
public sealed class CurrentEdition
{
    /// <summary>An edition takes the place of another within a second of its start; this long is late.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    private volatile Served? served;

    /// <summary>Whether a first edition has been built.</summary>
    public bool IsReady => served is not null;

    /// <summary>The edition.</summary>
    /// <exception cref="EditionNotReadyException">The first edition is still being built.</exception>
    public Edition Value => (served ?? throw new EditionNotReadyException()).Edition;

    /// <summary>Where the bytes of the edition's files are read.</summary>
    public IBlobStore Blobs => (served ?? throw new EditionNotReadyException()).Blobs;

    /// <summary>
    /// When the edition that should be served by now was due, where it is late: something started or ended by its date, and readers
    /// still get the edition before. Null while all is well.
    /// </summary>
    public DateTimeOffset? DueSince(DateTimeOffset now) => served?.Edition.NextStart is { } start && start + Late < now ? start : null;

    public void Swap(Edition edition, IBlobStore blobs) => served = new Served(edition, blobs);

    private sealed record Served(Edition Edition, IBlobStore Blobs);
}

/// <summary>Nothing can be shown yet: becomes a 503 page that tries again by itself.</summary>
public sealed class EditionNotReadyException : InvalidOperationException
{
    public EditionNotReadyException()
        : base("The first edition is still being built.")
    {
    }

    public EditionNotReadyException(string message)
        : base(message)
    {
    }

    public EditionNotReadyException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
