using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PolicyHub.Testing;
using PolicyHub.Web.Counting;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Find;

/// <summary>Never in the way: a slow network says so and keeps the list, Enter does not wait for it, the next section is there already.</summary>
public sealed class OnTheWayTests(StarterSite starter)
{
    [Theory]
    [InlineData("/", "**/api/search?**")]
    [InlineData("/search?q=refund", "**/search?**part=results**")]
    public Task Type_OverASlowNetwork_SaysSoKeepsTheListAndThenShowsTheNewest(string address, string slow) => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync(address);
        await visitor.Box.FillAsync("");
        await visitor.Box.PressSequentiallyAsync("refund appeal");
        var rows = visitor.Page.Locator("[role=option], .hit");
        // Both pages say in an address which words their list is of; the list of an earlier key would not stay.
        await visitor.Page.WaitForFunctionAsync("""
            () => new URL(document.querySelector("[role=option][data-all]")?.dataset.url ?? location.href, location.href).searchParams.get("q") === "refund appeal"
            """);
        await Expect(visitor.Live).ToHaveTextAsync(Like.Pattern(@"\d"));
        var before = await rows.CountAsync();
        var open = new TaskCompletionSource();
        await visitor.Page.RouteAsync(slow, async route =>
        {
            await open.Task;
            await ContinueAsync(route);
        });

        // Each key calls the question before it off; the wait counts from the first that went without an answer.
        await visitor.Box.PressSequentiallyAsync("s for trash", new() { Delay = 60 });

        await Expect(visitor.Page.Locator(".search-note")).ToContainTextAsync("Still looking");
        await Expect(rows).ToHaveCountAsync(before);
        await Expect(visitor.Box).ToHaveValueAsync("refund appeals for trash");
        open.SetResult();
        await Expect(visitor.Page.Locator(".search-note")).ToHaveCountAsync(0);
        await Expect(visitor.Live).ToHaveTextAsync(Like.Pattern(@"\d"));
    });

    [Fact]
    public Task Enter_BeforeTheListCame_GoesToTheNewestWordsNotToWhatWasChosen() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/");
        await visitor.Box.PressSequentiallyAsync("late");
        await Expect(visitor.Options.Last).ToHaveAttributeAsync("data-url", "/search?q=late");
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(visitor.Options.First).ToHaveAttributeAsync("aria-selected", "true");
        await visitor.Page.RouteAsync("**/api/search?**", async route =>
        {
            await Task.Delay(700);
            await ContinueAsync(route);
        });

        await visitor.Page.Keyboard.TypeAsync(" fee waiver");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.Page.ArriveAsync("**/search?q=late+fee+waiver");
    });

    [Fact]
    public Task Arrows_ThroughTheResults_FindTheNextSectionThereAlready() => starter.VisitAsync(async visitor =>
    {
        var asked = new ConcurrentBag<string>();
        visitor.Page.Request += (_, request) => asked.Add(new Uri(request.Url).PathAndQuery);
        visitor.Forgive("ERR_INTERNET_DISCONNECTED");
        await visitor.OpenAsync("/search?q=late+fee");
        var second = visitor.Page.Locator("[data-hit]").Nth(await visitor.Page.Locator("[data-answer]").CountAsync() + 1);
        var address = await second.GetAttributeAsync("data-read");
        while (!asked.Contains(address!))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await visitor.AnsweredAsync();
        await visitor.Context.SetOfflineAsync(true);
        await visitor.Box.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("ArrowDown");

        var title = (await visitor.Page.Locator(".open .row-title").InnerTextAsync()).Split('›')[0].Trim();
        await Expect(visitor.Page.Locator(".pane-title")).ToHaveTextAsync(title);
        await Expect(visitor.Page.Locator(".search-note")).ToHaveCountAsync(0);
        await visitor.Context.SetOfflineAsync(false);
    });

    [Fact]
    public Task Type_NothingFound_OffersDeskSpellingAndReportInTheList() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/");
        await visitor.Box.PressSequentiallyAsync("wvfgtbkdl");
        var report = visitor.Page.Locator("[role=option][data-gap]");
        await Expect(report).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(report).ToHaveAttributeAsync("aria-selected", "true");

        await visitor.Page.Keyboard.PressAsync("Enter");

        await Expect(visitor.Toast).ToContainTextAsync("wvfgtbkdl");
        await Expect(visitor.Box).ToHaveValueAsync("wvfgtbkdl");
    });

    [Fact]
    public async Task Searches_HoweverTheyEnd_AreCountedOnceWithTheirEnd()
    {
        using var repository = new TestRepository()
            .Commit("Fees", "fees.md", "# Late fees\n\nA refund of a late fee.\n").Commit("Dogs", "dogs.md", "# Dog bites\n\nAn animal.\n").Commit("Carts", "carts.md", "# Trash carts\n\nOn the curb.\n").Flush();
        await using var site = await RunningSite.StartAsync(new TestClock(StarterSite.Now), ("PolicyHub:Library", repository.Folder));
        await starter.VisitAsync(
            async visitor =>
            {
                await visitor.OpenAsync("/");
                await TypeAsync(visitor, "refund");
                await visitor.Page.Keyboard.PressAsync("Escape");
                await visitor.Page.Keyboard.PressAsync("Escape");
                await UntilCountedAsync(site, QueryOutcome.Abandoned);

                await TypeAsync(visitor, "bldmpfrtgv");
                await Task.Delay(1200, TestContext.Current.CancellationToken); // Longer than a pause in typing.
                await visitor.Box.FillAsync("dog bite");
                await UntilCountedAsync(site, QueryOutcome.None);

                await Expect(visitor.Options.Last).ToHaveAttributeAsync("data-url", "/search?q=dog%20bite");
                await visitor.Options.First.ClickAsync();
                await visitor.Page.ArriveAsync("**/docs/dogs**");
                await UntilCountedAsync(site, QueryOutcome.Chosen);

                await visitor.OpenAsync("/search?q=late+fee");
                await visitor.Box.FillAsync("trash cart");
                await visitor.Page.ArriveAsync("**/search?q=trash+cart");
                await UntilCountedAsync(site, QueryOutcome.Reformulated);

                // A filter is the same search; leaving the page ends it.
                await visitor.Page.Locator(".kinds a").Nth(1).ClickAsync();
                await visitor.Page.ArriveAsync("**kind=**");
                await visitor.OpenAsync("/browse");
                await UntilCountedAsync(site, QueryOutcome.Results);
            },
            site: site);

        Assert.Equal(5, Assert.Single(CountsOf(site)).Searches);
    }

    private static IReadOnlyList<WeekOfQueries> CountsOf(RunningSite site) =>
        site.Services.GetRequiredService<QueryCounts>().Weeks(DateOnly.FromDateTime(StarterSite.Now.DateTime));

    private static async Task TypeAsync(Visitor visitor, string text)
    {
        await visitor.Box.FillAsync("");
        await visitor.Box.PressSequentiallyAsync(text);
        await Expect(visitor.Options.Last).ToHaveAttributeAsync("data-url", "/search?q=" + Uri.EscapeDataString(text));
    }

    /// <summary>Pages tell it in their own time.</summary>
    private static async Task UntilCountedAsync(RunningSite site, QueryOutcome outcome)
    {
        for (var round = 0; round < 1000 && CountsOf(site).Sum(week => week.Counts[outcome]) == 0; round++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, CountsOf(site).Sum(week => week.Counts[outcome]));
    }

    /// <summary>A question that a newer one called off is gone when its turn comes.</summary>
    private static async Task ContinueAsync(IRoute route)
    {
        try
        {
            await route.ContinueAsync();
        }
        catch (PlaywrightException)
        {
            // The page no longer waits for it.
        }
    }
}
