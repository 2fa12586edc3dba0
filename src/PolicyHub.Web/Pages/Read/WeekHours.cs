using System.Globalization;
using PolicyHub.Content.Documents;

namespace PolicyHub.Web.Pages.Read;

/// <summary>Opening hours as a person writes them on a door: neighbouring days with the same hours in one line.</summary>
public static class WeekHours
{
    /// <summary>Lines such as (“Mon to Fri”, “8 am to 5 pm”), in the order of the culture's week; days without hours read “closed”.</summary>
    public static IReadOnlyList<(string Days, string Hours)> Lines(OpeningHours hours, Visit visit)
    {
        var format = CultureInfo.CurrentCulture.DateTimeFormat;
        // A work week reads from Monday whatever day a calendar starts on.
        var days = Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7)).ToList();
        var lines = new List<(DayOfWeek First, DayOfWeek Last, string Hours)>();
        foreach (var day in days)
        {
            var text = OnDay(hours, day, visit);
            if (lines.Count > 0 && lines[^1].Hours == text)
            {
                lines[^1] = (lines[^1].First, day, text);
            }
            else
            {
                lines.Add((day, day, text));
            }
        }

        return
        [
            .. lines.Select(line => (
                line.First == line.Last
                    ? format.GetDayName(line.First)
                    : visit.Format("hours.days", format.GetDayName(line.First), format.GetDayName(line.Last)),
                line.Hours)),
        ];
    }

    private static string OnDay(OpeningHours hours, DayOfWeek day, Visit visit)
    {
        var spans = hours.Spans.Where(span => span.Day == day).OrderBy(span => span.From).Select(span =>
            span.From == TimeOnly.MinValue && span.Until is null
                ? visit["hours.all-day"]
                : visit.Format(
                    "hours.span",
                    visit.Dates.TimeText(span.From),
                    span.Until is { } until ? visit.Dates.TimeText(until) : visit["hours.midnight"]));
        var text = string.Join(", ", spans);
        return text.Length == 0 ? visit["hours.closed"] : text;
    }
}
