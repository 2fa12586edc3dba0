
namespace PolicyHub.Records.Audit;

/// <summary>
/// Refusals, of which a program that tries passwords makes thousands. The first from one source is written at once, with a count of 1; equal
/// ones of the same minute are counted in memory, for rows are never changed, and are one more row when the minute is over or the program
/// stops. A program that is killed loses at most the count of the repeats of its last minute, never that there was a refusal.
/// </summary>
public sealed class AuditRefusals(AuditLog log, TimeProvider time)
{
    /// <summary>More sources than this in one minute are an attack from many machines: those over it are told as one.</summary>
    private const int MostSources = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<Source, Repeats> open = [];

    /// <summary>Tells of a refusal: who was refused what, from where.</summary>
    public async Task AddAsync(AuditEvent refusal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var now = time.GetUtcNow();
        var source = new Source(Minute(now), refusal.Who.Reference, refusal.Who.Address ?? "", refusal.What, refusal.Subject);
        lock (gate)
        {
            if (open.TryGetValue(source, out var repeats))
            {
                repeats.Count++;
                return;
            }

            if (open.Count >= MostSources)
            {
                var rest = source with { Actor = "", Address = "", What = "many-sources", Subject = "" };
                if (open.TryGetValue(rest, out repeats))
                {
                    repeats.Count++;
                    return;
                }

                source = rest;
                refusal = new AuditEvent { Kind = AuditKind.Refusal, Who = AuditActor.Unknown(null), What = rest.What };
            }

            open.Add(source, new Repeats(refusal));
        }

        await log.AppendAsync(refusal with { Kind = AuditKind.Refusal, Count = 1 }, cancellation);
    }

    /// <summary>Writes the repeats of minutes that are over; called every few seconds.</summary>
    public Task WriteEndedAsync(CancellationToken cancellation) => WriteAsync(Minute(time.GetUtcNow()), cancellation);

    /// <summary>Writes all repeats, at the end of the program.</summary>
    public Task WriteAllAsync(CancellationToken cancellation) => WriteAsync(long.MaxValue, cancellation);

    private static long Minute(DateTimeOffset instant) => instant.UtcTicks / TimeSpan.TicksPerMinute;

    private async Task WriteAsync(long before, CancellationToken cancellation)
    {
        List<Repeats> ended;
        lock (gate)
        {
            var over = open.Where(pair => pair.Key.Minute < before).ToList();
            over.ForEach(pair => open.Remove(pair.Key));
            ended = [.. over.Select(pair => pair.Value).Where(repeats => repeats.Count > 0)];
        }

        foreach (var repeats in ended)
        {
            await log.AppendAsync(repeats.First with { Kind = AuditKind.Refusal, Count = repeats.Count }, cancellation);
        }
    }

    private sealed record Source(long Minute, string Actor, string Address, string What, string Subject);

    private sealed class Repeats(AuditEvent first)
    {
        public AuditEvent First { get; } = first;

        /// <summary>Beside the first.</summary>
        public int Count { get; set; }
    }
}
