using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Feedback;

/// <summary>Takes notes to owners, and their answers. Who owns a document is for the caller to know.</summary>
public sealed class FeedbackBox(IDbContextFactory<RecordsDb> records, TimeProvider time)
{
    /// <summary>In UTF-16 units, of a note and of the word of its owner.</summary>
    public const int LongestNote = 1000;

    /// <summary>Open notes that are listed at one time, the oldest first.</summary>
    private const int MostOpen = 1000;

    /// <summary>Notes of one person that their home page looks back at.</summary>
    private const int MostOfOne = 10;

    /// <summary>Takes a note; one that is sent twice, by its number, is one.</summary>
    /// <returns>False where it was there already.</returns>
    public async Task<bool> SendAsync(FeedbackNote note, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(note);
        await using var db = await records.CreateDbContextAsync(cancellation);
        if (await db.Set<FeedbackNote>().AnyAsync(known => known.Id == note.Id, cancellation))
        {
            return false;
        }

        db.Add(note);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException failure)
        {
            // Sent twice at the same moment: there is one.
            db.ChangeTracker.Clear();
            return await db.Set<FeedbackNote>().AnyAsync(known => known.Id == note.Id, cancellation) ? false : throw new InvalidOperationException("The note could not be stored.", failure);
        }
    }

    public async Task<FeedbackNote?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await db.Set<FeedbackNote>().AsNoTracking().FirstOrDefaultAsync(note => note.Id == id, cancellation);
    }

    /// <summary>Those that wait for an owner, the oldest first.</summary>
    public async Task<ImmutableArray<FeedbackNote>> OpenAsync(CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var found = await db.Set<FeedbackNote>().AsNoTracking().Where(note => note.State == FeedbackState.Open)
            .OrderBy(note => note.At).ThenBy(note => note.Id).Take(MostOpen).ToListAsync(cancellation);
        return [.. found];
    }

    /// <summary>How many wait, and how many people with a name sent them.</summary>
    public async Task<(int Notes, int People)> CountOpenAsync(CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var open = db.Set<FeedbackNote>().Where(note => note.State == FeedbackState.Open);
        return (await open.CountAsync(cancellation), await open.Where(note => note.PersonId != null).Select(note => note.PersonId).Distinct().CountAsync(cancellation));
    }

    /// <summary>What a person sent and how it was dealt with, the latest first: open ones, and those closed since an instant.</summary>
    public async Task<ImmutableArray<FeedbackNote>> OfAsync(Guid person, DateTimeOffset closedSince, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var found = await db.Set<FeedbackNote>().AsNoTracking()
            .Where(note => note.PersonId == person && note.State != FeedbackState.Thanked && (note.Closed == null || note.Closed >= closedSince))
            .OrderByDescending(note => note.At).ThenBy(note => note.Id).Take(MostOfOne).ToListAsync(cancellation);
        return [.. found];
    }

    /// <summary>Says how an open note was dealt with.</summary>
    /// <returns>Null where there is none, or another has dealt with it already.</returns>
    public async Task<FeedbackNote?> CloseAsync(Guid id, FeedbackState state, string word, string by, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = await records.CreateDbContextAsync(cancellation);
        var changed = await db.Set<FeedbackNote>().Where(note => note.Id == id && note.State == FeedbackState.Open)
            .ExecuteUpdateAsync(
                set => set.SetProperty(note => note.State, state).SetProperty(note => note.Word, word).SetProperty(note => note.ClosedBy, by).SetProperty(note => note.Closed, now),
                cancellation);
        return changed == 0 ? null : await FindAsync(id, cancellation);
    }
}
