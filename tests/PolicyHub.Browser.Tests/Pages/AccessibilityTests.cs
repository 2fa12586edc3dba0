using Microsoft.Playwright;

namespace PolicyHub.Browser.Tests.Pages;

/// <summary>axe on every route, in both themes, light and dark, on a desk and a phone.</summary>
public sealed class RouteAccessibilityTests(StarterSite starter)
{
    public static TheoryData<string> Routes => Addresses.Routes;

    [Theory]
    [MemberData(nameof(Routes))]
    public Task Open_Route_AxeFindsNothing(string address) => AccessibilityCheck.AssertCleanAsync(starter, address);
}

/// <summary>axe on a document of every kind, and in the long run on every document.</summary>
public sealed class KindAccessibilityTests(StarterSite starter)
{
    public static TheoryData<string> Kinds => Addresses.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Open_Kind_AxeFindsNothing(string kind) => AccessibilityCheck.AssertCleanAsync(starter, Addresses.OfKind(starter.Site, kind));

    [Fact]
    public Task Open_PageWithFaults_AxeFindsThem() => starter.VisitAsync(async visitor =>
    {
        await visitor.Page.SetContentAsync("<html lang=en><title>Faults</title><main><p style='color:#999;background:#fff'>Pale</p><img src='/theme/logo'></main>");

        Assert.Contains(await Axe.FindAsync(visitor.Page), fault => fault.StartsWith("image-alt", StringComparison.Ordinal));
        Assert.Contains(await Axe.FindColorsAsync(visitor.Page), fault => fault.StartsWith("color-contrast", StringComparison.Ordinal));
    });

    [Fact]
    public async Task Open_EveryDocument_AxeFindsNothing()
    {
        Assert.SkipUnless(StarterSite.IsLong, "Every page is for tests/run.sh --long.");
        await Parallel.ForEachAsync(
            Addresses.OfEveryDocument(starter.Site),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (address, _) => await AccessibilityCheck.AssertCleanAsync(starter, address));
    }
}

internal static class AccessibilityCheck
{
    /// <summary>The cookie of each theme's choice.</summary>
    private static readonly (string Theme, string Cookie)[] Themes = [("civic", ""), ("contrast", ".contrast")];

    public static async Task AssertCleanAsync(StarterSite starter, string address)
    {
        var found = new List<string>();
        foreach (var (theme, cookie) in Themes)
        {
            await starter.VisitAsync(async visitor =>
            {
                visitor.Forgive("status of 40"); // The console repeats the status of the pages that explain one.
                visitor.Forgive("answer 40");
                await visitor.WearAsync(cookie);
                await visitor.OpenAsync(address);
                Assert.Contains("theme=" + theme, await visitor.Page.Locator("link[href*='theme.css']").GetAttributeAsync("href"), StringComparison.Ordinal);
                foreach (var size in new[] { Sizes.Desktop, Sizes.Phone })
                {
                    await visitor.Page.SetViewportSizeAsync(size.Width, size.Height);
                    await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
                    Note("light", await (theme == "civic" ? Axe.FindAsync(visitor.Page) : Axe.FindColorsAsync(visitor.Page)));
                    await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
                    Note("dark", await Axe.FindColorsAsync(visitor.Page));

                    void Note(string mode, IReadOnlyList<string> problems) =>
                        found.AddRange(problems.Select(problem => $"{address} {theme} {mode} {size.Width}: {problem}"));
                }
            });
        }

        Assert.Empty(found);
    }
}
