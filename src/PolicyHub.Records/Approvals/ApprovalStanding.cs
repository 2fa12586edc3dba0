using System.Collections.Immutable;
using PolicyHub.Records.Proposals;

namespace PolicyHub.Records.Approvals;

/// <summary>Decides what somebody is to a proposal, and which of its steps they may answer.</summary>
public static class ApprovalStanding
{
    /// <summary>What they are to it; a stranger is nothing else.</summary>
    /// <param name="tasks">All of it, of every revision.</param>
    /// <param name="deputies">Those that they are on their day.</param>
    public static ImmutableHashSet<ProposalRole> RolesOf(
        Colleague colleague, Proposal proposal, IReadOnlyCollection<ApprovalTask> tasks, IReadOnlyCollection<ApprovalGiven> given, IReadOnlyCollection<Deputy> deputies)
    {
        ArgumentNullException.ThrowIfNull(colleague);
        ArgumentNullException.ThrowIfNull(proposal);
        var roles = ImmutableHashSet.CreateBuilder<ProposalRole>();
        if (proposal.AuthorId == colleague.Id)
        {
            roles.Add(ProposalRole.Author);
        }
        else if (proposal.Writers.Contains(colleague.Key))
        {
            roles.Add(ProposalRole.Writer);
        }

        if (OpenTo(colleague, proposal, tasks, given, deputies).Any())
        {
            roles.Add(ProposalRole.Approver);
        }
        else if (tasks.Any(task => PositionOf(colleague, task, deputies) is not null) || given.Any(one => one.PersonId == colleague.Id))
        {
            roles.Add(ProposalRole.OtherApprover);
        }

        if (colleague.IsAuditor)
        {
            roles.Add(ProposalRole.Auditor);
        }

        if (colleague.IsAdministrator)
        {
            roles.Add(ProposalRole.Administrator);
        }

        return roles.Count == 0 ? [ProposalRole.Stranger] : roles.ToImmutable();
    }

    /// <summary>The steps that wait for them, each with the position in which they would answer. Never those of what they wrote themselves.</summary>
    public static IEnumerable<(ApprovalTask Task, string Position, bool IsDeputy)> OpenTo(
        Colleague colleague, Proposal proposal, IEnumerable<ApprovalTask> tasks, IReadOnlyCollection<ApprovalGiven> given, IReadOnlyCollection<Deputy> deputies)
    {
        ArgumentNullException.ThrowIfNull(colleague);
        ArgumentNullException.ThrowIfNull(proposal);
        if (proposal.State is not (ProposalState.Sent or ProposalState.Urgent) || proposal.AuthorId == colleague.Id || proposal.Writers.Contains(colleague.Key))
        {
            yield break;
        }

        foreach (var task in tasks.Where(task => task.Revision == proposal.Revision && task.IsOpen && !given.Any(one => one.TaskId == task.Id && one.PersonId == colleague.Id)))
        {
            if (PositionOf(colleague, task, deputies) is { } found)
            {
                yield return (task, found.Position, found.IsDeputy);
            }
        }
    }

    private static (string Position, bool IsDeputy)? PositionOf(Colleague colleague, ApprovalTask task, IReadOnlyCollection<Deputy> deputies) =>
        task.Answerable.FirstOrDefault(position => colleague.Positions.Contains(position)) is { } held ? (held, false)
        : task.Answerable.FirstOrDefault(position => deputies.Any(deputy => deputy.Position == position)) is { } stoodFor ? (stoodFor, true)
        : task.GivenTo == colleague.Id ? (task.Positions[0], true)
        : null;
}
