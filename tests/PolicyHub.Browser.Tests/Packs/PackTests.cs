using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PolicyHub.Browser.Tests.Pages;
using PolicyHub.Testing;
using PolicyHub.Web.Packs;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Packs;

/// <summary>The copy for an outage, opened from its folder: no server, no network.</summary>
public sealed class PackTests(StarterSite starter)
{
    [Fact]
    public Task Search_WordsAndNumberByKeyboard_FindsLateFees() => OpenAsync(days: 0, async page =>
    {
        await Expect(page.Locator("#q")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("late fees");
        await Expect(page.Locator("#q")).ToHaveValueAsync("late fees");
        await Expect(page.Locator("[data-results] a").First).ToContainTextAsync("Late fees and waivers");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Late fees and waivers");
        await page.ArriveAsync("**late-fees.html**"); // Its keys are heard once it has loaded.

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("ub-014");
        await Expect(page.Locator("[data-results] a").First).ToContainTextAsync("Late fees and waivers");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Late fees and waivers");
        await page.Locator(".beside a, .facts a").First.ClickAsync();
        await Expect(page.Locator(".pack-stamp")).ToContainTextAsync("Do not use after");
    });

    [Theory]
    [InlineData("lat fe")]
    [InlineData("late feees")]
    [InlineData("lte fee waiver")]
    public Task Search_HalfAWordOrMisspelt_FindsLateFees(string asked) => OpenAsync(days: 0, async page =>
    {
        await page.Locator("#q").FillAsync(asked);

        await Expect(page.Locator("[data-results]")).ToContainTextAsync("Late fees and waivers");
    });

    [Fact]
    public Task Open_PastItsDate_CoversItselfUntilToldToShow() => OpenAsync(days: 8, async page =>
    {
        var cover = page.Locator(".pack-over");
        await Expect(cover).ToBeVisibleAsync();
        await Expect(page.Locator("main h1")).ToBeHiddenAsync();
        Assert.Empty(await Axe.FindAsync(page));
        await page.Keyboard.PressAsync("Escape");
        await Expect(cover).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(cover).ToBeHiddenAsync();
        await Expect(page.Locator("main h1")).ToBeVisibleAsync();
        await page.Locator("main a").First.ClickAsync();
        await Expect(cover).ToBeVisibleAsync();
    });

    [Fact]
    public Task Open_LeftOpenPastItsDate_CoversItself() => OpenAsync(days: 6, async page =>
    {
        await Expect(page.Locator(".pack-over")).ToHaveCountAsync(0);
        await page.Clock.FastForwardAsync("48:00:00");
        await Expect(page.Locator(".pack-over")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Open_ContentsPolicyAndDesk_AxeFindsNothingAndNothingIsWiderThanAPhone() => OpenAsync(days: 0, async page =>
    {
        var folder = page.Url[..(page.Url.LastIndexOf('/') + 1)];
        foreach (var name in new[] { "index.html", "docs/policies/utility-billing/late-fees.html", "docs/process/guest.html", "docs/desks/utility-billing.html" })
        {
            await page.GotoAsync(folder + name);
            await page.SetViewportSizeAsync(Sizes.Phone.Width, Sizes.Phone.Height);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                Assert.Empty(await Axe.FindAsync(page));
            }

            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), name + " is wider than a phone.");
        }
    });

    /// <summary>Opens a copy made for seven days by a browser whose clock stands some days later.</summary>
    private async Task OpenAsync(int days, Func<IPage, Task> act)
    {
        using var folder = new TemporaryFolder();
        await starter.Site.Services.GetRequiredService<SitePack>().WriteAsync(folder["copy"], 7, TestContext.Current.CancellationToken);
        var complaints = new List<string>();
        await using var context = await starter.Browser.NewContextAsync(new() { ViewportSize = Sizes.Desktop, Offline = true });
        // axe asks for style sheets, which a page from disk may not read by script.
        context.Console += (_, message) => complaints.AddRange(message.Text.Contains("XMLHttpRequest", StringComparison.Ordinal) || message.Text.Contains("preload assets", StringComparison.Ordinal) || message.Text.Contains("ERR_FAILED", StringComparison.Ordinal) ? [] : [message.Text]);
        context.WebError += (_, error) => complaints.Add(error.Error);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.Clock.InstallAsync(new() { TimeDate = StarterSite.Now.UtcDateTime.AddDays(days).AddHours(1) });
        await page.GotoAsync(new Uri(Path.Combine(folder["copy"], "index.html")).ToString());
        await act(page);
        Assert.Empty(complaints);
    }
}
