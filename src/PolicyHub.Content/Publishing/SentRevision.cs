using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>A revision of a proposal as it was sent: what approvers see, and what is published if they say yes.</summary>
/// <param name="Proposal">The number of the proposal.</param>
/// <param name="Number">1 for the first that was sent.</param>
/// <param name="Commit">The commit that keeps it, which an approval and the published commit name.</param>
/// <param name="Base">The published commit that it goes on from.</param>
/// <param name="By">Who sent it.</param>
public sealed record SentRevision(int Proposal, int Number, CommitId Commit, CommitId Base, ChangeSet Change, Signatory By, DateTimeOffset At);
