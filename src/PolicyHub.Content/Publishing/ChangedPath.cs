using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>
/// One path of a change: what it replaces, and what stands there afterwards. Where both are the same, what stands there is approved as it stands: it came to the
/// published branch from outside, and is held back.
/// </summary>
/// <param name="Base">The text that was changed; null: there was none, the path is new.</param>
/// <param name="New">The text that stands there afterwards; null: none, the path is gone.</param>
public sealed record ChangedPath(LibraryPath Path, BlobId? Base, BlobId? New)
{
    /// <summary>What every file that PolicyHub writes has: a plain file that nobody can run.</summary>
    public const string Mode = "100644";

    /// <summary>Whether it is only approved: nothing is written.</summary>
    public bool IsAsItStands => Base == New;
}
