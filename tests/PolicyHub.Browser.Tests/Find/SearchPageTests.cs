using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Find;

/// <summary>The search page: the list on the left follows the typing, the section is read on the right.</summary>
public sealed class SearchPageTests(StarterSite starter)
{
    [Fact]
    public Task Type_OnTheSearchPage_FollowsWithoutLeavingIt() => starter.VisitAsync(async visitor =>
    {
        var delays = new Random(7);
        await visitor.Page.RouteAsync("**/search?**part=results**", async route =>
        {
            int delay;
            lock (delays)
            {
                delay = delays.Next(0, 120);
            }

            await Task.Delay(delay);
            try
            {
                await route.ContinueAsync();
            }
            catch (Microsoft.Playwright.PlaywrightException)
            {
                // A newer key had called the question off meanwhile.
            }
        });
        await visitor.OpenAsync("/search?q=refund");
        await visitor.Page.EvaluateAsync("() => { window.same = true; }");

        await visitor.Box.FillAsync("");
        await visitor.Box.PressSequentiallyAsync("boil water", new() { Delay = 25 });

        await visitor.Page.ArriveAsync("**/search?q=boil+water");
        await Expect(visitor.Page.Locator(".hit .row-title").First).ToContainTextAsync(Like.Pattern("[Bb]oil"));
        await Expect(visitor.Live).ToHaveTextAsync(Like.Pattern(@"\d"));
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => window.same"), "The page was left.");
    });

    [Fact]
    public Task Arrows_ReadTheNextSectionBeside_AndEnterGoesThere() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/search?q=late+fee");
        await visitor.Box.FocusAsync();
        var opened = visitor.Page.Locator(".hit.open, [data-answer].open");
        await Expect(opened).ToHaveCountAsync(1);
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(opened).ToHaveCountAsync(1);
        var title = (await visitor.Page.Locator(".open .row-title").InnerTextAsync()).Split('›')[0].Trim();
        await Expect(visitor.Page.Locator(".pane-title")).ToHaveTextAsync(title);
        var address = await visitor.Page.Locator(".open [data-hit]").GetAttributeAsync("href");
        Assert.Equal(new Uri(new Uri(visitor.Page.Url), address).Fragment, "#" + await visitor.Page.Locator(".pane .here").GetAttributeAsync("id"));

        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.Page.ArriveAsync("**" + address);
    });

    [Fact]
    public Task Why_OpenedUnderAHit_SaysWhereTheWordsStand() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/search?q=late+fee+waver");
        var why = visitor.Page.Locator(".hit .why").First;

        await why.Locator("summary").ClickAsync();

        await Expect(why.Locator("li").First).ToContainTextAsync("late");
        await Expect(why).ToContainTextAsync("“waver”");
        Assert.Empty(await Pages.Axe.FindAsync(visitor.Page));
    });

    [Fact]
    public Task Type_OfflineOnTheSearchPage_KeepsTheListAndSaysSo() => starter.VisitAsync(async visitor =>
    {
        visitor.Forgive("ERR_INTERNET_DISCONNECTED");
        await visitor.OpenAsync("/search?q=refund");
        var hits = await visitor.Page.Locator(".hit").CountAsync();

        await visitor.Context.SetOfflineAsync(true);
        await visitor.Box.PressSequentiallyAsync("s");

        await Expect(visitor.Page.Locator(".search-note")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator(".hit")).ToHaveCountAsync(hits);
    });

    [Fact]
    public Task Search_OnAPhone_OpensTheDocumentItself() => starter.VisitAsync(
        async visitor =>
        {
            await visitor.OpenAsync("/search?q=late+fee");
            await Expect(visitor.Page.Locator("[data-pane]")).ToBeHiddenAsync();

            await visitor.Page.Locator(".hit [data-hit]").First.ClickAsync();

            await visitor.Page.ArriveAsync("**/docs/**");
        },
        options => options.ViewportSize = Sizes.Phone);

    [Fact]
    public Task Search_WithoutScript_IsAFormAndLinks() => starter.VisitAsync(
        async visitor =>
        {
            await visitor.OpenAsync("/");
            await visitor.Box.FillAsync("late fee");
            await visitor.Box.PressAsync("Enter");
            await visitor.Page.ArriveAsync("**/search?q=late+fee&plain=1");

            await Expect(visitor.Page.Locator(".hit").First).ToBeVisibleAsync();
            await Expect(visitor.Page.Locator(".pane-title")).ToBeVisibleAsync();
            await visitor.Page.Locator(".hit [data-hit]").First.ClickAsync();
            await visitor.Page.ArriveAsync("**/docs/**");
            await Expect(visitor.Page.Locator(".content mark").First).ToBeAttachedAsync();
            await visitor.Page.Locator("[data-clear-marks]").ClickAsync();
            await Expect(visitor.Page.Locator(".content mark")).ToHaveCountAsync(0);
        },
        options => options.JavaScriptEnabled = false);

    [Fact]
    public Task Look_ChosenInTheFooter_HoldsOnTheNextPage() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/changes");
        await visitor.Page.Locator("#look-mode").SelectOptionAsync("dark");
        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-mode", "dark");
        Assert.EndsWith("/changes", visitor.Page.Url, StringComparison.Ordinal);

        await visitor.Page.GetByLabel("More contrast").CheckAsync();
        await Expect(visitor.Page.Locator("link[href*='theme.css']")).ToHaveAttributeAsync("href", Like.Pattern("theme=contrast"));
        await visitor.OpenAsync("/browse");
        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-mode", "dark");
    });
}
