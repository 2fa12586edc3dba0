using System.Xml.Linq;
using AngleSharp.Dom;

namespace PolicyHub.Web.Tests.Pages.History;

public sealed class ChangesTests(HistorySite history)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task Get_All_ListsTheLatestFirstAndNothingHidden()
    {
        var page = await history.Site.GetPageAsync("/changes");

        Assert.Equal(
            ["Guide", "Payment plans", "Late fees", "Late fees", "Late fees", "Late fees", "Guide", "Payment plans", "Penalties"],
            page.QuerySelectorAll(".changes .what").Select(chip => chip.ParentElement!.QuerySelector("a")!.TextContent));
        Assert.Equal("9 changes", page.QuerySelector(".changes-ways strong")!.TextContent);
        Assert.DoesNotContain("anzibar", page.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ebra", page.Source.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("area=policies", 7)]
    [InlineData("area=policies/", 7)]
    [InlineData("kind=policy", 7)]
    [InlineData("kind=page", 2)]
    [InlineData("person=park", 1)]
    [InlineData("person=Dan+Osei", 1)]
    [InlineData("since=2026-01-01&until=2026-09-30", 2)]
    [InlineData("since=2026-11-02&until=2026-11-02", 1)]
    [InlineData("area=policies&person=lopez&since=2026-01-01", 2)]
    [InlineData("area=nothing", 0)]
    [InlineData("area=hidden", 0)]
    [InlineData("on=2026-01-11", 5)]
    public async Task Get_WithChoices_ShowsWhatFitsOnPageFeedAndTable(string asked, int count)
    {
        var page = await history.Site.GetPageAsync("/changes?" + asked);
        var feed = XDocument.Parse(await history.Site.Client.GetStringAsync(new Uri("/changes.atom?" + asked, UriKind.Relative)));
        var table = await history.Site.Client.GetStringAsync(new Uri("/changes?format=csv&" + asked, UriKind.Relative));

        Assert.Equal(count, page.QuerySelectorAll(".changes .what").Length);
        Assert.Equal(count, feed.Root!.Elements(Atom + "entry").Count());
        Assert.Equal(count + 1, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Get_Feed_IsWhatReadersExpect()
    {
        using var response = await history.Site.Client.GetAsync("/changes.atom?kind=policy");
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        var entries = feed.Elements(Atom + "entry").ToList();

        Assert.Equal("application/atom+xml", response.Content.Headers.ContentType!.MediaType);
        Assert.All(entries.Append(feed), element =>
        {
            Assert.StartsWith("urn:policyhub:", element.Element(Atom + "id")!.Value, StringComparison.Ordinal);
            Assert.True(DateTimeOffset.TryParse(element.Element(Atom + "updated")!.Value, System.Globalization.CultureInfo.InvariantCulture, out _));
            Assert.NotEmpty(element.Element(Atom + "title")!.Value);
        });
        Assert.Equal(entries.Count, entries.Select(entry => entry.Element(Atom + "id")!.Value).Distinct().Count());
        using var followed = await history.Site.Client.GetAsync(entries[1].Element(Atom + "link")!.Attribute("href")!.Value);
        Assert.True(followed.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Get_Filtered_KeepsTheChoicesInEveryWay()
    {
        var page = await history.Site.GetPageAsync("/changes?area=policies&kind=policy");

        Assert.Equal("policies", page.QuerySelector("select[name=area] option[selected]")!.GetAttribute("value"));
        Assert.All(page.QuerySelectorAll(".changes-ways a").Take(2), way => Assert.Contains("area=policies&kind=policy", way.GetAttribute("href"), StringComparison.Ordinal));
    }
}
