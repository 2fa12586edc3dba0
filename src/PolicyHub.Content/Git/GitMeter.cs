using System.Diagnostics.Metrics;

namespace PolicyHub.Content.Git;

/// <summary>Counts calls of git by command and outcome, and nothing of what they were about.</summary>
internal static class GitMeter
{
    private static readonly Meter Meter = new("PolicyHub");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("policyhub.git.calls", "{call}", "Calls of git, by command and outcome: ok, failed or stopped.");

    public static void Count(GitCall call, string outcome) =>
        Calls.Add(1, KeyValuePair.Create<string, object?>("command", call.Arguments[0]), KeyValuePair.Create<string, object?>("outcome", outcome));
}
