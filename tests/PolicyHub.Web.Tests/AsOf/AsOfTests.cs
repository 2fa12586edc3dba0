using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PolicyHub.Web.Tests.AsOf;

/// <summary>A page of another day: its text, its bar, its links, its way back; and documents that are not there.</summary>
public sealed class AsOfTests(PastSite past)
{
    [Fact]
    public async Task Document_OnADay_ShowsItsTextUnderABarThatSaysSo()
    {
        var page = await past.Site.GetPageAsync("/docs/policies/fees?on=2026-01-10");

        Assert.Contains("ten dollars", page.QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("What staff could read on 10 Jan 2026", page.QuerySelector(".bar-asof strong")!.TextContent);
        Assert.StartsWith("(10 Jan 2026) Fees alphazero", page.Title, StringComparison.Ordinal);
        Assert.EndsWith("as staff could read it on 10 Jan 2026", page.QuerySelector(".content")!.GetAttribute("data-cite"), StringComparison.Ordinal);
        Assert.Equal("/docs/policies/fees", page.QuerySelector<IHtmlAnchorElement>(".asof-ways .primary")!.GetAttribute("href"));
        Assert.Equal("/docs/policies/fees?on=2026-02-10", page.QuerySelector(".asof-ways [rel=next]")!.GetAttribute("href"));
        Assert.Null(page.QuerySelector(".asof-ways [rel=prev]"));
    }

    [Fact]
    public async Task Links_OfAPageOfAnotherDay_AllKeepTheDay()
    {
        foreach (var address in new[] { "/docs/policies/fees?on=2026-01-10", "/?on=2026-01-10", "/search?q=common&on=2026-01-10", "/browse?on=2026-01-10", "/kind/policy?on=2026-01-10" })
        {
            var page = await past.Site.GetPageAsync(address);
            var kept = page.QuerySelectorAll("a[href^='/']").Where(link => !link.HasAttribute("data-new-call") && link.Closest(".asof-ways") is null)
                .Select(link => link.GetAttribute("href")!)
                .Where(href => new[] { "/docs/", "/kind/", "/tag/", "/search", "/browse", "/id/" }.Any(href.StartsWith)).ToList();

            Assert.NotEmpty(kept);
            Assert.All(kept, href => Assert.Contains("on=2026-01-10", href, StringComparison.Ordinal));
            Assert.Equal("2026-01-10", page.QuerySelector("form[role=search] input[name=on]")!.GetAttribute("value"));
            Assert.Equal("/", page.QuerySelector("[data-new-call]")!.GetAttribute("href"));
        }

        var content = (await past.Site.GetPageAsync("/docs/policies/fees?on=2026-01-10")).QuerySelector(".content")!;
        Assert.Equal("/docs/policies/gas?on=2026-01-10", content.QuerySelector("a[href*=gas]")!.GetAttribute("href"));
        Assert.Equal("/files/files/form.png?on=2026-01-10", content.QuerySelector("img")!.GetAttribute("src"));
    }

    [Fact]
    public async Task TextThatLooksLikeALink_StaysAsItIsWritten()
    {
        using var repository = new PolicyHub.Testing.TestRepository()
            .Commit("Begin", commit => commit.At("2026-01-05 15:00").Write("a.md", "# A\n\nWrite <a href=\"/docs/a\"> and `<form method=\"get\" action=\"/search\">`.\n"))
            .Commit("Next", commit => commit.At("2026-02-05 15:00").Write("a.md", "# A\n"));
        repository.Flush();
        await using var site = await PolicyHub.Testing.RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder));

        var page = await site.GetPageAsync("/docs/a?on=2026-01-10");

        Assert.Contains("<a href=\"/docs/a\">", page.QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("<form method=\"get\" action=\"/search\">", page.QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_ThatDiffer_SayEachOther()
    {
        var on = await past.Site.GetPageAsync("/docs/policies/late?on=2026-01-25");
        var applies = await past.Site.GetPageAsync("/docs/policies/late?for=2026-01-25");
        var alike = await past.Site.GetPageAsync("/docs/policies/late?on=2026-01-10");

        Assert.Contains("gammonite", on.QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("iotaplane", applies.QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/docs/policies/late?for=2026-01-25", on.QuerySelector(".asof-differs a")!.GetAttribute("href"));
        Assert.Equal("/docs/policies/late?on=2026-01-25", applies.QuerySelector(".asof-differs a")!.GetAttribute("href"));
        Assert.Null(alike.QuerySelector(".asof-differs"));
    }

    [Fact]
    public async Task Api_OnADay_AnswersFromItAndKeepsItInEveryAddress()
    {
        using var answer = JsonDocument.Parse(await past.Site.Client.GetStringAsync(new Uri("/api/search?q=fee&on=2026-01-10", UriKind.Relative), TestContext.Current.CancellationToken));

        var first = answer.RootElement.GetProperty("results")[0];
        Assert.Equal("Fees alphazero", first.GetProperty("title").GetString());
        Assert.Contains("on=2026-01-10", first.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Contains("on=2026-01-10", first.GetProperty("pane").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("10 Jan 2026", first.GetProperty("citation").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_OnADay_IsTheOneOfThatDay()
    {
        Assert.Equal("zetafore", await past.Site.Client.GetStringAsync(new Uri("/files/files/form.png?on=2026-02-09", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal("thetacron", await past.Site.Client.GetStringAsync(new Uri("/files/files/form.png?on=2026-02-10", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/docs/policies/fees?on=tomorrow")]
    [InlineData("/search?q=fee&on=2026-02-30")]
    [InlineData("/?for=14.3.2026")]
    [InlineData("/?on=2026-01-10&for=2026-01-10")]
    public async Task Day_ThatIsNone_IsRefusedWithWhatToDo(string address)
    {
        using var response = await past.Site.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await PolicyHub.Testing.RunningSite.ParseAsync(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Matches("2026-03-14|one question", page.QuerySelector(".lead")!.TextContent);
    }

    [Theory]
    [InlineData("/docs/policies/fees?q=fee&asof-day=2026-01-10&asof-ask=on", "/docs/policies/fees?q=fee&on=2026-01-10")]
    [InlineData("/docs/policies/fees?asof-day=2026-01-10&asof-ask=for&on=2026-01-01", "/docs/policies/fees?for=2026-01-10")]
    [InlineData("/?asof-day=&asof-ask=on", "/")]
    public async Task Form_ForAnotherDay_LeadsToItsAddress(string sent, string address)
    {
        using var response = await past.Site.Client.GetAsync(new Uri(sent, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(address, response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Today_ByItsDate_IsThePageOfToday()
    {
        Assert.Null((await past.Site.GetPageAsync("/docs/policies/fees?on=2026-06-01")).QuerySelector(".bar-asof"));
        Assert.NotNull((await past.Site.GetPageAsync("/docs/policies/fees?on=2026-05-31")).QuerySelector(".bar-asof"));
    }

    [Fact]
    public async Task FutureDay_ShowsWhatIsPlanned()
    {
        var page = await past.Site.GetPageAsync("/docs/policies/fees?on=2026-12-01");

        Assert.Contains("twenty dollars", page.QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("twelve dollars", (await past.Site.GetPageAsync("/docs/policies/fees?on=2026-11-30")).QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rescinded_SaysSinceWhenWhyAndWhatCameAfter()
    {
        using var response = await past.Site.Client.GetAsync(new Uri("/docs/policies/dogs", UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await PolicyHub.Testing.RunningSite.ParseAsync(response);

        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
        Assert.Equal("Dogs betaquartz", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Rescinded since 1 Apr 2026", page.QuerySelector(".chip.red")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Dogs are the county's now", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/docs/policies/animals", page.QuerySelector(".absent li a")!.GetAttribute("href"));
        var last = page.QuerySelectorAll(".absent-ways a").Single(link => link.TextContent.Contains("last was", StringComparison.Ordinal)).GetAttribute("href")!;
        Assert.Contains("A common dog rule", (await past.Site.GetPageAsync(last)).QuerySelector(".content")!.TextContent, StringComparison.Ordinal);
        using var byId = await past.Site.Client.GetAsync(new Uri("/id/do-001", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("/docs/policies/dogs", byId.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task BeforeItBegan_SaysWhenItDid()
    {
        using var response = await past.Site.Client.GetAsync(new Uri("/docs/policies/animals?on=2026-03-01", UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await PolicyHub.Testing.RunningSite.ParseAsync(response);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("It began on 1 Apr 2026", page.QuerySelector(".absent")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/docs/policies/animals?on=2026-04-01", page.QuerySelector(".absent-ways .primary")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Restricted_IsNotFoundInAnyDay()
    {
        foreach (var address in new[] { "/docs/hr/pay", "/docs/hr/pay?on=2026-05-05", "/docs/hr/pay?on=2026-01-10", "/id/HR-001", "/id/HR-001?on=2026-05-05" })
        {
            using var response = await past.Site.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.DoesNotContain("muonfield", body, StringComparison.Ordinal);
            Assert.DoesNotContain("paper absent", body, StringComparison.Ordinal);
        }
    }
}

