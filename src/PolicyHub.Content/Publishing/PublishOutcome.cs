using System.Collections.Immutable;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>What became of a publication.</summary>
public abstract record PublishOutcome
{
    /// <summary>It stands on the published branch.</summary>
    /// <param name="Commits">One for each step, in their order; the last was the tip.</param>
    public sealed record Published(ImmutableArray<CommitId> Commits) : PublishOutcome;

    /// <summary>What it is based on has moved: these paths no longer hold the text that was changed. Nothing was written.</summary>
    public sealed record Moved(ImmutableArray<LibraryPath> Paths) : PublishOutcome;

    /// <summary>It could not be written now, and may be tried again.</summary>
    /// <param name="Reason">A sentence.</param>
    /// <param name="InDoubt">
    /// Null: nothing was published. Else the last commit of it: the branch was to move to it, and nobody could be asked whether it did, so
    /// whoever tries again first looks whether it stands on the line.
    /// </param>
    public sealed record NotNow(string Reason, CommitId? InDoubt = null) : PublishOutcome;
}
