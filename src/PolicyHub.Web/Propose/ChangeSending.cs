using PolicyHub.Content.Editing;
using PolicyHub.Content.Problems;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Pages;

namespace PolicyHub.Web.Propose;

/// <summary>Whether a change can be sent.</summary>
/// <param name="Fault">A sentence that says what stands in its way; null: nothing does, and there is a plan.</param>
/// <param name="Findings">What the change would make wrong; null: something else stood in its way before.</param>
public sealed record Readiness(string? Fault, ProposedFindings? Findings, RoutePlan? Plan);

/// <summary>Looks whether anything stands in the way of sending a change: what a look at its page alone does not tell, or has not told to whoever did not look.</summary>
public sealed class ChangeSending(MovedTexts moved, ChangeChecks checks, ChangeTeam team)
{
    /// <summary>Whether a question would no longer find what its owner promised.</summary>
    public static bool BreaksContracts(ProposedFindings? findings) => findings?.Added.Any(problem => problem.Code == ProblemCatalogue.BrokenContract) == true;

    /// <summary>Who will be asked.</summary>
    public Task<RoutePlan> PlanAsync(OpenChange change, Colleague by, Visit visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(visit);
        return team.PlanAsync(ChangeReading.RouteOf(change.Texts, visit), change.Proposal, by, visit.Today.Settings, cancellation);
    }

    public async Task<Readiness> LookAsync(OpenChange change, Colleague by, Visit visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(visit);
        if (await InTheWayAsync(change, visit, cancellation) is { } fault)
        {
            return new Readiness(fault, null, null);
        }

        var findings = await checks.RunWholeAsync(change.View, visit, cancellation);
        if (BreaksContracts(findings) && change.Proposal.Exception.Length == 0)
        {
            return new Readiness(visit["proposal.wrong.contracts"], findings, null);
        }

        if (findings.BreaksUnseen || findings.Added.Any(problem => problem is { Severity: Severity.Error, Code: not ProblemCatalogue.BrokenContract }))
        {
            return new Readiness(visit["proposal.wrong.checks"], findings, null);
        }

        var plan = await PlanAsync(change, by, visit, cancellation);
        return new Readiness(plan.CanBeSent ? null : visit["proposal.wrong.route"], findings, plan);
    }

    private async Task<string?> InTheWayAsync(OpenChange change, Visit visit, CancellationToken cancellation)
    {
        var (proposal, day) = (change.Proposal, change.Day(visit));
        var lost = change.Lost(visit);
        return !change.Texts.Any(text => text.IsChanged) && lost.IsEmpty ? visit["proposal.wrong.nothing"]
            : !(await moved.FindAsync(change.View, visit, cancellation)).IsEmpty ? visit["merge.wrong.first"]
            : lost.FirstOrDefault(one => proposal.Exception.Length == 0 || !proposal.Loses.Contains(one.Key)) is { } first ? visit.Format("proposal.wrong.lost", visit.TitleAt(first.Path))
            : day.PutOff(proposal) is { } putOff ? visit.Format("proposal.wrong.puts-off", putOff.Title)
            : day.CorrectedLate(proposal) is { } late ? visit.Format("proposal.wrong.corrected-late", late.Title)
            : day.OutOfOrder(proposal) is { } unordered ? visit.Format("proposal.wrong.out-of-order", unordered.Title)
            : day.Unwritable(proposal) is [var unwritable, ..] ? visit.Format("proposal.wrong.day-unwritable", unwritable.Title)
            : null;
    }
}
