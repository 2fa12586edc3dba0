using PolicyHub.Testing;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.AsOf;

/// <summary>A page that is left open over a change: it says so, moves nothing, and asks before its old text is used.</summary>
public sealed class OpenPageTests(StarterSite starter)
{
    private static readonly DateTimeOffset Before = new(2026, 6, 1, 7, 59, 0, TimeSpan.Zero);

    [Fact]
    public async Task Text_ThatStopsBeingInEffect_IsSaidWithinSecondsAndMovesNothing()
    {
        using var repository = Library();
        var clock = new TestClock(Before);
        await using var site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder));
        await starter.VisitAsync(
            async visitor =>
            {
                await visitor.OpenAsync("/docs/fees");
                var content = visitor.Page.Locator(".content");
                await visitor.Page.EvaluateAsync("() => scrollTo(0, 400)");
                var top = await content.EvaluateAsync<double>("element => element.getBoundingClientRect().top");
                clock.Advance(TimeSpan.FromMinutes(2));

                var bar = visitor.Page.Locator("[data-open-page]");
                await Expect(bar).ToContainTextAsync("“Late fees” changed at 8 am.");
                Assert.Equal(top, await content.EvaluateAsync<double>("element => element.getBoundingClientRect().top"));
                await Expect(content).ToContainTextAsync("Ten dollars");

                // Copying asks first; what is new is one press away.
                await visitor.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
                await visitor.Page.EvaluateAsync("() => navigator.clipboard.writeText('before')");
                await visitor.Page.Locator(".top-tools [data-copy]").ClickAsync();
                var dialog = visitor.Page.Locator("dialog");
                await Expect(dialog).ToContainTextAsync("changed at 8 am");
                Assert.Equal([], await Pages.Axe.FindAsync(visitor.Page));
                Assert.Equal("before", await visitor.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
                await visitor.Page.Keyboard.PressAsync("Escape");
                await Expect(dialog).ToHaveCountAsync(0);
                await visitor.Page.Locator(".top-tools [data-copy]").ClickAsync();
                await dialog.GetByText("Use this text anyway").ClickAsync();
                await Expect(visitor.Toast).ToContainTextAsync("Copied");
                Assert.Contains("Ten dollars", await visitor.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), StringComparison.Ordinal);

                await bar.GetByText("What changed").ClickAsync();
                await Expect(visitor.Page.Locator(".content ins").First).ToContainTextAsync("Twelve");
                await visitor.Page.GoBackAsync();
                await visitor.Page.Locator("[data-open-page]").GetByText("Show the new text").ClickAsync();
                await Expect(content).ToContainTextAsync("Twelve dollars");
            },
            site: site);
    }

    [Fact]
    public async Task Printing_AnOldText_AsksFirst()
    {
        using var repository = Library();
        var clock = new TestClock(Before);
        await using var site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder));
        await starter.VisitAsync(
            async visitor =>
            {
                await visitor.OpenAsync("/docs/fees");
                await visitor.Page.EvaluateAsync("() => { window.printed = 0; window.print = () => window.printed++; }");
                clock.Advance(TimeSpan.FromMinutes(2));
                await Expect(visitor.Page.Locator("[data-open-page]")).ToBeVisibleAsync();

                await visitor.Page.Keyboard.PressAsync("Control+p");
                await Expect(visitor.Page.Locator("dialog")).ToBeVisibleAsync();
                Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => window.printed"));
                await visitor.Page.Locator("dialog").GetByText("Use this text anyway").ClickAsync();
                await visitor.Page.WaitForFunctionAsync("() => window.printed === 1");
            },
            site: site);
    }

    [Fact]
    public async Task Notice_ThatStarts_IsSaidOnAnOpenPage()
    {
        using var repository = Library();
        var clock = new TestClock(Before);
        await using var site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder));
        await starter.VisitAsync(
            async visitor =>
            {
                await visitor.OpenAsync("/docs/other");
                clock.Advance(TimeSpan.FromMinutes(2));

                var bar = visitor.Page.Locator("[data-open-page]");
                await Expect(bar).ToContainTextAsync("New notice: Ice on Main Street");
                await bar.GetByText("Close").ClickAsync();
                await Expect(bar).ToBeHiddenAsync();
            },
            site: site);
    }

    [Fact]
    public Task OutOfTouch_ForLongerThanSet_SaysNotCheckedInsteadOfInEffect() => starter.VisitAsync(async visitor =>
    {
        visitor.Forgive("ERR_INTERNET_DISCONNECTED");
        await visitor.Page.Clock.InstallAsync(new() { TimeDate = StarterSite.Now.UtcDateTime });
        await visitor.OpenAsync("/docs/policies/utility-billing/late-fees");
        var state = visitor.Page.Locator("[data-in-effect]").First;
        await Expect(state).ToContainTextAsync("In effect since");
        await visitor.Context.SetOfflineAsync(true);
        await visitor.Page.Clock.RunForAsync(70_000);

        await Expect(state).ToContainTextAsync("Not checked since");
        await visitor.Context.SetOfflineAsync(false);
        await visitor.Page.Clock.RunForAsync(10_000);
        await Expect(state).ToContainTextAsync("In effect since");
    });

    [Fact]
    public Task AnotherDay_LeftIdleOrForANewCall_GoesBackToToday() => starter.VisitAsync(async visitor =>
    {
        await visitor.Page.Clock.InstallAsync(new() { TimeDate = StarterSite.Now.UtcDateTime });
        await visitor.OpenAsync("/docs/policies/utility-billing/late-fees?on=2026-01-15");
        await Expect(visitor.Page.Locator(".bar-asof")).ToBeVisibleAsync();
        await visitor.Page.Clock.RunForAsync(590_000);
        await visitor.Page.Keyboard.PressAsync("Shift");
        await visitor.Page.Clock.RunForAsync(590_000);
        await Expect(visitor.Page.Locator(".bar-asof")).ToBeVisibleAsync();

        await visitor.Page.Clock.RunForAsync(20_000);
        await visitor.Page.ArriveAsync("**/docs/policies/utility-billing/late-fees");

        await visitor.OpenAsync("/search?q=late+fee&on=2026-01-15");
        var home = visitor.Page.Url.Split("/search")[0] + "/";
        await visitor.Page.Keyboard.PressAsync("Alt+n");
        await visitor.Page.ArriveAsync(home);
        await Expect(visitor.Page.Locator(".bar-asof")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Typing_OnAnotherDay_FindsAndOpensTheTextOfThatDay() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/?on=2026-01-15");
        await visitor.Box.PressSequentiallyAsync("late fee waver");
        var first = visitor.Options.First;
        await Expect(first).ToHaveAttributeAsync("data-url", Like.Pattern("on=2026-01-15"));
        await Expect(visitor.Page.Locator("[role=option][data-all]")).ToHaveAttributeAsync("data-url", "/search?q=late%20fee%20waver&on=2026-01-15");
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.Page.ArriveAsync("**on=2026-01-15**");
        await Expect(visitor.Page.Locator(".bar-asof strong")).ToHaveTextAsync("What staff could read on 15 Jan 2026");
        await Expect(visitor.Page.Locator("h1")).ToContainTextAsync("Late fees");
    });

    private static TestRepository Library() => new TestRepository()
        .Commit("First", commit => commit.At("2026-01-02 00:00").Write("library.yml", "kinds: { notices: notice }\n").Write("other.md", "# Other\n")
            .Write("fees.md", $"# Late fees\n\nTen dollars.\n\n{string.Concat(Enumerable.Repeat("A line of the text.\n\n", 80))}"))
        .Commit("Coming", commit => commit.At("2026-02-01 00:00")
            .Write("fees.md", $"---\neffective: 2026-06-01 08:00\n---\n# Late fees\n\nTwelve dollars.\n\n{string.Concat(Enumerable.Repeat("A line of the text.\n\n", 80))}")
            .Write("notices/ice.md", "---\ntitle: Ice on Main Street\nfrom: 2026-06-01 08:00\nuntil: 2026-06-02\n---\nIce.\n"))
        .Flush();
}
