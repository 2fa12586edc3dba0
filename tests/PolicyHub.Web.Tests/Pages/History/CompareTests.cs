using AngleSharp.Dom;

namespace PolicyHub.Web.Tests.Pages.History;

public sealed class CompareTests(HistorySite history)
{
    [Theory]
    [InlineData("?from=3&to=4", "24", "12")]
    [InlineData("?from=2026-03-01&to=2026-11-01", "24", "12")]
    [InlineData("?from=4&to=5", "12", "6")]
    [InlineData("", "24", "12")]
    [InlineData("?to=5", "12", "6")]
    public async Task Get_TwoVersionsOrDays_MarksTheWordsInTheText(string asked, string removed, string added)
    {
        var page = await history.Site.GetPageAsync("/compare/policies/late-fees" + asked);

        Assert.Equal(removed, Assert.Single(page.QuerySelectorAll(".content del.diff")).TextContent);
        Assert.Equal(added, Assert.Single(page.QuerySelectorAll(".content ins.diff")).TextContent);
        Assert.Contains("<script>alert(1)</script>", page.QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll(".content script"));
        Assert.Equal("#waivers", page.QuerySelector(".compare-summary a[href^='#']")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_Details_SaysWhatChangedInWords()
    {
        var page = await history.Site.GetPageAsync("/compare/policies/late-fees?from=2&to=3&view=details");
        var rows = page.QuerySelectorAll(".detail-changes tbody tr").Select(HistoryTests.Text).ToList();

        Assert.Equal(["Tags billing", "In effect from when published → 2 Feb 2026"], rows);
        Assert.Equal("billing", page.QuerySelector(".detail-changes li ins")!.TextContent);
    }

    [Fact]
    public async Task Get_Source_ShowsLinesWithNumbers()
    {
        var page = await history.Site.GetPageAsync("/compare/policies/late-fees?from=3&to=4&view=source");

        Assert.Equal(["effective: 2026-02-02", "One fee may be waived in 24 months. <script>alert(1)</script>"], page.QuerySelectorAll("tr.removed .line").Select(HistoryTests.Text));
        Assert.Equal("4", page.QuerySelector("tr.added .number:nth-child(2)")!.TextContent);
    }

    [Fact]
    public async Task Get_WithdrawnVersion_SaysThatItHasNoText()
    {
        var page = await history.Site.GetPageAsync("/compare/policies/plans?from=1&to=2");

        Assert.Contains("Version 2 withdrew the document", page.QuerySelector(".compared")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SameVersionTwice_SaysSo()
    {
        var page = await history.Site.GetPageAsync("/compare/policies/late-fees?from=3&to=3");

        Assert.Contains("Both are the same version", page.QuerySelector(".compared")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_LibraryOnTwoDays_ListsWhatBeganChangedAndEnded()
    {
        var page = await history.Site.GetPageAsync("/compare?from=2025-07-01&to=2026-11-23");

        Assert.Equal(["Guide", "Late fees"], Titles(page, "changed"));
        Assert.Equal(["Payment plans"], Titles(page, "ended"));
        Assert.Equal("/compare/policies/late-fees?from=1&to=4", page.QuerySelector("[aria-labelledby=changed] li:nth-child(2) a")!.GetAttribute("href"));
        Assert.DoesNotContain("anzibar", page.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ebra", page.Source.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Titles(IDocument page, string group) => page.QuerySelectorAll($"[aria-labelledby={group}] li > a").Select(link => link.TextContent);
}
