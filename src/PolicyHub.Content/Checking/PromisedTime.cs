using System.Globalization;
using System.Text.RegularExpressions;

namespace PolicyHub.Content.Checking;

/// <summary>
/// A time that a promise or standard names, such as <c>3 working days</c>: the longest it can be on the clock, for comparison.
/// Working days have weekends between them: n of them span at most n days and two for every five begun. A month has at most 31 days.
/// </summary>
internal static partial class PromisedTime
{
    /// <summary>Reads <c>N seconds, minutes, hours, working days, days, weeks or months</c>; false for all else.</summary>
    public static bool TryParse(string? text, out TimeSpan longest)
    {
        longest = default;
        if (text is not { Length: <= 60 } || Pattern().Match(text.Trim()) is not { Success: true } match
            || !int.TryParse(match.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        longest = match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "second" => TimeSpan.FromSeconds(count),
            "minute" => TimeSpan.FromMinutes(count),
            "hour" => TimeSpan.FromHours(count),
            "day" => TimeSpan.FromDays(count),
            "week" => TimeSpan.FromDays(7.0 * count),
            "month" => TimeSpan.FromDays(31.0 * count),
            _ => TimeSpan.FromDays(count + (2.0 * ((count + 4) / 5))),
        };
        return true;
    }

    [GeneratedRegex(@"^(?<count>[0-9]{1,5})\s+(?<unit>second|minute|hour|working\s+day|business\s+day|day|week|month)s?$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
