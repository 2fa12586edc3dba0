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
    // SQLite lets one write at a time and has the others ask again and again; within this process they queue instead.
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Adds a row in a transaction of its own. When this returns, the row is on disk.</summary>
    /// <exception cref="System.Data.Common.DbException">It could not be written.</exception>
    public async Task<AuditHead> AppendAsync(AuditEvent what, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await SaveAsync(db, what, cancellation);
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
                foreach (var what in told)
                {
                    head = await AppendAsync(db, what, cancellation);
                }

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
    public async Task<AuditHead> AppendAsync(RecordsDb db, AuditEvent what, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(what);
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("A row of the audit log needs a transaction that it ends.");
        return db.Database.IsNpgsql() && transaction.IsolationLevel != IsolationLevel.ReadCommitted
            ? throw new InvalidOperationException($"A row of the audit log must see the one before it; in a transaction of {transaction.IsolationLevel} it would not.")
            : await AuditWriter.WriteAsync(db.Database.GetDbConnection(), transaction, what, time, cancellation);
    }

    public void Dispose() => turn.Dispose();

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
}
