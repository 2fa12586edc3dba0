using PolicyHub.Records.Searches;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Counting;

/// <summary>Tells the records once a minute, and at the end, what was searched, and hears from them what other processes have counted.</summary>
internal sealed class QueryUpkeep(
    QueryCounts counts, QueryBook book, CurrentEdition current, SiteOptions options, IHostApplicationLifetime host, TimeProvider time, ILogger<QueryUpkeep> log)
    : Upkeep(current, host, time, log)
{
    private bool hasHeardAll;

    protected override TimeSpan Pause => TimeSpan.FromMinutes(1);

    protected override TimeSpan UntilFirst => TimeSpan.FromSeconds(2);

    protected override string Failed => "Counts of searches could not be kept in the records; it is tried again in a minute.";

    protected override async Task TurnAsync(CancellationToken cancellation)
    {
        var rows = counts.Tell();
        try
        {
            await book.SaveAsync(rows, cancellation);
            rows = [];
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Time.GetUtcNow(), Current.Value.Settings.Zone).DateTime);

            // A day that is over is told once more at most, by those in whose minute it ended.
            var since = today.AddDays(hasHeardAll ? -1 : -(int)options.QueriesKept.TotalDays);
            counts.TakeOthers(await book.OfOthersAsync(counts.Source, since, cancellation), since, today);
            hasHeardAll = true;
        }
        finally
        {
            counts.NotTold(rows);
        }
    }

    protected override Task LastTurnAsync(CancellationToken cancellation) => TurnAsync(cancellation);
}
