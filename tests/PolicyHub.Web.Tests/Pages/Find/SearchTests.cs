using System.Globalization;
using System.Net;
using System.Text.Json;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Pages.Find;

public sealed class SearchTests(SampleSite sample)
{
    [Fact]
    public async Task Get_Question_ShowsHitsWithMarksAndReadsTheBestOneBeside()
    {
        var page = await sample.Site.GetPageAsync("/search?q=late+fee+waivers");

        var hit = page.QuerySelector(".hit")!;
        Assert.StartsWith("/docs/policies/late-fees?q=late%20fee%20waivers#waivers", hit.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotEmpty(hit.QuerySelectorAll("mark"));
        Assert.Contains("Utility Billing ext. 2110", hit.QuerySelectorAll(".row-facts")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("in effect since 2 Feb 2026", hit.QuerySelector(".row-facts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Late fees", page.QuerySelector(".pane-title")!.TextContent);
        Assert.Contains("One late fee may be waived", page.QuerySelector(".pane")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("late fee waivers", page.QuerySelector("#q")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Get_Why_ExplainsTheHitOfThatSearchAlone()
    {
        var link = (await sample.Site.GetPageAsync("/search?q=late+fee+waivers")).QuerySelector(".hit .why a")!.GetAttribute("href")!;
        var page = await sample.Site.GetPageAsync(link);

        Assert.Contains("“late” stands in the title", page.QuerySelector(".card")!.TextContent, StringComparison.Ordinal);
        foreach (var other in new[] { "/search/why?q=late&read=policies/secret", "/search/why?q=qqxxzz&read=policies/late-fees", "/search/why" })
        {
            using var answer = await sample.Site.Client.GetAsync(other);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Get_ExcerptOfATable_KeepsItsRows()
    {
        var page = await sample.Site.GetPageAsync("/search?q=counter+role+limits");

        Assert.Equal("Role | May\nCounter | $25", page.QuerySelectorAll(".row-summary").Select(summary => summary.TextContent).First(text => text.StartsWith("Role", StringComparison.Ordinal)));
        Assert.Contains("Role | May\\nCounter | $25", await sample.Site.Client.GetStringAsync("/api/search?q=counter+role+limits"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NothingButAKnownTopic_NamesTheDeskThatHandlesIt()
    {
        // No page of the kind asked for has it, and a word is known to none: the desk that handles bills is named with how to reach it.
        var nothing = (await sample.Site.GetPageAsync("/search?q=bills+qqxxzz&kind=form")).QuerySelector(".nothing")!;

        var desk = nothing.QuerySelector("[aria-labelledby=topic-title] li")!;
        Assert.Equal("/docs/desks/billing", desk.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("ext. 2110", desk.TextContent, StringComparison.Ordinal);
        Assert.Contains("Bills", desk.QuerySelector(".quiet-line")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/search/gap?q=bills%20qqxxzz", nothing.QuerySelector("[data-gap]")!.GetAttribute("href"));
        using var api = JsonDocument.Parse(await sample.Site.Client.GetStringAsync("/api/search?q=bills+qqxxzz&kind=form"));
        Assert.Equal("/docs/desks/billing", api.RootElement.GetProperty("desks")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task Get_NothingNearlyAWord_OffersTheNearestSpelling()
    {
        var nothing = (await sample.Site.GetPageAsync("/search?q=zanzbar")).QuerySelector(".nothing")!;
        Assert.DoesNotContain("zanzibar", nothing.TextContent, StringComparison.Ordinal); // A word of a document that may not be seen.

        var near = (await sample.Site.GetPageAsync("/search?q=waivrs&exactly=1")).QuerySelector(".nothing a.strong")!;
        Assert.StartsWith("waiver", near.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Documents_AreThoseInEffectUnderTheNamesAsked()
    {
        using var answer = JsonDocument.Parse(await sample.Site.Client.GetStringAsync(
            "/api/documents?read=policies/late-fees&read=policies/penalties&read=policies/secret&read=policies/none&read=../x&read="));

        Assert.Equal(["policies/late-fees", "policies/penalties"], answer.RootElement.EnumerateArray().Select(found => found.GetProperty("read").GetString()));
        Assert.All(answer.RootElement.EnumerateArray(), found => Assert.Equal("/docs/policies/late-fees", found.GetProperty("url").GetString()));
        Assert.Equal("Policy · UB-014 · in effect since 2 Feb 2026", answer.RootElement[0].GetProperty("facts").GetString());
    }

    [Fact]
    public async Task Get_Kind_FiltersAndEveryChipCounts()
    {
        var page = await sample.Site.GetPageAsync("/search?q=fee&kind=authority");

        Assert.All(page.QuerySelectorAll(".hit .row-facts:first-of-type"), facts => Assert.Contains("What you can decide", facts.TextContent, StringComparison.Ordinal));
        Assert.Equal("What you can decide 1", page.QuerySelector(".kinds [aria-current=true]")!.TextContent);
        Assert.Contains(page.QuerySelectorAll(".kinds a"), chip => chip.GetAttribute("href") == "/search?q=fee&kind=policy");
    }

    [Fact]
    public async Task Get_Filters_CountNarrowDownAndStayWithTheSearch()
    {
        var all = await sample.Site.GetPageAsync("/search?q=fee");
        var form = all.QuerySelector(".filters form")!;
        Assert.False(all.QuerySelector(".filters")!.HasAttribute("open"));
        Assert.Contains("Counter (1)", form.QuerySelector("[name=audience]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("billing (1)", form.QuerySelector("[name=tag]")!.TextContent, StringComparison.Ordinal);

        var narrow = await sample.Site.GetPageAsync("/search?q=fee&kind=&audience=counter&tag=BILLING&since=2026-02-02&until=2026-02-02");
        Assert.Equal("Late fees", Assert.Single(narrow.QuerySelectorAll(".hit")).QuerySelector("a")!.TextContent.Split(" ›")[0].Trim());
        Assert.True(narrow.QuerySelector(".filters")!.HasAttribute("open"));
        Assert.Equal(["counter", "billing"], narrow.QuerySelectorAll(".filters option[selected]").Select(option => option.GetAttribute("value")));
        Assert.Equal("2026-02-02", narrow.QuerySelector(".filters [name=until]")!.GetAttribute("value"));
        Assert.Contains(narrow.QuerySelectorAll(".kinds a"), chip => chip.GetAttribute("href") == "/search?q=fee&kind=policy&tag=BILLING&audience=counter&since=2026-02-02&until=2026-02-02");
        Assert.Contains(narrow.QuerySelectorAll(".filters a"), link => link.GetAttribute("href") == "/search?q=fee");

        // Nothing that day: the filter stays in sight, with the way back.
        var none = await sample.Site.GetPageAsync("/search?q=fee&audience=counter&until=2026-01-01");
        Assert.Empty(none.QuerySelectorAll(".hit"));
        Assert.Contains("Counter (0)", none.QuerySelector(".filters [name=audience]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(none.QuerySelectorAll(".nothing a"), link => link.GetAttribute("href") == "/search?q=fee");
    }

    [Fact]
    public async Task Get_RunningNotice_StandsAboveTheHitsThatItOverrides() => Assert.Contains(
        "No late fee is added this week.",
        (await sample.Site.GetPageAsync("/search?q=late+fees")).QuerySelector(".found .notice")!.TextContent,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-03-01", "To come", 1)]
    [InlineData("2026-03-03", "Running now", 1)]
    [InlineData("2026-03-09", "Over", 0)]
    public async Task Get_Notice_SaysHowItStandsAndAnswersNothingOnceItIsOver(string day, string state, int answers)
    {
        using var repository = new TestRepository().Commit("A notice", "notices/freeze.md", """
            ---
            title: Fees are frozen this week
            kind: notice
            from: 2026-03-02
            until: 2026-03-04
            answers:
              - ask: Is a late fee added this week?
                say: No.
            ---
            Because of the storm, no late fee is added.
            """).Flush();
        var now = new DateTimeOffset(DateOnly.Parse(day, CultureInfo.InvariantCulture), new TimeOnly(12, 0), TimeSpan.Zero);
        await using var site = await RunningSite.StartAsync(new TestClock(now), ("PolicyHub:Library", repository.Folder));

        var page = await site.GetPageAsync("/search?q=late+fee+this+week");

        Assert.Equal(answers, page.QuerySelectorAll("[data-answer]").Length);
        Assert.Equal(state, page.QuerySelector(".hit .row-facts .chip")!.TextContent);
        Assert.Contains($"\"state\":\"{state}\"", await site.Client.GetStringAsync("/api/search?q=late+fee+this+week"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Nothing_OffersDesksAndBrowsing()
    {
        var nothing = (await sample.Site.GetPageAsync("/search?q=qqxxzzvv")).QuerySelector(".nothing")!;

        Assert.Contains("qqxxzzvv", nothing.TextContent, StringComparison.Ordinal);
        Assert.Contains(nothing.QuerySelectorAll("a"), link => link.GetAttribute("href") == "/docs/desks/billing");
        Assert.Contains(nothing.QuerySelectorAll("a"), link => link.GetAttribute("href") == "/browse");
    }

    [Fact]
    public async Task Get_HostileQuestion_IsShownAsText()
    {
        var page = await sample.Site.GetPageAsync("/search?q=" + Uri.EscapeDataString("\"><script>alert(1)</script><img src=x onerror=alert(1)>"));

        Assert.DoesNotContain(page.QuerySelectorAll("script"), script => script.TextContent.Length > 0);
        Assert.Empty(page.QuerySelectorAll("img[src=x]"));
    }

    [Theory]
    [InlineData("/search?kind=nonsense&q=a")]
    [InlineData("/api/search?kind=nonsense&q=a")]
    [InlineData("/api/search?limit=0&q=a")]
    [InlineData("/api/search?limit=9999&q=a")]
    [InlineData("/api/search?limit=x&q=a")]
    [InlineData("/search?since=tomorrow&q=a")]
    [InlineData("/search?since=2026-02-02&until=2026-02-01&q=a")]
    [InlineData("/search/why?since=tomorrow&q=a&read=x")]
    public async Task Get_WrongParameter_IsABadRequest(string asked)
    {
        using var response = await sample.Site.Client.GetAsync(asked);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("/search?q=")]
    [InlineData("/search/section?read=x&q=")]
    [InlineData("/docs/policies/late-fees?q=")]
    [InlineData("/api/search?q=")]
    public async Task Get_TooLongQuestion_IsABadRequest(string asked)
    {
        using var response = await sample.Site.Client.GetAsync(asked + new string('a', 301));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Get_Section_IsTheDocumentWithoutThePageAround()
    {
        var html = await sample.Site.Client.GetStringAsync("/search/section?read=policies/late-fees%23waivers&q=waiver");

        Assert.DoesNotContain("<html", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("data-section=\"waivers\"", html, StringComparison.Ordinal);
        using var secret = await sample.Site.Client.GetAsync("/search/section?read=policies/secret");
        Assert.Equal(HttpStatusCode.NotFound, secret.StatusCode);
    }
}
