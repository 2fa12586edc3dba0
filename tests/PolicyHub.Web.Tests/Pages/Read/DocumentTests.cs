using System.Net;

namespace PolicyHub.Web.Tests.Pages.Read;

public sealed class DocumentTests(SampleSite sample)
{
    [Fact]
    public async Task Get_Policy_ShowsNumberVersionDeskStateAndOwner()
    {
        var page = await sample.Site.GetPageAsync("/docs/policies/late-fees");

        Assert.Equal("Late fees", page.QuerySelector("h1")!.TextContent);
        var facts = page.QuerySelector(".facts")!.TextContent;
        Assert.Contains("UB-014", facts, StringComparison.Ordinal);
        Assert.Contains("version 2", facts, StringComparison.Ordinal);
        Assert.Contains("Utility Billing", facts, StringComparison.Ordinal);
        Assert.Contains("ext. 2110", facts, StringComparison.Ordinal);
        Assert.Equal("In effect since 2 Feb 2026", page.QuerySelector(".chip.green")!.TextContent.Trim());
        var about = page.QuerySelector("[aria-labelledby=about-title]")!.TextContent;
        Assert.Contains("Billing Lead · Maria Lopez", about, StringComparison.Ordinal);
        Assert.Contains("1 Sep 2026", about, StringComparison.Ordinal);
        Assert.Contains("Riverton City Code 13.08", about, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Answer_StandsWithItsConditionBeforeTheYes()
    {
        var answer = (await sample.Site.GetPageAsync("/docs/policies/late-fees")).QuerySelector(".answer")!;

        Assert.True(
            answer.TextContent.IndexOf("65 or over", StringComparison.Ordinal) < answer.TextContent.IndexOf("Yes, once", StringComparison.Ordinal));
        Assert.Equal("#waivers", answer.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_Contents_LeadToHeadingsThatAreThere()
    {
        var page = await sample.Site.GetPageAsync("/docs/policies/late-fees");

        var links = page.QuerySelectorAll(".contents a");
        Assert.Equal(3, links.Length);
        Assert.All(links, link => Assert.NotNull(page.GetElementById(Uri.UnescapeDataString(link.GetAttribute("href")![1..]))));
    }

    [Fact]
    public async Task Get_RunningNotice_StandsAboveTheDocumentThatItOverrides()
    {
        var page = await sample.Site.GetPageAsync("/docs/policies/late-fees");

        var notice = page.QuerySelector(".paper .notice")!;
        Assert.Contains("No late fee is added this week.", notice.TextContent, StringComparison.Ordinal);
        Assert.Contains("until 4 Mar 2026", notice.TextContent, StringComparison.Ordinal);
        Assert.Null((await sample.Site.GetPageAsync("/docs/policies/payment-plans")).QuerySelector(".notice"));
    }

    [Fact]
    public async Task Get_UpcomingVersion_ServesTheOldTextAndSaysWhenItChanges()
    {
        var page = await sample.Site.GetPageAsync("/docs/policies/payment-plans");

        Assert.Equal("Changes on 1 Jun 2026", page.QuerySelector(".chip.amber")!.TextContent.Trim());
        Assert.Contains("version 1", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NewerTextIsUnreadable_ServesTheLastGoodOneAndSaysSo()
    {
        var page = await sample.Site.GetPageAsync("/docs/standard");

        Assert.Equal("Service standard", page.QuerySelector("h1")!.TextContent);
        Assert.Contains(page.QuerySelectorAll(".chip.red"), chip => chip.TextContent.Contains("Last readable version", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_WhatLinksHere_IsListed()
    {
        var page = await sample.Site.GetPageAsync("/docs/policies/payment-plans");

        Assert.Equal("/docs/policies/late-fees", page.QuerySelector("[aria-labelledby=linked-title] a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_WithQuestion_MarksWordsAndOffersToClearThem()
    {
        var page = await sample.Site.GetPageAsync("/docs/policies/late-fees?q=waive");

        Assert.Contains(page.QuerySelectorAll(".content mark"), mark => mark.TextContent == "waived");
        Assert.Equal("/docs/policies/late-fees", page.QuerySelector("[data-clear-marks]")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/docs/policies/penalties", "/docs/policies/late-fees")]
    [InlineData("/old/late-fees/", "/docs/policies/late-fees")]
    [InlineData("/old/late-fees", "/docs/policies/late-fees")]
    [InlineData("/docs/old/late-fees", "/docs/policies/late-fees")]
    [InlineData("/docs/policies/late-fees.md", "/docs/policies/late-fees")]
    [InlineData("/docs/policies/late-fees/", "/docs/policies/late-fees")]
    public async Task Get_OldAddress_LeadsToTheDocumentForGood(string old, string now)
    {
        using var response = await sample.Site.Client.GetAsync(old);

        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal(now, response.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("/id/UB-014", "/docs/policies/late-fees")]
    [InlineData("/id/ub-014", "/docs/policies/late-fees")]
    [InlineData("/emergency", "/docs/emergency")]
    public async Task Get_NumberOrEmergency_LeadsToTheDocumentForNow(string asked, string target)
    {
        using var response = await sample.Site.Client.GetAsync(asked);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(target, response.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("/docs/policies/secret")]
    [InlineData("/docs/nothing")]
    [InlineData("/docs/..%2f..%2fetc%2fpasswd")]
    [InlineData("/docs/library.yml")]
    [InlineData("/id/none")]
    [InlineData("/kind/none")]
    [InlineData("/tag/none")]
    [InlineData("/area/none")]
    public async Task Get_NothingThere_IsNotFound(string asked)
    {
        using var response = await sample.Site.Client.GetAsync(asked);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Head_Document_IsAnsweredWithoutBody()
    {
        using var response = await sample.Site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/docs/policies/late-fees"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Get_RestrictedDocument_AppearsNowhere()
    {
        foreach (var asked in new[] { "/", "/browse", "/changes", "/kind/policy", "/area/policies", "/search?q=zanzibar", "/search?q=secret+guideline", "/api/search?q=zanzibar", "/problems" })
        {
            var answer = await sample.Site.Client.GetStringAsync(asked);
            Assert.DoesNotContain("Secret guideline", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("zanzibar rule", answer, StringComparison.Ordinal);
        }
    }
}
