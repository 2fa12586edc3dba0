using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Find;

/// <summary>What a screen reader is given: the tree of the box with its list, and of the results.</summary>
public sealed class ScreenReaderTests(StarterSite starter)
{
    [Fact]
    public Task Box_WithItsListOpen_IsAComboboxWithOptions() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/");
        await visitor.Page.Keyboard.TypeAsync("can we waive a first late fee");
        await Expect(visitor.Options.Last).ToHaveAttributeAsync("data-url", "/search?q=can%20we%20waive%20a%20first%20late%20fee");
        await visitor.Page.Keyboard.PressAsync("ArrowDown");

        await Expect(visitor.Page.Locator(".hero")).ToMatchAriaSnapshotAsync("""
            - heading "What do you need?" [level=1]
            - search:
              - text: Search policies and guides
              - combobox "Search policies and guides" [expanded]: can we waive a first late fee
              - button "Search"
              - listbox "Results":
                - option /Can we waive a first late fee\? Only if .+ Yes\. Waive one late fee.* Late fees and waivers · UB-014 · Utility Billing, ext\. 2110, .+ in effect since 1 Oct 2026/ [selected]
                - option /Late fees and waivers › .+ Policy · UB-014 · Utility Billing, ext\. 2110/
              - status: /\d+ results/
            """);
        Assert.Empty(await Pages.Axe.FindAsync(visitor.Page));
    });

    [Fact]
    public Task Results_OfAQuestion_AreAListAndARegionToRead() => starter.VisitAsync(async visitor =>
    {
        await visitor.OpenAsync("/search?q=late+fee");

        await Expect(visitor.Page.Locator("main")).ToMatchAriaSnapshotAsync("""
            - main:
              - heading "Search" [level=1]
              - navigation "Show one type only":
                - link /All \d+/
              - list "Results":
                - listitem:
                  - link /Late fees and waivers .+/
              - region "The chosen section":
                - heading "Late fees and waivers" [level=2]
                - button "Copy with citation Alt+C"
            """);
        await visitor.Box.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(visitor.Live).ToHaveTextAsync((await visitor.Page.Locator(".open [data-hit]").InnerTextAsync()).Trim());
    });

    [Fact]
    public Task Box_OverASlowNetwork_IsCleanForAxeWithItsNote() => starter.VisitAsync(async visitor =>
    {
        visitor.Forgive("ERR_INTERNET_DISCONNECTED");
        await visitor.OpenAsync("/");
        await visitor.Page.Keyboard.TypeAsync("refund");
        await Expect(visitor.Options.First).ToBeVisibleAsync();
        await visitor.Context.SetOfflineAsync(true);
        await visitor.Page.Keyboard.TypeAsync("s");
        await Expect(visitor.Page.Locator(".search-note")).ToBeVisibleAsync();

        Assert.Empty(await Pages.Axe.FindAsync(visitor.Page));
    });
}
