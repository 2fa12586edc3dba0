using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Reading;

/// <summary>A text that a person saw, and that was taken back.</summary>
/// <param name="Path">Where it stood, without extension.</param>
/// <param name="Title">As they saw it.</param>
/// <param name="Since">From when on it was in effect.</param>
/// <param name="Until">When it was taken back.</param>
public sealed record TakenBackText(Guid Proposal, string Path, string Title, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>Who saw an urgent text, so that they are told when it is taken back. Every call names the person, or counts nobody: there is none that says who read what.</summary>
public sealed class SeenUrgentBook(IDbContextFactory<RecordsDb> records, TimeProvider time)
{
    /// <summary>Notes that one person is shown at once; the others come when these are put away.</summary>
    private const int MostShown = 20;

    /// <summary>Notes that a person opened an urgent text; the first time counts. A person or change that is gone is passed over.</summary>
    public async Task NoteAsync(Guid person, Guid proposal, string path, string title, DateTimeOffset since, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(title);
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (path.Length > ReadingBook.LongestPath || await db.Set<SeenUrgent>().AnyAsync(seen => seen.PersonId == person && seen.ProposalId == proposal && seen.Path == path, cancellation))
        {
            return;
        }

        var cut = title.Length <= SeenUrgent.LongestTitle ? title : title[..SeenUrgent.LongestTitle];
        db.Add(new SeenUrgent { PersonId = person, ProposalId = proposal, Path = path, Title = cut, Since = since, At = time.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            // Opened twice at the same moment, or the account is gone.
        }
    }

    /// <summary>Whether anybody at all has something to be told; and lets go of what need not be told any more, as it was approved.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (!await db.Set<SeenUrgent>().AnyAsync(cancellation))
        {
            return false;
        }

        await db.Set<SeenUrgent>()
            .Where(seen => db.Set<Proposal>().Any(proposal => proposal.Id == seen.ProposalId && proposal.State == ProposalState.Published))
            .ExecuteDeleteAsync(cancellation);
        return await TakenBack(db).AnyAsync(cancellation);
    }

    /// <summary>What a person saw and was taken back since, the latest first.</summary>
    public async Task<ImmutableArray<TakenBackText>> OfAsync(Guid person, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var found = await (
            from seen in db.Set<SeenUrgent>()
            where seen.PersonId == person
            join proposal in db.Set<Proposal>() on seen.ProposalId equals proposal.Id
            where proposal.State == ProposalState.TakenBack
            orderby proposal.Closed descending, seen.Path
            select new { seen.ProposalId, seen.Path, seen.Title, seen.Since, proposal.Closed, proposal.Changed }).Take(MostShown).ToListAsync(cancellation);
        return [.. found.Select(one => new TakenBackText(one.ProposalId, one.Path, one.Title, one.Since, one.Closed ?? one.Changed))];
    }

    /// <summary>A person has read the note and puts it away.</summary>
    public async Task PutAwayAsync(Guid person, Guid proposal, string path, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        await TakenBack(db).Where(seen => seen.PersonId == person && seen.ProposalId == proposal && seen.Path == path).ExecuteDeleteAsync(cancellation);
    }

    private static IQueryable<SeenUrgent> TakenBack(RecordsDb db) =>
        db.Set<SeenUrgent>().Where(seen => db.Set<Proposal>().Any(proposal => proposal.Id == seen.ProposalId && proposal.State == ProposalState.TakenBack));
}
