using System.Collections.Concurrent;
using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Audit;

/// <summary>
/// The log of what was done: rows are added, and nothing else. Whoever changes something writes the change and its row in one transaction:
/// <see cref="SaveAsync(RecordsDb, AuditEvent, CancellationToken)"/>; what changes no other row: <see cref="AppendAsync(AuditEvent, CancellationToken)"/>.
/// </summary>
public sealed class AuditLog(IDbContextFactory<RecordsDb> records, TimeProvider time) : IDisposable
{
    /// <summary>Rows that one transaction takes at most: whoever holds the lock lets others in soon.</summary>
    private const int MostAtOnce = 100;

    // SQLite lets one write at a time and has the others ask again and again; within this process they queue instead.
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Rows that change nothing else, and whose writers wait.</summary>
    private readonly ConcurrentQueue<Waiting> waiting = new();

    /// <summary>
    /// Adds a row that changes nothing else. When this returns, the row is on disk. The disk is waited for once for all rows that have come
    /// meanwhile: whoever has the turn writes them in one transaction, and each caller goes on when that has ended.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">It could not be written.</exception>
    public async Task<AuditHead> AppendAsync(AuditEvent what, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(what);
        cancellation.ThrowIfCancellationRequested();
        var own = new Waiting(what);
        waiting.Enqueue(own);

        // From here on the row is in others' hands, perhaps: nobody takes it back.
        await turn.WaitAsync(CancellationToken.None);
        try
        {
            while (!own.Written.Task.IsCompleted)
            {
                await WriteWaitingAsync();
            }
        }
        finally
        {
            turn.Release();
        }

        return await own.Written.Task;
    }

    /// <summary>Saves what a context has gathered, and adds the row that tells of it: both or neither.</summary>
    /// <exception cref="DbUpdateException">The changes could not be written; the log has no row of them.</exception>
    public async Task<AuditHead> SaveAsync(RecordsDb db, AuditEvent what, CancellationToken cancellation) =>
        (await SaveAsync(db, () => Task.FromResult<IReadOnlyCollection<AuditEvent>>([what]), cancellation))!;

    /// <summary>Does something in a context, saves what it gathered, and adds the rows that tell of it: all or nothing.</summary>
    /// <param name="act">Gives the rows; it adds none by itself. None: there was nothing to do, and whatever it did is taken back.</param>
    /// <returns>The last row; null: nothing was done.</returns>
    /// <exception cref="DbUpdateException">The changes could not be written; the log has no row of them.</exception>
    public async Task<AuditHead?> SaveAsync(RecordsDb db, Func<Task<IReadOnlyCollection<AuditEvent>>> act, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(act);
        await turn.WaitAsync(cancellation);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            AuditHead? head = null;
            var told = await act();
            if (told.Count > 0)
            {
                await db.SaveChangesAsync(cancellation);
                head = (await WriteAsync(db, told, cancellation))[^1];
                await transaction.CommitAsync(cancellation);
            }

            return head;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>
    /// Adds a row within a transaction of the caller's (<c>db.Database.BeginTransactionAsync()</c>, plain), as its last statement: until the
    /// commit, which must follow at once, everyone else who adds a row waits.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no transaction, or it would not see the row that was written last.</exception>
    public async Task<AuditHead> AppendAsync(RecordsDb db, AuditEvent what, CancellationToken cancellation) => (await WriteAsync(db, [what], cancellation))[0];

    private async Task<IReadOnlyList<AuditHead>> WriteAsync(RecordsDb db, IReadOnlyCollection<AuditEvent> told, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("A row of the audit log needs a transaction that it ends.");
        return db.Database.IsNpgsql() && transaction.IsolationLevel != IsolationLevel.ReadCommitted
            ? throw new InvalidOperationException($"A row of the audit log must see the one before it; in a transaction of {transaction.IsolationLevel} it would not.")
            : await AuditWriter.WriteAsync(db.Database.GetDbConnection(), transaction, told, time, cancellation);
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Writes what waits, in the order in which it came, and lets each of its writers know: all are on disk, or none is.</summary>
    private async Task WriteWaitingAsync()
    {
        var batch = new List<Waiting>();
        while (batch.Count < MostAtOnce && waiting.TryDequeue(out var next))
        {
            batch.Add(next);
        }

        try
        {
            await using var db = await records.CreateDbContextAsync(CancellationToken.None);
            await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
            var heads = await WriteAsync(db, [.. batch.Select(one => one.What)], CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            foreach (var (one, head) in batch.Zip(heads))
            {
                one.Written.SetResult(head);
            }
        }
#pragma warning disable CA1031 // Each writer gets it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            batch.ForEach(one => one.Written.TrySetException(failure));
        }
    }

    /// <summary>The last row; null: there is none yet.</summary>
    public async Task<AuditHead?> HeadAsync(CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return (await db.Set<AuditEntry>().AsNoTracking().OrderByDescending(entry => entry.Number).FirstOrDefaultAsync(cancellation))?.Head;
    }

    /// <summary>
    /// Takes out what stands beside the chain of the rows before an instant: the values, and the salts without which they can't be guessed from
    /// the hashes that stay. The rule and the count are a row of the log. Nothing to take out: no row.
    /// </summary>
    /// <param name="rule">The retention rule, as settings name it.</param>
    /// <param name="kept">Rows on hold: their values stay. Null: none are.</param>
    /// <returns>How many values were taken out.</returns>
    public async Task<int> EraseAsync(
        DateTimeOffset before, string rule, System.Linq.Expressions.Expression<Func<AuditEntry, bool>>? kept, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await using var db = await records.CreateDbContextAsync(cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var entries = db.Set<AuditEntry>().Where(entry => entry.At < before);
            var held = kept is null ? entries.Where(_ => false) : entries.Where(kept);
            var count = await db.Set<AuditPersonal>()
                .Where(field => entries.Any(entry => entry.Number == field.Entry) && !held.Any(entry => entry.Number == field.Entry))
                .ExecuteDeleteAsync(cancellation);
            if (count > 0)
            {
                var told = new AuditEvent
                {
                    Kind = AuditKind.Retention,
                    Who = AuditActor.Hub,
                    What = "erase-personal",
                    Details = AuditFields.Of(("rule", rule), ("before", InstantConverter.Write(before)), ("values", count.ToString(System.Globalization.CultureInfo.InvariantCulture))),
                };
                await AppendAsync(db, told, cancellation);
            }

            await transaction.CommitAsync(cancellation);
            return count;
        }
        finally
        {
            turn.Release();
        }
    }

    private sealed record Waiting(AuditEvent What)
    {
        public TaskCompletionSource<AuditHead> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
