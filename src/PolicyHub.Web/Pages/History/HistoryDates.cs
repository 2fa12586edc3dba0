using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.AsOf;

namespace PolicyHub.Web.Pages.History;

/// <summary>Stretches of time in words, and days as addresses write them.</summary>
public static class HistoryDates
{
    /// <summary>“2 Feb 2026 to 30 Sep 2026”, “since 1 Oct 2026”, “from 1 Dec 2026”; with times where a day does not say it.</summary>
    public static string SpanText(VersionSpan span, Visit visit)
    {
        if (span.Until is not { } until)
        {
            return visit.Format(span.From <= visit.Clock ? "history.span.since" : "history.span.from", visit.Dates.DayText(span.From));
        }

        var isWithinADay = visit.Dates.DayText(span.From) == visit.Dates.DayText(until);
        return isWithinADay
            ? visit.Format("history.span", visit.Dates.DayAndTime(span.From), visit.Dates.TimeText(Local(until, visit)))
            : visit.Format("history.span", visit.Dates.DayText(span.From), visit.Dates.DayText(LastDay(span, until, visit)));
    }

    public static string SpansText(ImmutableArray<VersionSpan> spans, Visit visit) => string.Join(visit["history.span.and"], spans.Select(span => SpanText(span, visit)));

    /// <summary>The answer to “what did it say on this day?”, in one sentence.</summary>
    public static string Answer(DocumentTimeline timeline, AsOfDate asked, Visit visit)
    {
        var day = AsOfBar.DayText(asked, visit);
        if (timeline.At(asked.Question, asked.At) is { } span)
        {
            var tense = asked.Question == DateQuestion.For ? "applies" : asked.At < visit.Clock ? "was" : "will";
            return visit.Format($"history.answer.{tense}", day, span.Version.Label, SpanText(span, visit));
        }

        var spans = asked.Question == DateQuestion.On ? timeline.InEffect : timeline.Applied;
        if (spans.LastOrDefault(known => known.Until <= asked.At) is { } last)
        {
            return visit.Format("history.answer.ended", day, visit.Dates.DayText(last.Until!.Value));
        }

        return spans.FirstOrDefault(known => known.From > asked.At) is { } first
            ? visit.Format("history.answer.before", day, visit.Dates.DayText(first.From))
            : visit.Format("history.answer.never", day);
    }

    /// <summary>A day as a field of a form holds it.</summary>
    public static string Iso(DateTimeOffset instant, Visit visit) => Local(instant, visit).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant for a table that programs read.</summary>
    public static string Exact(DateTimeOffset instant, Visit visit) =>
        TimeZoneInfo.ConvertTime(instant, visit.Today.Settings.Zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>A text that ends with a day counts through the day before; one that ends within a day, on it.</summary>
    private static DateTimeOffset LastDay(VersionSpan span, DateTimeOffset until, Visit visit) =>
        new DeclaredMoment(DateOnly.FromDateTime(Local(until, visit))).FirstInstant(visit.Today.Settings.Zone) == until && until.AddTicks(-1) > span.From ? until.AddTicks(-1) : until;

    private static DateTime Local(DateTimeOffset instant, Visit visit) => TimeZoneInfo.ConvertTime(instant, visit.Today.Settings.Zone).DateTime;
}
