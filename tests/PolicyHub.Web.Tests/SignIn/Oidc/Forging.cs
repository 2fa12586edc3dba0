using PolicyHub.Testing;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>A forging provider, a site that trusts it, a browser, and one clock for all.</summary>
internal sealed class Forging : IAsyncDisposable
{
    private const string SecretVariable = "POLICYHUB_TESTS_OIDC_SECRET";

    private Forging(TestClock clock, ForgingProvider provider, OidcSite site)
    {
        Clock = clock;
        Provider = provider;
        Site = site;
    }

    public TestClock Clock { get; }

    public ForgingProvider Provider { get; private set; }

    public OidcSite Site { get; }

    public Browser Browser { get; } = new();

    public static async Task<Forging> StartAsync(Func<ForgingProvider, OidcSettings>? settings = null)
    {
        Environment.SetEnvironmentVariable(SecretVariable, ForgingProvider.Secret);
        var clock = new TestClock(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));
        var provider = await ForgingProvider.StartAsync(clock);
        return new Forging(clock, provider, await OidcSite.StartAsync(settings?.Invoke(provider) ?? Settings(provider), clock));
    }

    public static OidcSettings Settings(ForgingProvider provider, params string[] tenants) => new()
    {
        Authority = provider.Issuer,
        ClientId = ForgingProvider.ClientId,
        ClientSecretVariable = SecretVariable,
        AllowedTenants = [.. tenants],
    };

    /// <summary>Signs in from the start to the end; the body of the last page.</summary>
    public async Task<string> SignInAsync(Browser? browser = null)
    {
        using var response = await (browser ?? Browser).FollowAsync(Site.Start());
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The callback that ends a sign-in of this browser, not yet opened.</summary>
    public async Task<Uri> BeginAsync(Browser browser)
    {
        using var response = await browser.FollowAsync(Site.Start(), next => next.AbsolutePath == OidcLinks.Callback);
        return browser.Next(response)!;
    }

    public async Task<string> OpenAsync(Browser browser, Uri address)
    {
        using var response = await browser.FollowAsync(address);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The positive control: with nothing forged Jo signs in, so that what fails next fails by what was forged.</summary>
    public async Task AssertControlAsync()
    {
        using var control = new Browser();
        Assert.Equal("Jo Rivera", await SignInAsync(control));
    }

    public async Task StopProviderAsync() => await Provider.DisposeAsync();

    public async Task StartProviderAgainAsync() => Provider = await ForgingProvider.StartAsync(Clock, Provider.Address);

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await Site.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
