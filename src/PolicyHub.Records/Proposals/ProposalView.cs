using System.Collections.Immutable;
using PolicyHub.Records.Approvals;

namespace PolicyHub.Records.Proposals;

/// <summary>A proposal with all that hangs on it, as somebody sees it. Texts of files are left out.</summary>
public sealed record ProposalView
{
    public required Proposal Proposal { get; init; }

    /// <summary>By step, then by path; without their bytes.</summary>
    public required ImmutableArray<ProposalFile> Files { get; init; }

    /// <summary>What happened, the earliest first.</summary>
    public required ImmutableArray<ProposalEntry> Entries { get; init; }

    /// <summary>The steps of its last revision, in their order.</summary>
    public required ImmutableArray<ApprovalTask> Tasks { get; init; }

    /// <summary>Every answer that was given, the earliest first; void ones too.</summary>
    public required ImmutableArray<ApprovalGiven> Given { get; init; }

    /// <summary>What whoever asks is to it.</summary>
    public required ImmutableHashSet<ProposalRole> Roles { get; init; }

    public ProposalState State => Proposal.State;

    public bool May(ProposalAct act) => Roles.Any(role => ProposalFlow.Next(State, act, role) is not null);
}
