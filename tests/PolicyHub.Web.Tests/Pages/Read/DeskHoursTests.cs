using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Pages.Read;

/// <summary>Has a site of its own: it moves the clock.</summary>
public sealed class DeskHoursTests
{
    [Fact]
    public async Task Get_Desk_IsOpenOrClosedByTheClockOfTheOrganisation()
    {
        using var folder = new TemporaryFolder();
        folder.Write("library.yml", "timezone: America/Chicago\nholidays:\n  - { date: 2026-03-05, name: Founders Day }\n");
        folder.Write("desks/billing.md", "---\ntitle: Billing\nkind: desk\nhours:\n  - Mon-Fri 08:00-17:00\n---\nBills.\n");
        var clock = new TestClock(default);
        await using var site = await RunningSite.PreviewAsync(folder.Path, clock);

        // Chicago is six hours behind UTC in early March, five after the 8th.
        foreach (var (utc, shown) in new[]
        {
            ("2026-03-03T13:59:00Z", "Closed, opens 8 am"),
            ("2026-03-03T14:00:00Z", "Open until 5 pm"),
            ("2026-03-03T22:59:59Z", "Open until 5 pm"),
            ("2026-03-03T23:00:00Z", "Closed, opens Wed 8 am"),
            ("2026-03-04T23:30:00Z", "Closed, opens Fri 8 am"),
            ("2026-03-06T23:30:00Z", "Closed, opens Mon 8 am"),
            ("2026-03-09T13:00:00Z", "Open until 5 pm"),
        })
        {
            clock.MoveTo(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture));
            var page = await site.GetPageAsync("/docs/desks/billing");
            Assert.Equal(shown, page.QuerySelector(".open-now")!.TextContent);
        }
    }
}
