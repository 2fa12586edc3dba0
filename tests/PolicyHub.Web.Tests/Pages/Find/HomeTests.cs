namespace PolicyHub.Web.Tests.Pages.Find;

public sealed class HomeTests(SampleSite sample)
{
    [Fact]
    public async Task Get_Home_OffersSearchNoticesChangesAndDoors()
    {
        var page = await sample.Site.GetPageAsync("/");

        Assert.Equal("/search", page.QuerySelector("form[role=search]")!.GetAttribute("action"));
        Assert.Equal("/docs/notices/freeze", page.QuerySelector("[aria-labelledby=now-title] a")!.GetAttribute("href"));
        Assert.Equal("/docs/notices/parade", page.QuerySelector("[aria-labelledby=next-title] a")!.GetAttribute("href"));
        Assert.Contains("A plan for the summer", page.QuerySelector("[aria-labelledby=changed-title]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll(".doors a"), door => door.TextContent.StartsWith("Bills and rules", StringComparison.Ordinal));
        Assert.Contains("Open until 5 pm", page.QuerySelector("[aria-labelledby=desks-title]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Home_UsesTheLibrarysOwnWords() =>
        Assert.Equal("What can we find for you?", (await sample.Site.GetPageAsync("/")).QuerySelector("h1")!.TextContent);

    [Fact]
    public async Task Get_Changes_NamesWhatCannotBeReadAndWhatIsNotYetInEffect()
    {
        var rows = (await sample.Site.GetPageAsync("/changes")).QuerySelectorAll(".changes li");

        Assert.Equal(["Service standard", "Payment plans"], rows.Take(2).Select(row => row.QuerySelector("a")!.TextContent));
        Assert.Contains("cannot be read", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("starts 1 Jun 2026", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/browse")]
    [InlineData("/area/policies")]
    [InlineData("/audience/counter")]
    [InlineData("/tag/billing")]
    [InlineData("/kind/policy")]
    public async Task Get_EveryWayToBrowse_LeadsToTheDocument(string asked) => Assert.Contains(
        (await sample.Site.GetPageAsync(asked)).QuerySelectorAll("main a"),
        link => link.GetAttribute("href") == "/docs/policies/late-fees");

    [Fact]
    public async Task Get_EveryLinkOfOurPages_LeadsSomewhere()
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(["/"]);
        var broken = new List<string>();
        while (waiting.TryDequeue(out var asked) && tried.Count < 400)
        {
            if (!tried.Add(asked))
            {
                continue;
            }

            using var response = await sample.Site.Client.GetAsync(asked);
            if ((int)response.StatusCode >= 400)
            {
                broken.Add(asked);
            }
            else if (response.Content.Headers.ContentType?.MediaType == "text/html")
            {
                foreach (var link in (await Testing.RunningSite.ParseAsync(response)).QuerySelectorAll("a[href^='/'], link[href], img[src], script[src]"))
                {
                    waiting.Enqueue((link.GetAttribute("href") ?? link.GetAttribute("src"))!.Split('#')[0]);
                }
            }
        }

        Assert.Empty(broken);
        Assert.True(tried.Count > 50, $"Only {tried.Count} addresses were found.");
    }
}
