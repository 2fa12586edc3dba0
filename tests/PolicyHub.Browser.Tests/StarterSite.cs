using Microsoft.Playwright;
using PolicyHub.Testing;

[assembly: AssemblyFixture(typeof(PolicyHub.Browser.Tests.StarterSite))]

namespace PolicyHub.Browser.Tests;

/// <summary>
/// The starter library as a city first sees it, imported into a fresh data folder, at one known minute (Monday, 23 November 2026,
/// 10:00 in Chicago), and one Chromium to look at it with.
/// </summary>
public sealed class StarterSite : IAsyncLifetime
{
    private static readonly string[] BrowserArguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    private IPlaywright playwright = null!;

    public static DateTimeOffset Now { get; } = new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(-6));

    /// <summary>True for <c>tests/run.sh --long</c>: every page, and all the counts.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("POLICYHUB_TESTS_LONG") == "1";

    public IBrowser Browser { get; private set; } = null!;

    public RunningSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await RunningSite.StartAsync(new TestClock(Now));
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(30_000); // Generous, as the machine may be busy; a test waits for what it wants and no longer.
        Browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = FindChromium(), Args = BrowserArguments });
    }

    /// <summary>A person comes with a browser of their own, does something, and goes; what the browser complained of fails the test.</summary>
    /// <param name="site">Another site than the starter library's.</param>
    public async Task VisitAsync(Func<Visitor, Task> act, Action<BrowserNewContextOptions>? configure = null, RunningSite? site = null)
    {
        ArgumentNullException.ThrowIfNull(act);
        var visited = site ?? Site;
        var options = new BrowserNewContextOptions
        {
            BaseURL = visited.Address.ToString(),
            ViewportSize = Sizes.Desktop,
            ColorScheme = ColorScheme.Light,
            Locale = "en-US",
        };
        configure?.Invoke(options);
        await using var context = await Browser.NewContextAsync(options);
        await context.AddInitScriptAsync(Visitor.Listening);
        var visitor = new Visitor(context, await context.NewPageAsync(), visited.Address);
        try
        {
            await act(visitor);
        }
        catch (Exception failure) when (failure is TimeoutException or PlaywrightException)
        {
            throw new InvalidOperationException($"{failure.Message}{Environment.NewLine}{await visitor.DescribeAsync()}", failure);
        }

        visitor.AssertQuiet();
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
        await Site.DisposeAsync();
    }

    /// <summary>The browser that the variable CHROMIUM names, else the one on the path.</summary>
    private static string FindChromium() =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .SelectMany(folder => new[] { Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser"), Path.Combine(folder, "google-chrome") })
                .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is not on the path: install it, or name it in the variable CHROMIUM.");
}
