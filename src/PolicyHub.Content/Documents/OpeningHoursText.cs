using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PolicyHub.Content.Documents;

/// <summary>
/// Opening hours as people write them: <c>Mon-Fri 08:00-17:00</c>, <c>Mon, Wed 9:00-12:00, 13:00-16:30</c>, <c>Every day 00:00-24:00</c>.
/// English names of days, in full or by three letters; the 24-hour clock; hours that run over midnight go on into the next day.
/// </summary>
internal static partial class OpeningHoursText
{
    /// <summary>False where the line says anything else.</summary>
    public static bool TryParse(string line, out ImmutableArray<OpenSpan> spans)
    {
        spans = [];
        if (line.Length > 200 || Line().Match(line) is not { Success: true } match || !TryDays(match.Groups["days"].Value, out var days))
        {
            return false;
        }

        var read = ImmutableArray.CreateBuilder<OpenSpan>();
        foreach (Match time in Span().Matches(match.Groups["times"].Value))
        {
            if (!TryTime(time.Groups["from"].Value, out var from) || !TryTime(time.Groups["until"].Value, out var until) || from is not { } starts || until == starts)
            {
                return false;
            }

            foreach (var day in days)
            {
                if (until is { } ends && ends < starts)
                {
                    read.Add(new OpenSpan(day, starts, null));
                    if (ends > TimeOnly.MinValue)
                    {
                        read.Add(new OpenSpan((DayOfWeek)(((int)day + 1) % 7), TimeOnly.MinValue, ends));
                    }
                }
                else
                {
                    read.Add(new OpenSpan(day, starts, until));
                }
            }
        }

        spans = read.ToImmutable();
        return !spans.IsEmpty;
    }

    private static bool TryDays(string text, out List<DayOfWeek> days)
    {
        days = [];
        if (text.Equals("every day", StringComparison.OrdinalIgnoreCase) || text.Equals("daily", StringComparison.OrdinalIgnoreCase))
        {
            days.AddRange(Enum.GetValues<DayOfWeek>());
            return true;
        }

        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = Dash().Split(part);
            if (ends.Length > 2 || !TryDay(ends[0], out var first) || !TryDay(ends[^1], out var last))
            {
                return false;
            }

            for (var day = first; ; day = (DayOfWeek)(((int)day + 1) % 7))
            {
                days.Add(day);
                if (day == last)
                {
                    break;
                }
            }
        }

        return true;
    }

    private static bool TryDay(string text, out DayOfWeek day)
    {
        text = text.Trim().TrimEnd('.');
        foreach (var candidate in Enum.GetValues<DayOfWeek>())
        {
            // Mon, Tues, Thurs, Monday: three letters or more of the name.
            if (text.Length >= 3 && candidate.ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase))
            {
                day = candidate;
                return true;
            }
        }

        day = default;
        return false;
    }

    /// <summary>The time is null for 24:00, the end of the day.</summary>
    private static bool TryTime(string text, out TimeOnly? time)
    {
        time = null;
        if (text == "24:00")
        {
            return true;
        }

        var read = TimeOnly.TryParseExact(text, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value);
        time = read ? value : null;
        return read;
    }

    [GeneratedRegex(@"^\s*(?<days>\p{L}[\p{L}\s,.–-]*?)\s*:?\s+(?<times>\d{1,2}:\d{2}\s*(?:-|–|to)\s*\d{1,2}:\d{2}(?:\s*(?:,|and)\s*\d{1,2}:\d{2}\s*(?:-|–|to)\s*\d{1,2}:\d{2})*)\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"(?<from>\d{1,2}:\d{2})\s*(?:-|–|to)\s*(?<until>\d{1,2}:\d{2})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Span();

    [GeneratedRegex(@"\s*(?:-|–| to )\s*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dash();
}
