using System.Globalization;
using System.Text.RegularExpressions;

namespace PolicyHub.Content.Checking;

/// <summary>
/// The numbers, dates and amounts of a text, in a form in which two spellings of one are equal: <c>$1,500.00</c> is 1500,
/// <c>07:00</c> is 7:00, “twelve” is 12, and a day of a month carries its month.
/// </summary>
internal static partial class Figures
{
    private static readonly string[] Words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>The figures written in digits, each as written and as compared, in order.</summary>
    public static IEnumerable<(string Written, string Figure)> In(string text)
    {
        foreach (Match match in Digits().Matches(text))
        {
            yield return (match.Value, Normal(match.Value));
        }

        foreach (Match match in MonthDays().Matches(text))
        {
            yield return (match.Value, Month(match.Groups["month"].Value));
        }
    }

    /// <summary>All that a text can be cited for: its figures, and small numbers that it writes as words.</summary>
    public static HashSet<string> CitedBy(string text)
    {
        var figures = In(text).Select(found => found.Figure).ToHashSet(StringComparer.Ordinal);
        foreach (Match match in NumberWords().Matches(text))
        {
            figures.Add(Array.IndexOf(Words, match.Value.ToLowerInvariant()).ToString(CultureInfo.InvariantCulture));
        }

        return figures;
    }

    private static string Normal(string written)
    {
        if (written.Contains(':', StringComparison.Ordinal))
        {
            return written.TrimStart('0') is ['0' or (>= '1' and <= '9'), ..] time ? time : "0" + written.TrimStart('0');
        }

        var digits = written.Replace(",", "", StringComparison.Ordinal).TrimStart('0');
        if (digits.Contains('.', StringComparison.Ordinal))
        {
            digits = digits.TrimEnd('0').TrimEnd('.');
        }

        return digits is "" or ['.', ..] ? "0" + digits : digits;
    }

    private static string Month(string name) => "month " + name[..3].ToLowerInvariant();

    [GeneratedRegex(@"[0-9]{1,2}:[0-9]{2}|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\b(?<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?\s+[0-9]{1,2}\b|\b[0-9]{1,2}(?:st|nd|rd|th)?\s+(?<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MonthDays();

    [GeneratedRegex(@"\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NumberWords();
}
