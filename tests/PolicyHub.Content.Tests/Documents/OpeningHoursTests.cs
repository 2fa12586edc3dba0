using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Tests.Documents;

public sealed class OpeningHoursTests
{
    private static readonly DateOnly Thanksgiving = new(2026, 11, 26);

    [Theory]
    [InlineData("2026-11-23T07:59", false, "2026-11-23T08:00")]
    [InlineData("2026-11-23T08:00", true, "2026-11-23T17:00")]
    [InlineData("2026-11-23T16:59", true, "2026-11-23T17:00")]
    [InlineData("2026-11-23T17:00", false, "2026-11-24T08:00")]
    [InlineData("2026-11-25T18:00", false, "2026-11-27T08:00")]
    [InlineData("2026-11-26T10:00", false, "2026-11-27T08:00")]
    [InlineData("2026-11-27T17:30", false, "2026-11-28T09:00")]
    [InlineData("2026-11-28T12:00", false, "2026-11-30T08:00")]
    public void At_WeekAndHoliday_IsOpenOrClosedAndChangesNext(string at, bool open, string changes)
    {
        var hours = Hours("[Mon-Fri 08:00-17:00, Sat 09:00-12:00]");

        Assert.Equal((open, Time(changes)), hours.At(Time(at), [Thanksgiving]));
    }

    [Fact]
    public void At_ClosedDay_IsClosedThatDayOnly()
    {
        var hours = Hours("Every day 09:00-17:00", "[2026-12-24]");

        Assert.Equal((false, Time("2026-12-25T09:00")), hours.At(Time("2026-12-24T10:00"), []));
        Assert.Equal((true, Time("2026-12-25T17:00")), hours.At(Time("2026-12-25T10:00"), []));
    }

    [Fact]
    public void At_AroundTheClock_KeepsNoHolidayAndNeverChanges()
    {
        var hours = Hours("Every day 00:00-24:00");

        Assert.True(hours.AroundTheClock);
        Assert.Equal((true, null), hours.At(Time("2026-11-26T03:00"), [Thanksgiving]));
    }

    [Fact]
    public void At_HoursOverMidnight_GoOnIntoTheNextDay()
    {
        var hours = Hours("Fri 22:00-02:00");

        Assert.Equal((true, Time("2026-11-28T02:00")), hours.At(Time("2026-11-27T23:30"), []));
        Assert.Equal((true, Time("2026-11-28T02:00")), hours.At(Time("2026-11-28T01:59"), []));
        Assert.False(hours.At(Time("2026-11-28T02:00"), []).Open);
    }

    [Fact]
    public void At_UnknownHours_IsClosedAndNeverChanges() => Assert.Equal((false, null), OpeningHours.Unknown.At(Time("2026-11-23T10:00"), []));

    [Theory]
    [InlineData("Mon-Fri 08:00-17:00", 5)]
    [InlineData("monday to friday: 8:00 – 17:00", 5)]
    [InlineData("Mon, Wed, Fri 8:00-12:00", 3)]
    [InlineData("Mon-Thu, Sat 8:00-12:00, 13:00-16:30", 10)]
    [InlineData("Sat-Mon 10:00-18:00", 3)]
    [InlineData("Daily 00:00-24:00", 7)]
    [InlineData("Tues 9:00 to 10:00 and 11:00 to 12:00", 2)]
    public void Read_HoursAsPeopleWriteThem_GivesASpanForEachDay(string line, int spans) => Assert.Equal(spans, Hours($"[\"{line}\"]").Spans.Length);

    [Theory]
    [InlineData("Mon-Fri 8-5")]
    [InlineData("Mon-Fri")]
    [InlineData("08:00-17:00")]
    [InlineData("Mon-Fri 08:00-25:00")]
    [InlineData("Mon-Fri 08:00-08:00")]
    [InlineData("Mon-Wed-Fri 08:00-09:00")]
    [InlineData("Someday 08:00-17:00")]
    [InlineData("by appointment")]
    public void Read_HoursThatMeanNothing_AreReported(string line)
    {
        var read = Reading.Read($"---\nkind: desk\nhours: [\"{line}\"]\n---\n");

        Assert.Equal("wrong-hours", Assert.Single(read.Problems).Code);
        Assert.False(((DeskDetails)read.Document!.Details!).Hours.IsKnown);
    }

    private static OpeningHours Hours(string hours, string closed = "[]") =>
        ((DeskDetails)Reading.Document($"---\nkind: desk\nhours: {hours}\nclosed: {closed}\n---\n").Details!).Hours;

    private static DateTime Time(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
