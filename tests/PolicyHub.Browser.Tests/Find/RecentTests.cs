using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Find;

/// <summary>What a person opened and pinned on this device.</summary>
public sealed class RecentTests(StarterSite starter)
{
    private static readonly string[] Documents =
    [
        "policies/utility-billing/late-fees", "policies/utility-billing/payment-plans", "desks/utility-billing", "process/guest", "facts", "not-ours",
        "scripts/saying-no", "policies/utility-billing/shut-off", "policies/utility-billing/reconnection", "emergency",
    ];

    [Fact]
    public Task Open_MoreThanEightDocuments_ShowsTheLastEightNewestFirst() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/");
        await Expect(visitor.Page.Locator("[data-mine]")).ToBeHiddenAsync();
        var opened = new List<string>();
        foreach (var path in Documents)
        {
            await visitor.OpenAsync("/docs/" + path);
            opened.Add(await visitor.Page.Locator("article h1").InnerTextAsync());
        }

        await visitor.OpenAsync("/");

        var links = visitor.Page.Locator("[data-recent] li a");
        await Expect(links).ToHaveCountAsync(8);
        Assert.Equal(opened.AsEnumerable().Reverse().Take(8), await links.AllInnerTextsAsync());
        await visitor.Page.Locator("[data-forget]").ClickAsync();
        await Expect(visitor.Page.Locator("[data-mine]")).ToBeHiddenAsync();
        await Expect(visitor.Box).ToBeFocusedAsync();
    });

    [Fact]
    public Task Pin_ADocument_KeepsItFirstInTheEmptyBoxAndAtHome() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/docs/" + Documents[0]);
        var pin = visitor.Page.Locator("[data-pin]");
        await pin.ClickAsync();
        await Expect(pin).ToHaveAttributeAsync("aria-pressed", "true");
        await visitor.OpenAsync("/docs/" + Documents[1]);

        await visitor.Page.Keyboard.PressAsync("/");

        await Expect(visitor.Options).ToHaveCountAsync(2);
        await Expect(visitor.Options.First).ToContainTextAsync("Pinned · Policy · UB-014");
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.ArriveAsync("**/docs/" + Documents[0]);

        await visitor.OpenAsync("/");
        await Expect(visitor.Page.Locator("[data-pinned] li a")).ToHaveCountAsync(1);
        await visitor.Page.Locator("[data-unpin] button").ClickAsync();
        await Expect(visitor.Page.Locator("[data-pinned]")).ToBeHiddenAsync();
        await Expect(visitor.Page.Locator("[data-recent] li a")).ToHaveCountAsync(2);
        Assert.Empty(await Pages.Axe.FindAsync(visitor.Page));
    });

    [Fact]
    public Task Recent_WhatIsNotThereAnyMore_IsNotShown() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/");
        await visitor.Page.EvaluateAsync("path => localStorage.setItem('policyhub.recent', JSON.stringify(['policies/rescinded-long-ago', path, 7]))", Documents[0]);
        await visitor.Page.EvaluateAsync("() => localStorage.setItem('policyhub.pinned', '{broken')");

        await visitor.OpenAsync("/");

        await Expect(visitor.Page.Locator("[data-mine] li a")).ToHaveCountAsync(1);
        await Expect(visitor.Page.Locator("[data-mine] li")).ToContainTextAsync("in effect since");
    });

    [Fact]
    public Task EmptyBox_OnArrowDown_OffersWhatWasOpened() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/docs/" + Documents[0]);
        await visitor.OpenAsync("/");
        await Expect(visitor.Options.First).ToBeHiddenAsync();

        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(visitor.Options.First).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");

        await Expect(visitor.Options.First).ToBeHiddenAsync();
    });
}
