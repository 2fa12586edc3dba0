using PolicyHub.Testing;
using static Microsoft.Playwright.Assertions;

namespace PolicyHub.Browser.Tests.Audit;

/// <summary>A reader who is refused the audit log, and the auditor who finds that there, at a keyboard and without scripts.</summary>
public sealed class AuditTests(StarterSite starter)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Audit_ReaderRefused_IsThereForTheAuditor(bool withScripts)
    {
        await using var site = await RunningSite.StartAsync(new TestClock(StarterSite.Now), ("PolicyHub:SignIn:Open", "false"));
        await starter.VisitAsync(
            async visitor =>
            {
                visitor.Forgive("403");
                await SignInAsync(visitor, "Teresa Nguyen");
                await visitor.OpenAsync("/audit");
                await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Not open to you");
            },
            options => options.JavaScriptEnabled = withScripts,
            site);
        await starter.VisitAsync(
            async visitor =>
            {
                await SignInAsync(visitor, "Ben Sato");
                await visitor.OpenAsync("/audit?kind=refusal");
                await Expect(visitor.Page.Locator("table.audit tbody tr")).ToHaveCountAsync(1);
                await Expect(visitor.Page.Locator("table.audit tbody tr")).ToContainTextAsync("Teresa Nguyen");

                // By keyboard: open the row's form, say why, send it.
                await visitor.Page.Locator(".audit-look-up summary").FocusAsync();
                await visitor.Page.Keyboard.PressAsync("Enter");
                await visitor.Page.Keyboard.PressAsync("Tab");
                await Expect(visitor.Page.GetByLabel("Why?")).ToBeFocusedAsync();
                await visitor.Page.Keyboard.TypeAsync("Complaint 12");
                await visitor.Page.Keyboard.PressAsync("Enter");
                await Expect(visitor.Page.Locator("main")).ToContainTextAsync("Rows about Teresa Nguyen only.");
                await Expect(visitor.Page.Locator("table.audit tbody tr")).ToHaveCountAsync(3);
            },
            options => options.JavaScriptEnabled = withScripts,
            site);
    }

    [Fact]
    public async Task Audit_Page_IsCleanNarrowAndPrintable()
    {
        await using var site = await RunningSite.StartAsync(new TestClock(StarterSite.Now), ("PolicyHub:SignIn:Open", "false"));
        await starter.VisitAsync(
            async visitor =>
            {
                await SignInAsync(visitor, "Ben Sato");
                var found = new List<string>();
                foreach (var size in new[] { Sizes.Desktop, Sizes.Phone })
                {
                    await visitor.Page.SetViewportSizeAsync(size.Width, size.Height);
                    await visitor.OpenAsync("/audit");
                    if (Environment.GetEnvironmentVariable("POLICYHUB_TESTS_PICTURES") is { Length: > 0 } pictures)
                    {
                        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"audit-{size.Width}.png"), FullPage = true });
                    }

                    Assert.True(await visitor.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"It is wider than {size.Width}.");
                    await visitor.Page.EmulateMediaAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Light });
                    found.AddRange(await Pages.Axe.FindAsync(visitor.Page));
                    await visitor.Page.EmulateMediaAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Dark });
                    found.AddRange(await Pages.Axe.FindColorsAsync(visitor.Page));
                }

                Assert.Equal([], found);
                await visitor.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
                await Expect(visitor.Page.Locator("table.audit")).ToBeVisibleAsync();
                await Expect(visitor.Page.Locator(".changes-filter")).ToBeHiddenAsync();
            },
            site: site);
    }

    private static async Task SignInAsync(Visitor visitor, string name)
    {
        await visitor.OpenAsync("/sign-in");
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = name }).ClickAsync();
        await Expect(visitor.Page.Locator(".account:not(.work-link)")).ToHaveTextAsync(name);
    }
}
