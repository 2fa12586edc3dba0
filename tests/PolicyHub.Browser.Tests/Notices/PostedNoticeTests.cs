using PolicyHub.Browser.Tests.Pages;
using PolicyHub.Testing;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Notices;

/// <summary>A lead posts, and those who have a page open see it, and see it go.</summary>
public sealed class PostedNoticeTests(StarterSite starter)
{
    [Fact]
    public async Task Post_ByALead_IsOnAnotherOpenScreenAndGoesWhenItEnds()
    {
        await using var site = await RunningSite.StartAsync(new TestClock(StarterSite.Now), ("PolicyHub:SignIn:Open", "false"));
        await starter.VisitAsync(
            reader => starter.VisitAsync(
                async lead =>
                {
                    await SignInAsync(reader, "reader");
                    await reader.OpenAsync("/docs/policies/utility-billing/late-fees");
                    await SignInAsync(lead, "lead");
                    await lead.OpenAsync("/notices/new");
                    Assert.Empty(await Axe.FindAsync(lead.Page));
                    await lead.Page.GetByLabel("What is going on").FillAsync("Card payments are down");
                    await lead.Page.GetByLabel("What to do or say").FillAsync("Offer cash and the website.");
                    await lead.Page.Keyboard.PressAsync("Tab");
                    await lead.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Post it now" }).ClickAsync();
                    await Expect(lead.Page.Locator(".posted-one")).ToContainTextAsync("Card payments are down");

                    var open = reader.Page.Locator("[data-open-page]");
                    await Expect(open).ToContainTextAsync("Card payments are down – Offer cash and the website.", new() { Timeout = 10_000 });
                    Assert.Empty(await Axe.FindAsync(reader.Page));

                    // The next page has it above its text, and does not say it twice.
                    await reader.OpenAsync("/");
                    await Expect(reader.Page.Locator(".posted")).ToContainTextAsync("Card payments are down");
                    Assert.Empty(await Axe.FindAsync(reader.Page));
                    await reader.OpenAsync("/docs/policies/utility-billing/late-fees");
                    await Expect(reader.Page.Locator(".bar-posted")).ToContainTextAsync("Card payments are down");
                    await Expect(open).ToBeHiddenAsync();
                    Assert.Empty(await Axe.FindAsync(reader.Page));

                    Assert.Empty(await Axe.FindAsync(lead.Page));
                    await lead.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "End now" }).ClickAsync();
                    await Expect(reader.Page.Locator(".posted")).ToHaveCountAsync(0, new() { Timeout = 10_000 });
                    await Expect(lead.Page.Locator(".posted-past")).ToContainTextAsync("ended by Sam Rivera");
                    Assert.Empty(await Axe.FindAsync(lead.Page));
                },
                site: site),
            site: site);
    }

    private static async Task SignInAsync(Visitor visitor, string sample)
    {
        await visitor.OpenAsync("/sign-in");
        await visitor.Page.Locator($"button[value={sample}]").ClickAsync();
        await Expect(visitor.Page.Locator(".account:not(.work-link)")).ToBeVisibleAsync();
    }
}
