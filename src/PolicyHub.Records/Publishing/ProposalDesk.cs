using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Content.Approvals;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Publishing;

/// <summary>
/// Takes proposals from their authors to the published branch: sends them, takes yes and no, publishes what has its last yes, and takes back
/// what was urgent and had none. What was sent is in git before a row says so; a publication is found again on the branch, however it was
/// interrupted; so every step can be done again.
/// </summary>
/// <param name="library">The repository; fails where there is none that can be published to.</param>
public sealed class ProposalDesk(IDbContextFactory<RecordsDb> records, AuditLog log, TimeProvider time, Func<LibraryRepository> library) : IDisposable
{
    private readonly Lock opening = new();
    private (LibraryRepository Repository, Publisher Publisher, ProposalRefs Refs)? open;

    /// <summary>Sends what its author has written for approval; each revision that is sent is kept for ever.</summary>
    /// <param name="route">At least one step.</param>
    /// <param name="prepare">Makes of a text that was written the one that is sent, such as with its date; null: nothing is made of it.</param>
    public Task<ProposalOutcome> SendAsync(Guid id, Colleague by, ImmutableArray<ApprovalStep> route, Func<Proposal, ProposalFile, byte[]>? prepare, CancellationToken cancellation) =>
        SendAsync(id, by, route, prepare, ProposalAct.Send, (_, _) => { }, cancellation);

    /// <summary>Publishes before it is approved; the approval is asked for at the same moment.</summary>
    /// <param name="position">In which they may.</param>
    /// <param name="within">How long it stands without a yes.</param>
    public async Task<ProposalOutcome> PublishUrgentAsync(
        Guid id, Colleague by, string position, string reason, TimeSpan within, ImmutableArray<ApprovalStep> route, Func<Proposal, ProposalFile, byte[]>? prepare, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new ProposalOutcome.Refused(ProposalRefusal.Invalid);
        }

        var sent = await SendAsync(id, by, route, prepare, ProposalAct.PublishUrgent, (proposal, now) => (proposal.UrgentReason, proposal.Deadline) = (reason.Trim(), now + within), cancellation, position);
        return sent is ProposalOutcome.Done ? await PublishAsync(id, cancellation) ?? sent : sent;
    }

    /// <summary>Somebody's yes to what they have seen. The last one publishes.</summary>
    /// <param name="hash">Of the change set that they have seen; where it is another by now, it is no yes to that.</param>
    public async Task<ProposalOutcome> ApproveAsync(Guid id, Colleague by, string hash, string comment, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(comment);
        var outcome = await ProposalRows.ActAsync(records, log, id, by, ProposalAct.Approve, "approved", async (db, proposal, details) =>
        {
            if (await AnswerAsync(db, proposal, by, hash, isYes: true, ProposalAct.Approve, comment, details, cancellation) is { } refused)
            {
                return refused;
            }

            var (tasks, given, _) = await ProposalRows.StandingAsync(db, proposal, by, cancellation);
            if (Advance(proposal, tasks, [.. given, .. db.ChangeTracker.Entries<ApprovalGiven>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity)]))
            {
                proposal.State = ProposalFlow.Next(proposal.State, ProposalAct.Complete, ProposalRole.Hub)!.Value;
                proposal.Closed = proposal.State == ProposalState.Published ? time.GetUtcNow() : null;
                details.Add(("complete", "yes"));
            }

            return null;
        }, comment, cancellation);
        return outcome is ProposalOutcome.Done { Proposal.State: ProposalState.Approved } ? await PublishAsync(id, cancellation) ?? outcome : outcome;
    }

    public Task<ProposalOutcome> AskForChangesAsync(Guid id, Colleague by, string hash, string what, CancellationToken cancellation) =>
        RefuseAsync(id, by, hash, what, ProposalAct.AskForChanges, "asked-for-changes", cancellation);

    /// <summary>Somebody's no. An urgent one that is published already is taken back.</summary>
    public async Task<ProposalOutcome> RejectAsync(Guid id, Colleague by, string hash, string reason, CancellationToken cancellation)
    {
        var outcome = await RefuseAsync(id, by, hash, reason, ProposalAct.Reject, "rejected", cancellation);
        return outcome is ProposalOutcome.Done { Proposal.State: ProposalState.TakingBack } ? await TakeBackAsync(id, cancellation) ?? outcome : outcome;
    }

    /// <summary>Publishes what has its last yes, or was urgent; does nothing where that is done.</summary>
    /// <returns>Null: there was nothing to publish.</returns>
    public async Task<ProposalOutcome?> PublishAsync(Guid id, CancellationToken cancellation)
    {
        Proposal? proposal;
        List<ApprovalGiven> given;
        await using (var db = await records.CreateDbContextAsync(cancellation))
        {
            proposal = await db.Set<Proposal>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellation);
            given = await db.Set<ApprovalGiven>().AsNoTracking().Where(one => one.ProposalId == id && one.IsYes && !one.IsVoid).OrderBy(one => one.At).ToListAsync(cancellation);
        }

        if (proposal is not { State: ProposalState.Approved or ProposalState.Urgent, Published.Length: 0 })
        {
            return null;
        }

        try
        {
            var (_, publisher, _) = Open();
            if (await RevisionAsync(proposal, cancellation) is not { } revision)
            {
                return await WaitsAsync(id, "What was approved is not in the repository as it was sent.", cancellation);
            }

            if (await publisher.FindPublishedAsync(revision, cancellation) is { IsEmpty: false } found)
            {
                return await PublishedAsync(proposal, found, cancellation);
            }

            ImmutableArray<Trailer> trailers =
            [
                new("Proposal", revision.Proposal.ToString(CultureInfo.InvariantCulture)),
                new("Proposal-revision", revision.Commit.Hex),
                new("Proposed-by", revision.By.ToString()),
                .. proposal.State == ProposalState.Urgent ? [new Trailer("Urgent", "published before it was approved")] : Array.Empty<Trailer>(),
                .. given.Where(one => one.Revision == proposal.Revision && one.Hash == proposal.Hash)
                    .Select(one => new GivenApproval(new Signatory(one.Name, one.Address), one.Position, one.At, one.Hash).Trailer),
            ];
            return await publisher.PublishAsync(revision.Change, trailers, revision.By, time.GetUtcNow(), CancellationToken.None) switch
            {
                PublishOutcome.Published published => await PublishedAsync(proposal, published.Commits, CancellationToken.None),
                // Another process may have published it at this very moment; then its paths have moved to what was approved.
                PublishOutcome.Moved moved => await publisher.FindPublishedAsync(revision, cancellation) is { IsEmpty: false } byAnother
                    ? await PublishedAsync(proposal, byAnother, cancellation)
                    : await ReturnAsync(proposal, [.. moved.Paths.Select(path => path.Value)], cancellation),
                PublishOutcome.NotNow notNow => await WaitsAsync(id, notNow.Reason, cancellation),
                _ => null,
            };
        }
        catch (GitException failure)
        {
            return await WaitsAsync(id, failure.Message, cancellation);
        }
    }

    /// <summary>Publishes the earlier text of an urgent change again; does nothing where that is done.</summary>
    /// <returns>Null: there was nothing to take back.</returns>
    public async Task<ProposalOutcome?> TakeBackAsync(Guid id, CancellationToken cancellation)
    {
        Proposal? proposal;
        List<ProposalFile> files;
        await using (var db = await records.CreateDbContextAsync(cancellation))
        {
            proposal = await db.Set<Proposal>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellation);
            files = await db.Set<ProposalFile>().AsNoTracking().Where(file => file.ProposalId == id).ToListAsync(cancellation);
        }

        if (proposal is not { State: ProposalState.TakingBack })
        {
            return null;
        }

        try
        {
            var (repository, publisher, _) = Open();
            if (await RevisionAsync(proposal, cancellation) is not { } revision)
            {
                return await WaitsAsync(id, "What was published is not in the repository as it was sent.", cancellation);
            }

            // Refused before it could be published: there is nothing to take back.
            ImmutableArray<CommitId> commits = [];
            if (proposal.Published.Length > 0 || await publisher.FindPublishedAsync(revision, cancellation) is { IsEmpty: false })
            {
                var back = ProposalChange.Reverse(revision.Change, files, $"Taken back: {proposal.Note}", proposal.UrgentReason);
                Trailer[] trailers = [new("Proposal", revision.Proposal.ToString(CultureInfo.InvariantCulture)), new("Takes-back", revision.Commit.Hex)];
                switch (await publisher.PublishAsync(back, [.. trailers], new Signatory("PolicyHub", "policyhub@localhost"), time.GetUtcNow(), CancellationToken.None))
                {
                    case PublishOutcome.Published published:
                        commits = published.Commits;
                        break;
                    case PublishOutcome.Moved when (await publisher.FindMovedAsync(Left(back), cancellation)).Moved.IsEmpty:
                        // The earlier text is there again already.
                        break;
                    case PublishOutcome.Moved moved:
                        return await WaitsAsync(id, $"Somebody has changed it since: {string.Join(", ", moved.Paths)}.", cancellation);
                    case PublishOutcome.NotNow notNow:
                        return await WaitsAsync(id, notNow.Reason, cancellation);
                }
            }

            return await HubActAsync(id, ProposalAct.TakeBack, "taken-back", (now, row) => (row.Closed, row.Waits, row.TakenBackBy) = (now, "", [.. commits.Select(commit => commit.Hex)]), "", cancellation, [.. commits.Select(commit => commit.Hex)]);
        }
        catch (GitException failure)
        {
            return await WaitsAsync(id, failure.Message, cancellation);
        }
    }

    /// <summary>Goes on with whatever was interrupted: publishes what has its last yes, takes back what is past its time. Bounded by what is open.</summary>
    /// <returns>Proposals that came further.</returns>
    public async Task<ImmutableArray<Proposal>> ContinueAsync(CancellationToken cancellation)
    {
        List<Proposal> waiting;
        await using (var db = await records.CreateDbContextAsync(cancellation))
        {
            waiting = await db.Set<Proposal>().AsNoTracking()
                .Where(one => one.State == ProposalState.Approved || one.State == ProposalState.TakingBack || one.State == ProposalState.Urgent).OrderBy(one => one.Changed).ToListAsync(cancellation);
        }

        var moved = ImmutableArray.CreateBuilder<Proposal>();
        foreach (var proposal in waiting)
        {
            if (proposal is { State: ProposalState.Urgent, Published.Length: > 0 } && proposal.Deadline <= time.GetUtcNow())
            {
                await HubActAsync(proposal.Id, ProposalAct.Expire, "expired", (_, _) => { }, "", cancellation);
            }

            var outcome = await PublishAsync(proposal.Id, cancellation) ?? await TakeBackAsync(proposal.Id, cancellation);
            if (outcome is ProposalOutcome.Done done)
            {
                moved.Add(done.Proposal);
            }
        }

        return moved.ToImmutable();
    }

    /// <summary>The revision that a proposal was sent as last, from git; null: it is not there, or is not what its row says.</summary>
    /// <exception cref="GitException">The repository can't be read.</exception>
    public async Task<SentRevision?> RevisionAsync(Proposal proposal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        if (proposal.Number is not { } number)
        {
            return null;
        }

        var (_, _, refs) = Open();
        var found = (await refs.ReadAsync(number, cancellation)).FirstOrDefault(revision => revision.Commit.Hex == proposal.Commit);
        if (found is null)
        {
            // Another process may have sent it.
            await refs.FetchAsync(cancellation);
            found = (await refs.ReadAsync(number, cancellation)).FirstOrDefault(revision => revision.Commit.Hex == proposal.Commit);
        }

        return found?.Change.Hash == proposal.Hash ? found : null;
    }

    /// <summary>Takes away what a process that was killed left behind in the repository.</summary>
    /// <exception cref="GitException">The repository can't be read.</exception>
    public Task TidyAsync(CancellationToken cancellation) => Open().Refs.TidyAsync(time.GetUtcNow() - TimeSpan.FromHours(1), cancellation);

    public void Dispose()
    {
        open?.Publisher.Dispose();
        open?.Refs.Dispose();
    }

    private (LibraryRepository Repository, Publisher Publisher, ProposalRefs Refs) Open()
    {
        lock (opening)
        {
            var repository = library();
            if (open is not { } opened || !ReferenceEquals(opened.Repository, repository))
            {
                open = opened = (repository, new Publisher(repository), new ProposalRefs(repository));
            }

            return opened;
        }
    }

    private async Task<ProposalOutcome> SendAsync(
        Guid id, Colleague by, ImmutableArray<ApprovalStep> route, Func<Proposal, ProposalFile, byte[]>? prepare, ProposalAct act, Action<Proposal, DateTimeOffset> change, CancellationToken cancellation,
        string position = "")
    {
        ArgumentNullException.ThrowIfNull(by);
        if (route.IsEmpty)
        {
            return new ProposalOutcome.Refused(ProposalRefusal.Invalid, "Nobody is there who could approve it.");
        }

        Proposal? proposal;
        List<ProposalFile> files;
        await using (var db = await records.CreateDbContextAsync(cancellation))
        {
            proposal = await db.Set<Proposal>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellation);
            files = await db.Set<ProposalFile>().AsNoTracking().Where(file => file.ProposalId == id).ToListAsync(cancellation);
        }

        if (proposal is null || proposal.AuthorId != by.Id)
        {
            return new ProposalOutcome.Refused(ProposalRefusal.Gone);
        }

        if (ProposalFlow.Next(proposal.State, act, ProposalRole.Author) is null)
        {
            return new ProposalOutcome.Refused(ProposalRefusal.NotAllowed);
        }

        var stamps = files.ToDictionary(file => (file.Step, file.Path), file => file.Stamp);
        if (prepare is not null)
        {
            files.Where(file => file.Text is not null).ToList().ForEach(file => file.Text = prepare(proposal, file));
        }

        SentRevision sent;
        try
        {
            var (repository, publisher, refs) = Open();
            var changes = await ProposalChange.OfAsync(repository, proposal, files, cancellation);
            if (changes.Fault is { } fault)
            {
                return new ProposalOutcome.Refused(ProposalRefusal.Invalid, fault);
            }

            // On top of the very commit that was looked at: on a later one the revision would not read as what it says.
            var (moved, tip) = await publisher.FindMovedAsync(changes, cancellation);
            if (!moved.IsEmpty)
            {
                return new ProposalOutcome.Refused(ProposalRefusal.Moved) { Paths = [.. moved.Select(path => path.Value)] };
            }

            var before = proposal.Number is { } number ? (await refs.ReadAsync(number, cancellation)).FirstOrDefault() : null;
            var kept = before is null
                ? await refs.OpenAsync(changes, tip, by.Signatory, time.GetUtcNow(), cancellation)
                : await refs.ReviseAsync(before, changes, tip, by.Signatory, time.GetUtcNow(), cancellation);
            if (kept is null)
            {
                return new ProposalOutcome.Refused(ProposalRefusal.Stale);
            }

            sent = kept;
        }
        catch (GitException failure)
        {
            return new ProposalOutcome.Refused(ProposalRefusal.Unreachable, failure.Message);
        }

        return await ProposalRows.ActAsync(records, log, id, by, act, act == ProposalAct.Send ? "sent" : "published-urgent", async (db, row, details) =>
        {
            // The row is taken first: a save that comes now waits, sees that it was sent, and is refused; one that came before is seen here.
            var now = time.GetUtcNow();
            await ProposalRows.VoidAsync(db, row, cancellation);
            (row.Number, row.Revision, row.Commit, row.Hash) = (sent.Proposal, sent.Number, sent.Commit.Hex, sent.Change.Hash);
            (row.Sent, row.Changed, row.Waits, row.Closed, row.Published) = (now, now, "", null, []);
            change(row, now);
            await db.SaveChangesAsync(cancellation);
            var saved = await db.Set<ProposalFile>().Where(file => file.ProposalId == id).Select(file => new { file.Step, file.Path, file.Stamp }).ToListAsync(cancellation);
            if (saved.Count != stamps.Count || saved.Any(file => !stamps.TryGetValue((file.Step, file.Path), out var stamp) || stamp != file.Stamp))
            {
                return new ProposalOutcome.Refused(ProposalRefusal.Stale);
            }

            var first = route.Min(step => step.Order);
            db.AddRange(route.Select(step => new ApprovalTask
            {
                Id = Guid.NewGuid(),
                ProposalId = id,
                Revision = sent.Number,
                Order = step.Order,
                Positions = step.Positions,
                Need = step.Need,
                Paths = [.. step.Paths.Select(path => path.Value)],
                Asked = step.Order == first ? now : null,
            }));
            db.Add(ProposalRows.Entry(row, act, by, position, now, row.UrgentReason));
            details.AddRange([("paths", string.Join(", ", sent.Change.Bases.Keys)), ("position", position)]);
            return null;
        }, proposal.UrgentReason, cancellation);
    }

    private Task<ProposalOutcome> RefuseAsync(Guid id, Colleague by, string hash, string reason, ProposalAct act, string what, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(by);
        return string.IsNullOrWhiteSpace(reason)
            ? Task.FromResult<ProposalOutcome>(new ProposalOutcome.Refused(ProposalRefusal.Invalid))
            : ProposalRows.ActAsync(records, log, id, by, act, what, async (db, proposal, details) =>
            {
                var refused = await AnswerAsync(db, proposal, by, hash, isYes: false, act, reason, details, cancellation);
                if (refused is null)
                {
                    await ProposalRows.VoidAsync(db, proposal, cancellation);
                }

                return refused;
            }, reason, cancellation);
    }

    private async Task<ProposalOutcome.Refused?> AnswerAsync(
        RecordsDb db, Proposal proposal, Colleague by, string hash, bool isYes, ProposalAct act, string text, List<(string Name, string Value)> details, CancellationToken cancellation)
    {
        if (proposal.Hash != hash || text.Length > ProposalEntry.LongestText)
        {
            return new ProposalOutcome.Refused(proposal.Hash != hash ? ProposalRefusal.Stale : ProposalRefusal.Invalid);
        }

        var (tasks, given, _) = await ProposalRows.StandingAsync(db, proposal, by, cancellation);

        // The state has moved on in memory already; who was asked is told by the one before.
        var asked = ApprovalStanding.OpenTo(by, new Proposal
        {
            Id = proposal.Id,
            AuthorId = proposal.AuthorId,
            AuthorName = proposal.AuthorName,
            Writers = proposal.Writers,
            Made = proposal.Made,
            Changed = proposal.Changed,
            Revision = proposal.Revision,
            State = ProposalState.Sent,
        }, tasks, given, await ProposalRows.DeputiesAsync(db, by, cancellation)).ToList();
        if (asked.Count == 0)
        {
            return new ProposalOutcome.Refused(ProposalRefusal.NotAllowed);
        }

        var now = time.GetUtcNow();
        db.AddRange(asked.Select(one => new ApprovalGiven
        {
            Id = Guid.NewGuid(),
            TaskId = one.Task.Id,
            ProposalId = proposal.Id,
            Revision = proposal.Revision,
            Hash = hash,
            PersonId = by.Id,
            Name = by.Name,
            Address = by.Address,
            Position = one.Position,
            IsDeputy = one.IsDeputy,
            At = now,
            IsYes = isYes,
        }));
        var position = asked[0].Position;
        db.Add(ProposalRows.Entry(proposal, act, by, position, now, text));
        proposal.Changed = now;
        details.AddRange([("position", string.Join(", ", asked.Select(one => one.Position).Distinct())), ("deputy", asked.Any(one => one.IsDeputy) ? "yes" : ""), ("at", InstantConverter.Write(now))]);
        return null;
    }

    /// <summary>Ends the steps that have what they need, asks the next; true: all are done.</summary>
    private bool Advance(Proposal proposal, IEnumerable<ApprovalTask> all, IReadOnlyCollection<ApprovalGiven> given)
    {
        var now = time.GetUtcNow();
        var tasks = all.Where(task => task.Revision == proposal.Revision).OrderBy(task => task.Order).ToList();
        foreach (var task in tasks.Where(task => task.IsOpen && given.Where(one => one.TaskId == task.Id && one is { IsYes: true, IsVoid: false }).Select(one => one.PersonId).Distinct().Count() >= task.Need))
        {
            task.Done = now;
        }

        if (tasks.FirstOrDefault(task => task.Done is null) is not { } next)
        {
            return true;
        }

        foreach (var task in tasks.Where(task => task.Order == next.Order && task.Asked is null))
        {
            task.Asked = now;
        }

        return false;
    }

    private Task<ProposalOutcome> PublishedAsync(Proposal proposal, ImmutableArray<CommitId> commits, CancellationToken cancellation)
    {
        ImmutableArray<string> names = [.. commits.Select(commit => commit.Hex)];
        return proposal.State == ProposalState.Approved
            ? HubActAsync(proposal.Id, ProposalAct.Publish, "published", (now, row) => (row.Published, row.Closed, row.Waits) = (names, now, ""), "", cancellation, names)
            : UrgentPublishedAsync(proposal.Id, names, cancellation);
    }

    /// <summary>An urgent change stays what it is, and knows now how it was published.</summary>
    private async Task<ProposalOutcome> UrgentPublishedAsync(Guid id, ImmutableArray<string> commits, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        ProposalOutcome outcome = new ProposalOutcome.Refused(ProposalRefusal.Stale);
        await log.SaveAsync(db, async () =>
        {
            if (await db.Set<Proposal>().FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { Published.Length: 0 } row)
            {
                return [];
            }

            (row.Published, row.Waits, row.Changed) = (commits, "", time.GetUtcNow());
            row.Stamp++;
            outcome = new ProposalOutcome.Done(row);
            return [ProposalTold.Of(AuditActor.Hub, AuditKind.Publication, "published-urgent", row, "", ("commits", string.Join(", ", commits)))];
        }, cancellation);
        return outcome;
    }

    private async Task<ProposalOutcome> ReturnAsync(Proposal proposal, ImmutableArray<string> paths, CancellationToken cancellation)
    {
        var outcome = await HubActAsync(proposal.Id, ProposalAct.Return, "returned", (_, row) => row.Waits = "", string.Join(", ", paths), cancellation);
        return outcome is ProposalOutcome.Done ? new ProposalOutcome.Refused(ProposalRefusal.Moved) { Paths = paths } : outcome;
    }

    /// <summary>As a change set that goes on from what another leaves: it has moved where that is not there.</summary>
    private static ChangeSet Left(ChangeSet change) => new()
    {
        Steps =
        [
            change.Steps[0] with
            {
                Paths = [.. change.Steps.SelectMany(step => step.Paths).GroupBy(path => path.Path).Select(path => new ChangedPath(path.Key, path.Last().New, null))],
            },
        ],
    };

    /// <summary>Something that the program does by itself.</summary>
    private async Task<ProposalOutcome> HubActAsync(
        Guid id, ProposalAct act, string what, Action<DateTimeOffset, Proposal> change, string text, CancellationToken cancellation, ImmutableArray<string> commits = default)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        ProposalOutcome outcome = new ProposalOutcome.Refused(ProposalRefusal.NotAllowed);
        try
        {
            await log.SaveAsync(db, async () =>
            {
                if (await db.Set<Proposal>().FirstOrDefaultAsync(one => one.Id == id, cancellation) is not { } row || ProposalFlow.Next(row.State, act, ProposalRole.Hub) is not { } next)
                {
                    return [];
                }

                var now = time.GetUtcNow();
                (row.State, row.Changed) = (next, now);
                if (act == ProposalAct.Return)
                {
                    await ProposalRows.VoidAsync(db, row, cancellation);
                }

                change(now, row);
                row.Stamp++;
                db.Add(ProposalRows.Entry(row, act, null, "", now, text));
                outcome = new ProposalOutcome.Done(row);
                var told = ProposalTold.Of(AuditActor.Hub, act == ProposalAct.Publish ? AuditKind.Publication : AuditKind.Proposal, what, row, "", ("commits", commits.IsDefaultOrEmpty ? "" : string.Join(", ", commits)), ("paths", text));
                return [told];
            }, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another process does the same; what it did counts.
            return new ProposalOutcome.Refused(ProposalRefusal.Stale);
        }

        return outcome;
    }

    private async Task<ProposalOutcome> WaitsAsync(Guid id, string reason, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var cut = reason.Length <= 1000 ? reason : reason[..1000];
        await db.Set<Proposal>().Where(one => one.Id == id && one.Waits != cut).ExecuteUpdateAsync(set => set.SetProperty(one => one.Waits, cut), cancellation);
        return new ProposalOutcome.Refused(ProposalRefusal.Unreachable, cut);
    }
}
