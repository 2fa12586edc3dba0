using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Retention;

/// <summary>How long a kind of record is kept.</summary>
/// <param name="Kept">Null: it has no end.</param>
/// <param name="IsHeld">Nothing of it is taken out, whatever its age, as long as the hold stands.</param>
public sealed record RetentionRule(TimeSpan? Kept, bool IsHeld);

/// <summary>The rules of all kinds, by name, and the run that keeps them.</summary>
public sealed class RetentionRules(IReadOnlyDictionary<string, RetentionRule> rules)
{
    public RetentionRule this[RecordKind kind] => rules[kind.Name];

    /// <summary>Takes out what is past its time, and tells the audit log how much of what; nothing to take out is no row.</summary>
    /// <returns>Rows taken out, by kind.</returns>
    public async Task<ImmutableSortedDictionary<string, int>> RunAsync(IDbContextFactory<RecordsDb> records, AuditLog log, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(time);
        var now = time.GetUtcNow();
        var taken = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var kind in RecordKinds.All.Where(kind => kind.Forget is not null && this[kind] is { IsHeld: false, Kept: not null }))
        {
            await using var db = await records.CreateDbContextAsync(cancellation);
            if (await kind.Forget!(db, now - this[kind].Kept!.Value, cancellation) is > 0 and var count)
            {
                taken[kind.Name] = count;
            }
        }

        if (taken.Count > 0)
        {
            await log.AppendAsync(
                new AuditEvent
                {
                    Kind = AuditKind.Retention,
                    Who = AuditActor.Hub,
                    What = "take-out",
                    Details = AuditFields.Of([.. taken.Select(pair => (pair.Key, pair.Value.ToString(CultureInfo.InvariantCulture)))]),
                },
                cancellation);
        }

        // The log tells of its own.
        if (rules[RecordKinds.Audit] is { IsHeld: false, Kept: { } kept } && await log.EraseAsync(now - kept, "PolicyHub:Retention:Audit", null, cancellation) is > 0 and var erased)
        {
            taken[RecordKinds.Audit] = erased;
        }

        return taken.ToImmutable();
    }
}
