using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Approvals;

/// <summary>Knows who is asked for a yes, and asks on where nobody answers: reminds, then the deputies, then the position above.</summary>
public sealed class ApprovalBook(IDbContextFactory<RecordsDb> records, AuditLog log, TimeProvider time)
{
    /// <summary>The people who hold positions and may sign in on a day, by position.</summary>
    public async Task<ILookup<string, Person>> HoldersAsync(IReadOnlyCollection<string> positions, DateOnly day, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var people = await db.Users.AsNoTracking().Where(person => !person.IsDisabled).OrderBy(person => person.Name).ToListAsync(cancellation);
        return people.Where(person => person.IsActiveOn(day)).SelectMany(person => person.Positions.Where(positions.Contains).Select(position => (position, person)))
            .ToLookup(pair => pair.position, pair => pair.person, StringComparer.Ordinal);
    }

    /// <summary>What waits for somebody's yes, the longest first, and since when.</summary>
    public async Task<ImmutableArray<(Proposal Proposal, DateTimeOffset Since)>> WaitingForAsync(Colleague by, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var db = await records.CreateDbContextAsync(cancellation);
        var proposals = await db.Set<Proposal>().AsNoTracking().Where(one => one.State == ProposalState.Sent || one.State == ProposalState.Urgent).ToListAsync(cancellation);
        var ids = proposals.Select(one => one.Id).ToList();
        var tasks = (await db.Set<ApprovalTask>().AsNoTracking().Where(task => ids.Contains(task.ProposalId) && task.Asked != null && task.Done == null).ToListAsync(cancellation)).ToLookup(task => task.ProposalId);
        var given = (await db.Set<ApprovalGiven>().AsNoTracking().Where(one => ids.Contains(one.ProposalId) && one.PersonId == by.Id).ToListAsync(cancellation)).ToLookup(one => one.ProposalId);
        var deputies = await ProposalRows.DeputiesAsync(db, by, cancellation);
        return
        [
            .. proposals.Select(one => (Proposal: one, Open: ApprovalStanding.OpenTo(by, one, tasks[one.Id], [.. given[one.Id]], deputies).ToList()))
                .Where(one => one.Open.Count > 0)
                .Select(one => (one.Proposal, Since: one.Open.Min(open => open.Task.Asked!.Value))).OrderBy(one => one.Since),
        ];
    }

    /// <summary>Steps that wait, by proposal.</summary>
    public async Task<ILookup<Guid, ApprovalTask>> OpenTasksAsync(IReadOnlyCollection<Guid> proposals, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return (await db.Set<ApprovalTask>().AsNoTracking().Where(task => proposals.Contains(task.ProposalId) && task.Asked != null && task.Done == null).OrderBy(task => task.Order).ToListAsync(cancellation))
            .ToLookup(task => task.ProposalId);
    }

    /// <summary>Deputies of positions who stand for others today or later.</summary>
    public async Task<ImmutableArray<Deputy>> DeputiesAsync(IReadOnlyCollection<string> positions, DateOnly today, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return [.. await db.Set<Deputy>().AsNoTracking().Where(deputy => positions.Contains(deputy.Position) && deputy.Until >= today).OrderBy(deputy => deputy.From).ToListAsync(cancellation)];
    }

    /// <summary>Makes somebody a deputy for a position that whoever asks holds.</summary>
    /// <returns>Null where they do not hold it, it is themselves, nobody is there, or the last day is before the first.</returns>
    public async Task<Deputy?> AppointAsync(Colleague by, string position, Guid person, DateOnly from, DateOnly until, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (!by.Positions.Contains(position) || person == by.Id || until < from || until < by.Today || await db.Users.AsNoTracking().FirstOrDefaultAsync(one => one.Id == person, cancellation) is not { } found)
        {
            return null;
        }

        var deputy = new Deputy { Id = Guid.NewGuid(), Position = position, PersonId = person, Name = found.Name, From = from, Until = until, SetBy = by.Name, Made = time.GetUtcNow() };
        db.Add(deputy);
        await log.SaveAsync(db, Told(by, "deputy", deputy), cancellation);
        return deputy;
    }

    /// <summary>Ends what a deputy does; false: there is none, or not for a position that whoever asks holds.</summary>
    public async Task<bool> DismissAsync(Colleague by, Guid id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (await db.Set<Deputy>().FirstOrDefaultAsync(deputy => deputy.Id == id, cancellation) is not { } deputy || !by.Positions.Contains(deputy.Position))
        {
            return false;
        }

        db.Remove(deputy);
        await log.SaveAsync(db, Told(by, "deputy-ended", deputy), cancellation);
        return true;
    }

    /// <summary>An administrator gives a step to somebody else, with a reason. It gives nobody's yes.</summary>
    public Task<ProposalOutcome> ReassignAsync(Guid proposal, Guid task, Colleague by, Guid to, string reason, CancellationToken cancellation) => string.IsNullOrWhiteSpace(reason)
        ? Task.FromResult<ProposalOutcome>(new ProposalOutcome.Refused(ProposalRefusal.Invalid))
        : ProposalRows.ActAsync(records, log, proposal, by, ProposalAct.Reassign, "reassigned", async (db, row, details) =>
        {
            var step = await db.Set<ApprovalTask>().FirstOrDefaultAsync(one => one.Id == task && one.ProposalId == proposal && one.Revision == row.Revision && one.Done == null, cancellation);
            if (step is null || row.AuthorId == to || row.Writers.Contains(to.ToString("D")) || await db.Users.FirstOrDefaultAsync(one => one.Id == to, cancellation) is not { } person)
            {
                return new ProposalOutcome.Refused(ProposalRefusal.Invalid);
            }

            step.GivenTo = to;
            db.Add(ProposalRows.Entry(row, ProposalAct.Reassign, by, "", time.GetUtcNow(), $"{person.Name}: {reason.Trim()}"));
            details.AddRange([("to", AuditActor.ReferenceOf(to)), ("positions", string.Join(", ", step.Positions))]);
            return null;
        }, reason.Trim(), cancellation);

    /// <summary>Reminds of steps that nobody has touched for a time, then asks deputies, then the position above; each once.</summary>
    /// <param name="urgentWithin">How long an urgent change stands without a yes: of one it reminds after a quarter of that, asks deputies at half, and the position above at three quarters.</param>
    /// <param name="above">The position above another; null: there is none.</param>
    /// <returns>The steps of which somebody new is asked, or was reminded.</returns>
    public async Task<ImmutableArray<ApprovalTask>> AskOnAsync(TimeSpan remindAfter, TimeSpan deputyAfter, TimeSpan aboveAfter, TimeSpan urgentWithin, Func<string, string?> above, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(above);
        var now = time.GetUtcNow();
        await using var db = await records.CreateDbContextAsync(cancellation);
        var told = ImmutableArray.CreateBuilder<ApprovalTask>();
        var urgent = (await db.Set<Proposal>().Where(one => one.State == ProposalState.Urgent).Select(one => one.Id).ToListAsync(cancellation)).ToHashSet();
        foreach (var task in await db.Set<ApprovalTask>().Where(task => task.Asked != null && task.Done == null).ToListAsync(cancellation))
        {
            var waited = now - task.Asked!.Value;
            var isNew = false;
            var (remind, deputy, higherUp) = urgent.Contains(task.ProposalId) ? (urgentWithin / 4, urgentWithin / 2, urgentWithin * 3 / 4) : (remindAfter, deputyAfter, aboveAfter);
            if (waited >= remind && task.Reminded is null)
            {
                (task.Reminded, isNew) = (now, true);
            }

            if (waited >= deputy && task.DeputiesAsked is null)
            {
                (task.DeputiesAsked, isNew) = (now, true);
            }

            if (waited >= higherUp && task.PassedOn.IsEmpty
                && task.Positions.Select(above).OfType<string>().Except(task.Positions).Distinct(StringComparer.Ordinal).ToImmutableArray() is { IsEmpty: false } higher)
            {
                (task.PassedOn, isNew) = (higher, true);
            }

            if (isNew)
            {
                told.Add(task);
            }
        }

        if (told.Count > 0)
        {
            await log.SaveAsync(db, () => Task.FromResult<IReadOnlyCollection<AuditEvent>>([.. told.Select(task => new AuditEvent
            {
                Kind = AuditKind.Approval,
                Who = AuditActor.Hub,
                What = task.PassedOn.IsEmpty ? task.DeputiesAsked is null ? "reminded" : "deputies-asked" : "passed-on",
                Subject = $"proposal:{task.ProposalId:D}",
                Details = AuditFields.Of(("positions", string.Join(", ", task.Positions)), ("passed-on", string.Join(", ", task.PassedOn))),
            })]), cancellation);
        }

        return told.ToImmutable();
    }

    private static AuditEvent Told(Colleague by, string what, Deputy deputy) => new()
    {
        Kind = AuditKind.Approval,
        Who = by.Told,
        What = what,
        Subject = AuditActor.ReferenceOf(deputy.PersonId),
        Details = AuditFields.Of(("position", deputy.Position), ("from", deputy.From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("until", deputy.Until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))),
    };
}
