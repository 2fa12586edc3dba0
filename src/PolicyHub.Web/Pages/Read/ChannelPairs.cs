using System.Collections.Immutable;
using PolicyHub.Content.Documents;

namespace PolicyHub.Web.Pages.Read;

/// <summary>Basic and exceptional service side by side, a row a channel.</summary>
public static class ChannelPairs
{
    /// <summary>Every channel that either side names, in the order written, with the lines of both.</summary>
    public static IEnumerable<(string Channel, ImmutableArray<string> Basic, ImmutableArray<string> Exceptional)> Of(StandardDetails standard) =>
        standard.Basic.Concat(standard.Exceptional).Select(lines => lines.Channel).Distinct(StringComparer.Ordinal)
            .Select(channel => (channel, LinesOf(standard.Basic, channel), LinesOf(standard.Exceptional, channel)));

    private static ImmutableArray<string> LinesOf(ImmutableArray<ChannelLines> side, string channel) =>
        [.. side.Where(lines => lines.Channel == channel).SelectMany(lines => lines.Lines)];
}
