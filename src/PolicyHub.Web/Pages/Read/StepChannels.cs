using System.Collections.Immutable;
using PolicyHub.Content.Documents;

namespace PolicyHub.Web.Pages.Read;

/// <summary>A step of a process as it goes on each channel: what to do and what to say there.</summary>
public static class StepChannels
{
    /// <summary>Every channel that the step names, in the order written; what names no channel comes first.</summary>
    public static IEnumerable<(string Channel, ImmutableArray<string> Do, ImmutableArray<string> Say)> Of(ProcessStep step) =>
        step.Do.Concat(step.Say).Select(lines => lines.Channel).Distinct(StringComparer.Ordinal).OrderBy(channel => channel.Length > 0)
            .Select(channel => (channel, LinesOf(step.Do, channel), LinesOf(step.Say, channel)));

    private static ImmutableArray<string> LinesOf(ImmutableArray<ChannelLines> lines, string channel) =>
        [.. lines.Where(line => line.Channel == channel).SelectMany(line => line.Lines)];
}
