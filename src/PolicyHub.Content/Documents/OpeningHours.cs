using System.Collections.Immutable;

namespace PolicyHub.Content.Documents;

/// <summary>When a desk is open: spans of a week, less the days on which it is closed. Local time of the organisation.</summary>
public sealed record OpeningHours(ImmutableArray<OpenSpan> Spans, ImmutableArray<ClosedDay> Closed)
{
    /// <summary>Nothing was said about hours, which is not the same as never open.</summary>
    public static OpeningHours Unknown { get; } = new([], []);

    public bool IsKnown => !Spans.IsEmpty;

    /// <summary>Open every minute of the week; such a desk keeps no holidays of the organisation.</summary>
    public bool AroundTheClock => Spans.Count(span => span.From == TimeOnly.MinValue && span.Until is null) == 7;

    /// <summary>Whether the desk is open at a local time, and when that changes next (null: not within two weeks, or hours are unknown).</summary>
    public (bool Open, DateTime? Changes) At(DateTime local, IReadOnlyCollection<DateOnly> holidays)
    {
        var open = IsOpen(local, holidays);
        var boundaries =
            from day in Enumerable.Range(0, 15)
            let date = DateOnly.FromDateTime(local).AddDays(day)
            from span in Spans
            where span.Day == date.DayOfWeek
            from boundary in new[] { date.ToDateTime(span.From), span.Until is { } until ? date.ToDateTime(until) : date.AddDays(1).ToDateTime(TimeOnly.MinValue) }
            where boundary > local
            orderby boundary
            select boundary;
        foreach (var boundary in boundaries)
        {
            if (IsOpen(boundary, holidays) != open)
            {
                return (open, boundary);
            }
        }

        return (open, null);
    }

    private bool IsOpen(DateTime local, IReadOnlyCollection<DateOnly> holidays)
    {
        var date = DateOnly.FromDateTime(local);
        var time = TimeOnly.FromDateTime(local);
        if (Closed.Any(day => day.Date == date) || (!AroundTheClock && holidays.Contains(date)))
        {
            return false;
        }

        return Spans.Any(span => span.Day == date.DayOfWeek && span.From <= time && (span.Until is not { } until || time < until));
    }
}

/// <param name="Until">Null: until midnight.</param>
public sealed record OpenSpan(DayOfWeek Day, TimeOnly From, TimeOnly? Until);

public sealed record ClosedDay(DateOnly Date, string? Why);
