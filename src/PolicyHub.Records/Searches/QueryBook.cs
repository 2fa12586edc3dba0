using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Searches;

/// <summary>Keeps counts of searches, and adds up those of several processes.</summary>
public sealed class QueryBook(IDbContextFactory<RecordsDb> records)
{
    /// <summary>In UTF-16 units; a longer wording counts in the totals alone.</summary>
    public const int LongestWords = 600;

    private const int AtOnce = 500;

    /// <summary>Writes what one run of a process has counted; rows of its own that are there are replaced.</summary>
    public async Task SaveAsync(IReadOnlyCollection<QueryDay> rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var some in rows.Where(row => row.Words.Length <= LongestWords).Chunk(AtOnce))
        {
            await using var db = await records.CreateDbContextAsync(cancellation);
            var (source, first) = (some[0].Source, some.Min(row => row.Day));
            var known = await db.Set<QueryDay>().Where(row => row.Source == source && row.Day >= first).ToDictionaryAsync(row => (row.Day, row.Words), cancellation);
            foreach (var row in some)
            {
                if (known.TryGetValue((row.Day, row.Words), out var before))
                {
                    db.Entry(before).CurrentValues.SetValues(row);
                }
                else
                {
                    db.Add(row);
                }
            }

            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>What others than one run have counted since a day.</summary>
    public async Task<ImmutableArray<QueryDay>> OfOthersAsync(string source, DateOnly since, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        var found = await db.Set<QueryDay>().AsNoTracking().Where(row => row.Day >= since && row.Source != source).ToListAsync(cancellation);
        return [.. found];
    }
}
