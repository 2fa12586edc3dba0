using System.Globalization;
using PolicyHub.Content.Documents;
using PolicyHub.Web.TagHelpers;

namespace PolicyHub.Web.Pages;

/// <summary>
/// Dates as people say them, in the organisation's zone and the library's culture; the patterns stand among the words
/// (<c>format.…</c>, the custom patterns of .NET), so that a city writes its dates its own way.
/// </summary>
public sealed class Dates(LibrarySettings settings, DateTimeOffset now)
{
    public DateTime Local { get; } = TimeZoneInfo.ConvertTime(now, settings.Zone).DateTime;

    /// <summary>The culture of a library's language; a language unknown to the system reads like the invariant one.</summary>
    public static CultureInfo CultureOf(LibrarySettings settings)
    {
        try
        {
            return CultureInfo.GetCultureInfo(settings.Language);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }

    /// <summary>A day, such as “1 Oct 2026”, with the exact instant on hover.</summary>
    public TimeContent Day(DateTimeOffset instant) => new(instant, DayText(instant), Exact(instant));

    /// <summary>A moment as declared: its day, and its time unless that is the day's very start.</summary>
    public TimeContent Day(DeclaredMoment moment) => moment.Time is null || (moment.Time == TimeOnly.MinValue && moment.Offset is null)
        ? Day(moment.FirstInstant(settings.Zone))
        : DayAndTime(moment.FirstInstant(settings.Zone));

    /// <summary>A day and a time, such as “1 Oct 2026, 4:30 pm”.</summary>
    public TimeContent DayAndTime(DateTimeOffset instant) => new(instant, $"{DayText(instant)}, {TimeText(In(instant))}", Exact(instant));

    /// <summary>The end of a span: “4:30 pm” today, else with its day.</summary>
    public TimeContent Until(DateTimeOffset instant) =>
        In(instant).Date == Local.Date ? new(instant, TimeText(In(instant)), Exact(instant)) : DayAndTime(instant);

    /// <summary>The end of a span as declared: the day itself where no time was given.</summary>
    public TimeContent Until(DeclaredMoment moment) => moment.Time is null
        ? new(moment.LastInstant(settings.Zone), DayText(moment.Date), Exact(moment.LastInstant(settings.Zone)))
        : Until(moment.LastInstant(settings.Zone));

    public string DayText(DateTimeOffset instant) => In(instant).ToString(settings.Words["format.day"], CultureInfo.CurrentCulture);

    public string DayText(DateOnly day) => day.ToString(settings.Words["format.day"], CultureInfo.CurrentCulture);

    public string MonthText(DateTimeOffset instant) => In(instant).ToString(settings.Words["format.month"], CultureInfo.CurrentCulture);

    /// <summary>“5 pm” on the hour, “4:30 pm” otherwise.</summary>
    public string TimeText(DateTime local) => TimeText(TimeOnly.FromDateTime(local));

    public string TimeText(TimeOnly time) => time.ToString(
        settings.Words[time.Minute == 0 ? "format.hour" : "format.time"], CultureInfo.CurrentCulture)
        .Replace("AM", settings.Words["format.am"], StringComparison.Ordinal)
        .Replace("PM", settings.Words["format.pm"], StringComparison.Ordinal);

    /// <summary>When something near happens: “5 pm” today, “Mon 8 am” within a week, else with its date.</summary>
    public string Soon(DateTime local) =>
        local.Date == Local.Date ? TimeText(local)
        : local.Date < Local.Date.AddDays(7) ? $"{local.ToString("ddd", CultureInfo.CurrentCulture)} {TimeText(local)}"
        : $"{DayText(DateOnly.FromDateTime(local))}, {TimeText(local)}";

    /// <summary>The exact instant, with its offset.</summary>
    public string Exact(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, settings.Zone).ToString(settings.Words["format.exact"], CultureInfo.CurrentCulture);

    private DateTime In(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, settings.Zone).DateTime;
}
