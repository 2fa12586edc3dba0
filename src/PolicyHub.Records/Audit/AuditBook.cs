using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Audit;

/// <summary>Which rows of the log someone asks for; what is null or empty leaves none out.</summary>
public sealed record AuditQuestion
{
    /// <summary>The word of a kind.</summary>
    public string? Kind { get; init; }

    /// <summary>A reference (<see cref="AuditActor.Reference"/>): what they did, and what was done to them.</summary>
    public string? About { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Words that stand in what was done, to what, at which commit or in the details; never in what is personal.</summary>
    public string? Text { get; init; }
}

/// <summary>A row with what stands beside it.</summary>
/// <param name="Personal">Fields that were not erased, name by name.</param>
public sealed record AuditRow(AuditEntry Entry, ImmutableSortedDictionary<string, string> Personal);

/// <summary>Reads the log, the newest row first.</summary>
public sealed class AuditBook(IDbContextFactory<RecordsDb> records)
{
    private const int Page = 500;

    /// <summary>So many rows before a number; null: from the newest on.</summary>
    public async Task<IReadOnlyList<AuditRow>> ReadAsync(AuditQuestion question, long? before, int count, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        await using var db = await records.CreateDbContextAsync(cancellation);
        var rows = Find(db, question);
        if (before is { } number)
        {
            rows = rows.Where(entry => entry.Number < number);
        }

        var page = await rows.OrderByDescending(entry => entry.Number).Take(count).ToListAsync(cancellation);
        if (page.Count == 0)
        {
            return [];
        }

        var (first, last) = (page[^1].Number, page[0].Number);
        var numbers = page.Select(entry => entry.Number).ToList();
        var fields = await db.Set<AuditPersonal>().AsNoTracking()
            .Where(field => field.Entry >= first && field.Entry <= last && numbers.Contains(field.Entry)).ToListAsync(cancellation);
        var personal = fields.ToLookup(field => field.Entry);
        return [.. page.Select(entry => new AuditRow(entry, personal[entry.Number].ToImmutableSortedDictionary(field => field.Field, field => field.Value, StringComparer.Ordinal)))];
    }

    /// <summary>Every row, page by page: rows that are added meanwhile are not among them.</summary>
    public async IAsyncEnumerable<AuditRow> ReadAllAsync(AuditQuestion question, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long? before = null;
        do
        {
            var page = await ReadAsync(question, before, Page, cancellation);
            foreach (var row in page)
            {
                yield return row;
            }

            before = page.Count == Page ? page[^1].Entry.Number : null;
        }
        while (before is not null);
    }

    /// <summary>One row; null: there is none of that number.</summary>
    public async Task<AuditEntry?> FindAsync(long number, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await db.Set<AuditEntry>().AsNoTracking().FirstOrDefaultAsync(entry => entry.Number == number, cancellation);
    }

    private static IQueryable<AuditEntry> Find(RecordsDb db, AuditQuestion question)
    {
        var rows = db.Set<AuditEntry>().AsNoTracking();
        if (question.Kind is { Length: > 0 } kind)
        {
            rows = rows.Where(entry => entry.Kind == kind);
        }

        if (question.About is { Length: > 0 } about)
        {
            rows = rows.Where(entry => entry.Actor == about || entry.Subject == about);
        }

        if (question.Since is { } since)
        {
            rows = rows.Where(entry => entry.At >= since);
        }

        if (question.Until is { } until)
        {
            rows = rows.Where(entry => entry.At <= until);
        }

        if (question.Text is { Length: > 0 } words)
        {
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // The database lowers both sides, by its own rules.
            var text = words.ToLowerInvariant();
            rows = rows.Where(entry => entry.What.ToLower().Contains(text) || entry.Subject.ToLower().Contains(text) || entry.Commit.Contains(text) || entry.Details.ToLower().Contains(text));
#pragma warning restore CA1304, CA1311, CA1862, MA0011
        }

        return rows;
    }
}
