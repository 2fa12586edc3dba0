using PolicyHub.Browser.Tests.Pages;
using PolicyHub.Testing;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Notices;

/// <summary>What somebody gets from signing in, at the keyboard: pins on every machine, and an answer to “Did this answer it?”.</summary>
public sealed class StaffTests(StarterSite starter)
{
    private const string Document = "/docs/policies/utility-billing/late-fees";

    [Fact]
    public async Task SignedIn_PinsAndSendsANote_WithoutLeavingTheText()
    {
        await using var site = await RunningSite.StartAsync(new TestClock(StarterSite.Now), ("PolicyHub:SignIn:Open", "false"));
        await starter.VisitAsync(
            async visitor =>
            {
                await visitor.OpenAsync("/sign-in");
                await visitor.Page.Locator("button[value=reader]").ClickAsync();
                await visitor.OpenAsync(Document + "?q=late+fee");
                var pin = visitor.Page.Locator("[data-pin]");
                await pin.FocusAsync();
                await visitor.Page.Keyboard.PressAsync("Enter");
                await Expect(pin).ToHaveAttributeAsync("aria-pressed", "true");

                await visitor.Page.Locator("[data-feedback] button[value=no]").FocusAsync();
                await visitor.Page.Keyboard.PressAsync("Enter");
                var note = visitor.Page.Locator("[data-feedback-form] textarea");
                await Expect(note).ToBeFocusedAsync();
                Assert.Empty(await Axe.FindAsync(visitor.Page));
                await visitor.Page.Keyboard.TypeAsync("Does it apply twice?");
                await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
                await Expect(visitor.Page.Locator("[data-feedback-thanks]")).ToBeFocusedAsync();
                Assert.EndsWith(Document + "?q=late+fee", visitor.Page.Url, StringComparison.Ordinal);

                await visitor.OpenAsync("/");
                await Expect(visitor.Page.Locator("[data-pinned] li")).ToHaveCountAsync(1);
                await Expect(visitor.Page.Locator(".feedback-sent")).ToContainTextAsync("Does it apply twice?");
                Assert.Empty(await Axe.FindAsync(visitor.Page));
                await visitor.OpenAsync("/changes");
                await visitor.Page.Keyboard.PressAsync("/");
                await Expect(visitor.Options.First).ToContainTextAsync("Pinned");
                await visitor.OpenAsync("/about-you");
                Assert.Empty(await Axe.FindAsync(visitor.Page));
            },
            site: site);
    }
}
