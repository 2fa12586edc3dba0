using System.Net;
using AngleSharp.Dom;

namespace PolicyHub.Web.Tests.Pages.History;

public sealed class HistoryTests(HistorySite history, SampleSite sample)
{
    [Fact]
    public async Task Get_VersionThatCannotBeRead_SaysThatTheOneBeforeIsShown()
    {
        var rows = (await sample.Site.GetPageAsync("/history/standard")).QuerySelectorAll(".version-head");

        Assert.Contains("cannot be read", rows[0].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be read", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Document_ListsEveryVersionNewestFirstWithStateAndSpan()
    {
        var page = await history.Site.GetPageAsync("/history/policies/late-fees");
        var rows = page.QuerySelectorAll(".version");

        Assert.Equal(["Version 5", "Version 4", "Version 3", "Version 2", "Version 1"], rows.Select(row => row.QuerySelector("strong")!.TextContent));
        Assert.Equal(["not yet in effect", "in effect", "superseded", "superseded", "superseded"], rows.Select(row => row.QuerySelector(".chip")!.TextContent));
        Assert.Equal(
            ["In effect from 1 Jan 2027", "In effect 1 Oct 2026 to 31 Dec 2026", "In effect 2 Feb 2026 to 30 Sep 2026", "In effect 9 Aug 2025 to 1 Feb 2026", "In effect 1 Jun 2025 to 9 Aug 2025"],
            rows.Select(row => row.QuerySelector(".version-span")!.TextContent));
        Assert.Equal("Late fees", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Get_ApprovedVersion_NamesWhoInWhichPositionAndThatItIsOnlyStated()
    {
        var page = await history.Site.GetPageAsync("/history/policies/late-fees");

        Assert.Contains("Approved by Dan Osei, Billing lead, 8 Aug 2025, 9:02 am", Text(page.QuerySelector("#v2 .approvals")!), StringComparison.Ordinal);
        Assert.Contains("stated in the commit, not confirmed", Text(page.QuerySelector("#v2 .approvals")!), StringComparison.Ordinal);
        Assert.Equal("No approval on record", page.QuerySelector("#v3 .no-approval")!.TextContent);
    }

    [Fact]
    public async Task Get_RenamedAndMoved_SaysFromWhere()
    {
        var page = await history.Site.GetPageAsync("/history/policies/late-fees");

        Assert.Contains("renamed from “Penalties”", Text(page.QuerySelector("#v2 .version-head")!), StringComparison.Ordinal);
        Assert.Contains("moved from policies/penalties to policies/late-fees", Text(page.QuerySelector("#v2 .version-head")!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("on=2026-03-01", "On 1 Mar 2026 version 3 was in effect, 2 Feb 2026 to 30 Sep 2026.")]
    [InlineData("on=2026-10-01", "On 1 Oct 2026 version 4 was in effect, 1 Oct 2026 to 31 Dec 2026.")]
    [InlineData("on=2027-02-01", "On 1 Feb 2027 version 5 is to be in effect, from 1 Jan 2027, as planned today.")]
    [InlineData("on=2024-01-01", "On 1 Jan 2024 no version was in effect yet; the first one began on 1 Jun 2025.")]
    [InlineData("for=2026-03-01", "To 1 Mar 2026 version 3 applies, as known today (2 Feb 2026 to 30 Sep 2026).")]
    public async Task Get_WithADay_AnswersInOneSentenceFirst(string asked, string sentence)
    {
        var page = await history.Site.GetPageAsync("/history/policies/late-fees?" + asked);

        Assert.Equal(sentence, page.QuerySelector(".history-answer strong")!.TextContent);
        Assert.Equal(5, page.QuerySelectorAll(".version").Length);
    }

    [Fact]
    public async Task Get_VersionLink_LeadsToItsText()
    {
        var page = await history.Site.GetPageAsync("/history/policies/late-fees");
        foreach (var (version, words) in new[] { ("v1", "A penalty is added"), ("v3", "24 months"), ("v4", "12 months"), ("v5", "6 months") })
        {
            var text = await history.Site.GetPageAsync(page.QuerySelector($"#{version} .version-ways a")!.GetAttribute("href")!);

            Assert.Contains(words, text.QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Get_WithdrawnDocument_HasItsHistoryToo()
    {
        var page = await history.Site.GetPageAsync("/history/policies/plans");

        Assert.Equal("Payment plans", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Not in effect today", Text(page.QuerySelector(".page-head")!), StringComparison.Ordinal);
        Assert.Equal("rescinded", page.QuerySelector("#v2 .chip")!.TextContent);
        Assert.Contains("withdrawn", Text(page.QuerySelector("#v2 .version-head")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_TwoDocumentsAtOnePathOneAfterTheOther_EachHasItsOwn()
    {
        using var repository = new PolicyHub.Testing.TestRepository()
            .Commit("First", "a.md", "# The first\n\nSome text about water.\n")
            .Commit("First ends", commit => commit.Delete("a.md"))
            .Commit("Second", "a.md", "# The second\n\nWords on wholly other things.\n")
            .Flush();
        await using var site = await PolicyHub.Testing.RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder));

        var changes = await site.GetPageAsync("/changes");
        var links = changes.QuerySelectorAll(".version-ways a").Select(link => link.GetAttribute("href")!).ToList();
        var titles = new List<string>();
        foreach (var link in links)
        {
            var page = await site.GetPageAsync(link);
            titles.Add($"{page.QuerySelector("h1")!.TextContent} {page.QuerySelectorAll(".version").Length}");
        }

        Assert.Equal(["The second 1", "The first 2", "The first 2"], titles);
    }

    [Theory]
    [InlineData("/history/policies/penalties")]
    [InlineData("/history/ub-014")]
    public async Task Get_EarlierPathOrNumber_LeadsToTheOneOfToday(string asked)
    {
        using var response = await history.Site.Client.GetAsync(asked);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/history/policies/late-fees", response.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("/history/nothing", HttpStatusCode.NotFound)]
    [InlineData("/history/", HttpStatusCode.NotFound)]
    [InlineData("/history/hidden/pay", HttpStatusCode.NotFound)]
    [InlineData("/history/closing", HttpStatusCode.NotFound)]
    [InlineData("/history/policies/late-fees?page=2", HttpStatusCode.BadRequest)]
    [InlineData("/history/policies/late-fees?page=x", HttpStatusCode.BadRequest)]
    [InlineData("/history/policies/late-fees?format=x", HttpStatusCode.BadRequest)]
    [InlineData("/history/policies/late-fees?on=soon", HttpStatusCode.BadRequest)]
    [InlineData("/history/policies/late-fees?began=123", HttpStatusCode.NotFound)]
    [InlineData("/compare/nothing", HttpStatusCode.NotFound)]
    [InlineData("/compare/hidden/pay", HttpStatusCode.NotFound)]
    [InlineData("/compare/closing?from=1&to=2", HttpStatusCode.NotFound)]
    [InlineData("/compare/policies/late-fees?from=99", HttpStatusCode.NotFound)]
    [InlineData("/compare/policies/late-fees?to=0", HttpStatusCode.NotFound)]
    [InlineData("/compare/policies/late-fees?from=first", HttpStatusCode.BadRequest)]
    [InlineData("/compare/policies/late-fees?from=2020-01-01", HttpStatusCode.NotFound)]
    [InlineData("/compare/policies/late-fees?view=none", HttpStatusCode.BadRequest)]
    [InlineData("/compare?from=x", HttpStatusCode.BadRequest)]
    [InlineData("/compare?to=0999-01-01", HttpStatusCode.BadRequest)]
    [InlineData("/changes?kind=nonsense", HttpStatusCode.BadRequest)]
    [InlineData("/changes?since=x", HttpStatusCode.BadRequest)]
    [InlineData("/changes?page=99", HttpStatusCode.BadRequest)]
    [InlineData("/changes.atom?until=x", HttpStatusCode.BadRequest)]
    public async Task Get_WrongAddress_IsRefusedAndSaysWhatToDo(string asked, HttpStatusCode status)
    {
        using var response = await history.Site.Client.GetAsync(asked);
        var page = await PolicyHub.Testing.RunningSite.ParseAsync(response);

        Assert.Equal(status, response.StatusCode);
        Assert.True(page.QuerySelector(".lead")!.TextContent.Length > 20);
    }

    [Fact]
    public async Task Get_AsTable_RunsNoFormula()
    {
        using var response = await history.Site.Client.GetAsync("/history/policies/late-fees?format=csv");
        var table = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(6, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(",'=cmd|'/c calc'!A1,", table, StringComparison.Ordinal);
        Assert.DoesNotContain(",=cmd", table, StringComparison.Ordinal);
        Assert.Contains("2026-10-01T00:00:00-05:00/2027-01-01T00:00:00-06:00", table, StringComparison.Ordinal);
    }

    internal static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
