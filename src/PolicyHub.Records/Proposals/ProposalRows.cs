using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Proposals;

/// <summary>Reads a proposal with all that hangs on it, and does something with it: the change, what is told of it, or nothing at all.</summary>
internal static class ProposalRows
{
    private const int MostTries = 5;

    /// <summary>Null: whoever asks may not see it.</summary>
    public static async Task<ProposalView?> ViewAsync(RecordsDb db, Proposal proposal, Colleague by, CancellationToken cancellation)
    {
        var id = proposal.Id;
        var (tasks, given, roles) = await StandingAsync(db, proposal, by, cancellation);
        if (!roles.Any(ProposalFlow.IsSeenBy))
        {
            return null;
        }

        var files = await db.Set<ProposalFile>().AsNoTracking().Where(file => file.ProposalId == id)
            .OrderBy(file => file.Step).ThenBy(file => file.Path)
            .Select(file => new { file.Step, file.Path, file.From, file.Base, file.Origin, file.IsMinor, file.MustRead, file.Stamp, file.Changed, file.IsOutside, IsRescinded = file.Text == null })
            .ToListAsync(cancellation);
        return new ProposalView
        {
            Proposal = proposal,
            Files =
            [
                .. files.Select(file => new ProposalFile
                {
                    ProposalId = id, Step = file.Step, Path = file.Path, From = file.From, Base = file.Base, Origin = file.Origin, IsMinor = file.IsMinor,
                    MustRead = file.MustRead, Stamp = file.Stamp, Changed = file.Changed, IsOutside = file.IsOutside, Text = file.IsRescinded ? null : [],
                }),
            ],
            Entries = [.. await db.Set<ProposalEntry>().AsNoTracking().Where(entry => entry.ProposalId == id).OrderBy(entry => entry.At).ThenBy(entry => entry.Id).ToListAsync(cancellation)],
            Tasks = [.. tasks.Where(task => task.Revision == proposal.Revision).OrderBy(task => task.Order).ThenBy(task => task.Id)],
            Given = [.. given.OrderBy(one => one.At)],
            Roles = roles,
        };
    }

    /// <summary>What somebody is to a proposal, with the rows that tell it.</summary>
    public static async Task<(List<ApprovalTask> Tasks, List<ApprovalGiven> Given, ImmutableHashSet<ProposalRole> Roles)> StandingAsync(
        RecordsDb db, Proposal proposal, Colleague by, CancellationToken cancellation)
    {
        var tasks = await db.Set<ApprovalTask>().Where(task => task.ProposalId == proposal.Id).ToListAsync(cancellation);
        var given = await db.Set<ApprovalGiven>().Where(one => one.ProposalId == proposal.Id).ToListAsync(cancellation);
        return (tasks, given, ApprovalStanding.RolesOf(by, proposal, tasks, given, await DeputiesAsync(db, by, cancellation)));
    }

    /// <summary>For whom somebody stands on their day.</summary>
    public static Task<List<Deputy>> DeputiesAsync(RecordsDb db, Colleague by, CancellationToken cancellation) =>
        db.Set<Deputy>().AsNoTracking().Where(deputy => deputy.PersonId == by.Id && deputy.From <= by.Today && deputy.Until >= by.Today).ToListAsync(cancellation);

    /// <summary>
    /// Does something that the flow allows whoever asks, in one transaction with its row of the log. Where somebody else changed the proposal at the
    /// same moment it is looked at anew.
    /// </summary>
    /// <param name="change">Gives why it is not done; null: it is. What it adds to the list is told to the log beside what always is.</param>
    public static async Task<ProposalOutcome> ActAsync(
        IDbContextFactory<RecordsDb> records, AuditLog log, Guid id, Colleague by, ProposalAct act, string what,
        Func<RecordsDb, Proposal, List<(string Name, string Value)>, Task<ProposalOutcome.Refused?>> change, string reason, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            await using var db = await records.CreateDbContextAsync(cancellation);
            ProposalOutcome outcome = new ProposalOutcome.Refused(ProposalRefusal.Gone);
            try
            {
                await log.SaveAsync(db, async () =>
                {
                    outcome = new ProposalOutcome.Refused(ProposalRefusal.Gone);
                    if (await db.Set<Proposal>().FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { } proposal)
                    {
                        return [];
                    }

                    var (_, _, roles) = await StandingAsync(db, proposal, by, cancellation);
                    if (!roles.Any(ProposalFlow.IsSeenBy))
                    {
                        return [];
                    }

                    if (roles.Select(role => ProposalFlow.Next(proposal.State, act, role)).FirstOrDefault(next => next is not null) is not { } next)
                    {
                        outcome = new ProposalOutcome.Refused(ProposalRefusal.NotAllowed);
                        return [];
                    }

                    proposal.State = next;
                    var details = new List<(string Name, string Value)>();
                    if (await change(db, proposal, details) is { } refused)
                    {
                        outcome = refused;
                        return [];
                    }

                    proposal.Stamp++;
                    outcome = new ProposalOutcome.Done(proposal);
                    return [ProposalTold.Of(by.Told, act is ProposalAct.Approve or ProposalAct.AskForChanges or ProposalAct.Reject ? AuditKind.Approval : AuditKind.Proposal, what, proposal, reason, [.. details])];
                }, cancellation);
                return outcome;
            }
            catch (DbUpdateConcurrencyException) when (tries < MostTries)
            {
                // Looked at anew.
            }
            catch (DbUpdateConcurrencyException)
            {
                return new ProposalOutcome.Refused(ProposalRefusal.Stale);
            }
        }
    }

    /// <summary>Every yes and every step of its last revision does not count any more.</summary>
    public static async Task VoidAsync(RecordsDb db, Proposal proposal, CancellationToken cancellation)
    {
        foreach (var given in await db.Set<ApprovalGiven>().Where(one => one.ProposalId == proposal.Id && !one.IsVoid).ToListAsync(cancellation))
        {
            given.IsVoid = true;
        }

        foreach (var task in await db.Set<ApprovalTask>().Where(one => one.ProposalId == proposal.Id && one.Done == null).ToListAsync(cancellation))
        {
            task.Asked = null;
        }
    }

    public static ProposalEntry Entry(Proposal proposal, ProposalAct act, Colleague? by, string position, DateTimeOffset at, string text, Guid? answers = null) => new()
    {
        Id = Guid.NewGuid(),
        ProposalId = proposal.Id,
        Act = act,
        Answers = answers,
        PersonId = by?.Id,
        Name = by?.Name ?? "",
        Position = position,
        At = at,
        Revision = proposal.Revision,
        Text = text,
    };
}
