using System.Globalization;

namespace PolicyHub.Content.Documents;

/// <summary>
/// A date, or a date and time, as written in front matter or a trailer. It becomes an instant only in a time zone,
/// as the organisation's zone is a setting that itself has a history. A written offset wins over the zone.
/// </summary>
public readonly record struct DeclaredMoment(DateOnly Date, TimeOnly? Time = null, TimeSpan? Offset = null)
{
    private static readonly string[] LocalFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm",
    ];

    private static readonly string[] OffsetFormats =
    [
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm'Z'",
        "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd HH:mmzzz",
    ];

    // Far from the ends of what a date can hold, so that no zone and no next day runs over them.
    private const int FirstYear = 1000;
    private const int LastYear = 9000;

    /// <summary>
    /// Reads <c>2026-12-01</c>, <c>2026-12-01 08:00</c>, <c>2026-12-01T08:00:00-06:00</c> and the like; false for all else, and for
    /// years before 1000 or after 9000.
    /// </summary>
    public static bool TryParse(string? text, out DeclaredMoment moment)
    {
        if (TryParseAnyYear(text?.Trim(), out moment) && moment.Date.Year is >= FirstYear and <= LastYear)
        {
            return true;
        }

        moment = default;
        return false;
    }

    private static bool TryParseAnyYear(string? text, out DeclaredMoment moment)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            moment = new DeclaredMoment(date);
            return true;
        }

        if (DateTime.TryParseExact(text, LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            moment = new DeclaredMoment(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
            return true;
        }

        if (DateTimeOffset.TryParseExact(text, OffsetFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact))
        {
            moment = new DeclaredMoment(DateOnly.FromDateTime(exact.DateTime), TimeOnly.FromDateTime(exact.DateTime), exact.Offset);
            return true;
        }

        moment = default;
        return false;
    }

    /// <summary>
    /// The first instant that the moment names: a date alone is the first instant of that local day that exists (some
    /// days have no midnight), a time that occurs twice means the first, a time that the clock skips means the first after it.
    /// </summary>
    public DateTimeOffset FirstInstant(TimeZoneInfo zone)
    {
        var local = Date.ToDateTime(Time ?? TimeOnly.MinValue);
        if (Offset is { } offset)
        {
            return new DateTimeOffset(local, offset);
        }

        // A gap is at most a day (a few zones once skipped one), found to the minute.
        for (var minute = 0; zone.IsInvalidTime(local) && minute < 2 * 24 * 60; minute++)
        {
            local = local.AddMinutes(1);
        }

        var first = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, first);
    }

    /// <summary>The last instant that the moment names, to the tick: for a date alone the end of that local day.</summary>
    public DateTimeOffset LastInstant(TimeZoneInfo zone) => Time is null && Offset is null
        ? new DeclaredMoment(Date.AddDays(1)).FirstInstant(zone).AddTicks(-1)
        : FirstInstant(zone);

    public override string ToString()
    {
        var date = Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (Time is not { } time)
        {
            return date;
        }

        var local = time.ToString(time.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
        var suffix = Offset is { } offset
            ? (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture)
            : "";
        return $"{date}T{local}{suffix}";
    }
}
