using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Audit;

/// <summary>One thing wrong with the log.</summary>
/// <param name="Number">The row that it is about.</param>
/// <param name="Sentence">What is wrong, naming the row.</param>
public sealed record AuditFault(long Number, string Sentence);

/// <summary>What a check of the log found.</summary>
public sealed record AuditReport
{
    /// <summary>The first thousand, by number.</summary>
    public required IReadOnlyList<AuditFault> Faults { get; init; }

    public required long FaultCount { get; init; }

    public required long Rows { get; init; }

    /// <summary>The last row; null: the log is empty.</summary>
    public required AuditHead? Head { get; init; }

    /// <summary>Personal values that were compared with the hash in the chain.</summary>
    public required long PersonalChecked { get; init; }

    /// <summary>Personal values that the chain knows of and that are there no more: a retention rule takes them out, and says so in the log.</summary>
    public required long PersonalErased { get; init; }

    /// <summary>Heads kept elsewhere that the log still agrees with.</summary>
    public required int AnchorsMet { get; init; }

    public bool IsWhole => FaultCount == 0;
}

/// <summary>Reads the whole log and finds any row that was changed, removed, put in or moved. Reads page by page, while others may add rows.</summary>
public sealed class AuditVerifier(IDbContextFactory<RecordsDb> records)
{
    private const int Page = 2000;
    private const int MostFaults = 1000;

    /// <param name="anchors">Heads that were kept elsewhere. Without any, rows cut off at the end are not noticed, nor a chain that was computed anew.</param>
    public async Task<AuditReport> VerifyAsync(IReadOnlyCollection<AuditHead> anchors, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        await using var db = await records.CreateDbContextAsync(cancellation);
        var check = new Check(anchors);
        long last = long.MinValue;
        while (true)
        {
            var after = last;
            var page = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Number > after).OrderBy(entry => entry.Number).Take(Page).ToListAsync(cancellation);
            if (page.Count == 0)
            {
                break;
            }

            last = page[^1].Number;
            var until = last;
            var personal = await db.Set<AuditPersonal>().AsNoTracking().Where(field => field.Entry > after && field.Entry <= until).ToListAsync(cancellation);
            check.Take(page, personal.ToLookup(field => field.Entry));
        }

        // Where the row is gone and its personal fields are not.
        var ofNone = db.Set<AuditPersonal>().Where(field => !db.Set<AuditEntry>().Any(entry => entry.Number == field.Entry)).Select(field => field.Entry);
        foreach (var number in await ofNone.Distinct().OrderBy(number => number).Take(MostFaults).ToListAsync(cancellation))
        {
            check.Blame(number, $"Row {number} was removed: personal fields of it are still there.");
        }

        return check.Close();
    }

    private sealed class Check(IReadOnlyCollection<AuditHead> anchors)
    {
        private readonly List<AuditFault> faults = [];
        private readonly ILookup<long, AuditHead> anchored = anchors.ToLookup(anchor => anchor.Number);
        private long count;
        private long rows;
        private long compared;
        private long erased;
        private int met;
        private AuditEntry? before;

        public void Blame(long number, string sentence)
        {
            count++;
            if (faults.Count < MostFaults)
            {
                faults.Add(new AuditFault(number, sentence));
            }
        }

        public void Take(List<AuditEntry> page, ILookup<long, AuditPersonal> personal)
        {
            foreach (var entry in page)
            {
                rows++;
                Follow(entry);
                if (AuditHash.Of(entry) is not { } hash)
                {
                    Blame(entry.Number, $"Row {entry.Number} has form {entry.Form}, which this program does not know: check with the version that wrote it.");
                }
                else if (hash != entry.Hash)
                {
                    Blame(entry.Number, $"Row {entry.Number} was changed: its hash is not that of what it holds.");
                }

                ComparePersonal(entry, [.. personal[entry.Number]]);
                foreach (var anchor in anchored[entry.Number])
                {
                    if (anchor.Hash == entry.Hash)
                    {
                        met++;
                    }
                    else
                    {
                        Blame(entry.Number, $"Row {entry.Number} is not the one that was anchored at {InstantConverter.Write(anchor.At)}: it, or a row before it, was replaced.");
                    }
                }

                before = entry;
            }
        }

        public AuditReport Close()
        {
            var last = before?.Number ?? 0;
            foreach (var anchor in anchors.Where(anchor => anchor.Number > last).OrderBy(anchor => anchor.Number))
            {
                Blame(last + 1, $"Rows {last + 1} to {anchor.Number} were removed: the log ended with row {anchor.Number} when it was anchored at {InstantConverter.Write(anchor.At)}.");
            }

            return new AuditReport
            {
                Faults = [.. faults.OrderBy(fault => fault.Number)],
                FaultCount = count,
                Rows = rows,
                Head = before?.Head,
                PersonalChecked = compared,
                PersonalErased = erased,
                AnchorsMet = met,
            };
        }

        private void Follow(AuditEntry entry)
        {
            var (number, hash) = before is null ? (0, AuditHash.BeforeFirst) : (before.Number, before.Hash);
            if (entry.Number < 1)
            {
                Blame(entry.Number, $"Row {entry.Number} was put in: the first has number 1.");
            }
            else if (entry.Number != Math.Max(number, 0) + 1)
            {
                var first = Math.Max(number, 0) + 1;
                Blame(first, first == entry.Number - 1 ? $"Row {first} was removed." : $"Rows {first} to {entry.Number - 1} were removed.");
            }
            else if (entry.Previous != hash)
            {
                Blame(entry.Number, $"Row {entry.Number} does not follow row {number}: one of the two was changed, replaced, put in or moved.");
            }
        }

        private void ComparePersonal(AuditEntry entry, List<AuditPersonal> personal)
        {
            Dictionary<string, string> hashes;
            try
            {
                hashes = JsonSerializer.Deserialize<Dictionary<string, string>>(entry.Personal, JsonSerializerOptions.Default) ?? [];
            }
            catch (JsonException)
            {
                // The row's own hash tells of it.
                return;
            }

            foreach (var (field, hash) in hashes)
            {
                var found = personal.Find(value => value.Field == field);
                if (found is null)
                {
                    erased++;
                }
                else if (AuditHash.OfPersonal(found.Salt, field, found.Value) == hash)
                {
                    compared++;
                }
                else
                {
                    Blame(entry.Number, $"Row {entry.Number}: “{field}” beside it was changed.");
                }
            }

            foreach (var added in personal.Where(value => !hashes.ContainsKey(value.Field)))
            {
                Blame(entry.Number, $"Row {entry.Number}: “{added.Field}” beside it was put in.");
            }
        }
    }
}
