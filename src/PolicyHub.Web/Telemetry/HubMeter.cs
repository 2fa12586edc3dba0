using System.Diagnostics.Metrics;

namespace PolicyHub.Web.Telemetry;

/// <summary>
/// What PolicyHub counts of itself beside what the framework does. No figure carries words that people typed, who they are, or what a
/// document says: only fixed words as in <c>src/operations.md</c>.
/// </summary>
public static class HubMeter
{
    /// <summary>The meter's name; that of git's calls in Content is the same.</summary>
    public const string Name = "PolicyHub";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> SearchTimes = Meter.CreateHistogram(
        "policyhub.search.duration", "s", "How long the index took to answer; its count by outcome is the number of searches.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1] });

    private static readonly Counter<long> Searches = Meter.CreateCounter<long>("policyhub.searches", "{search}", "Searches, by outcome: found, none or empty.");

    private static readonly Counter<long> RefreshFailures = Meter.CreateCounter<long>("policyhub.refresh.failures", "{failure}", "Times that the library could not be read or served anew.");

    /// <param name="outcome"><c>found</c>, <c>none</c>, or <c>empty</c> where nothing was asked.</param>
    public static void Searched(string outcome, TimeSpan took)
    {
        var tag = KeyValuePair.Create<string, object?>("outcome", outcome);
        Searches.Add(1, tag);
        SearchTimes.Record(took.TotalSeconds, tag);
    }

    public static void RefreshFailed() => RefreshFailures.Add(1);
}
