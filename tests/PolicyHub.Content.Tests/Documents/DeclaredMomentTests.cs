using FsCheck.Fluent;
using PolicyHub.Content.Documents;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Documents;

public sealed class DeclaredMomentTests
{
    [Theory]
    [InlineData("2026-12-01", "America/Chicago", "2026-12-01T00:00:00-06:00", "2026-12-01T23:59:59.9999999-06:00")]
    [InlineData("2026-12-01 08:30", "America/Chicago", "2026-12-01T08:30:00-06:00", "2026-12-01T08:30:00-06:00")]
    [InlineData("2026-12-01T08:30:15+02:00", "America/Chicago", "2026-12-01T08:30:15+02:00", "2026-12-01T08:30:15+02:00")]
    [InlineData("2026-12-01T08:30Z", "America/Chicago", "2026-12-01T08:30:00+00:00", "2026-12-01T08:30:00+00:00")]
    // Clocks go forward at two, so half past two is not there: the first instant after it.
    [InlineData("2026-03-08 02:30", "America/Chicago", "2026-03-08T03:00:00-05:00", "2026-03-08T03:00:00-05:00")]
    // Clocks go back at two, so half past one comes twice: the first.
    [InlineData("2026-11-01 01:30", "America/Chicago", "2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-05:00")]
    // A day of 25 hours ends with its second, later offset.
    [InlineData("2026-11-01", "America/Chicago", "2026-11-01T00:00:00-05:00", "2026-11-01T23:59:59.9999999-06:00")]
    // A day that starts at one, as clocks went forward at midnight.
    [InlineData("2018-11-04", "America/Sao_Paulo", "2018-11-04T01:00:00-02:00", "2018-11-04T23:59:59.9999999-02:00")]
    [InlineData("2018-11-03", "America/Sao_Paulo", "2018-11-03T00:00:00-03:00", "2018-11-03T23:59:59.9999999-03:00")]
    public void Instants_OfADateOrTime_AreTheFirstAndLastThatExist(string written, string zone, string first, string last)
    {
        Assert.True(DeclaredMoment.TryParse(written, out var moment));
        var found = TimeZoneInfo.FindSystemTimeZoneById(zone);

        Assert.Equal(Parse(first).UtcTicks, moment.FirstInstant(found).UtcTicks);
        Assert.Equal(Parse(last).UtcTicks, moment.LastInstant(found).UtcTicks);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2026-02-30")]
    [InlineData("12/01/2026")]
    [InlineData("2026-12-01 25:00")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("2026-12-01T08:30+99:00")]
    public void TryParse_NoDate_IsFalse(string? written) => Assert.False(DeclaredMoment.TryParse(written, out _));

    [Fact]
    public void TryParse_WhatToStringWrites_GivesTheSameMoment()
    {
        var moments =
            from day in Gen.Choose(0, 3_000_000)
            from seconds in Gen.Choose(-1, 86_399)
            from offset in Gen.Choose(-56, 60)
            let date = new DateOnly(1000, 1, 1).AddDays(day % 2_900_000)
            select seconds < 0
                ? new DeclaredMoment(date)
                : new DeclaredMoment(date, new TimeOnly(seconds * TimeSpan.TicksPerSecond), offset is > 56 ? null : TimeSpan.FromMinutes(15 * offset));

        Seeded.Check(moments, moment => DeclaredMoment.TryParse(moment.ToString(), out var read) && read == moment, 1000);
    }

    [Fact]
    public void FirstInstant_AnyDayInAnyZone_IsNeverAfterTheLast()
    {
        var zones = new[] { "UTC", "America/Chicago", "America/Sao_Paulo", "Asia/Kathmandu", "Europe/Dublin", "Africa/Cairo", "Australia/Lord_Howe", "America/Havana" }
            .Select(TimeZoneInfo.FindSystemTimeZoneById).ToArray();
        var cases =
            from day in Gen.Choose(0, 2_900_000)
            from zone in Gen.Elements(zones)
            select (new DeclaredMoment(new DateOnly(1000, 1, 1).AddDays(day)), zone);

        Seeded.Check(cases, pair => pair.Item1.FirstInstant(pair.zone) < pair.Item1.LastInstant(pair.zone), 1000);
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
