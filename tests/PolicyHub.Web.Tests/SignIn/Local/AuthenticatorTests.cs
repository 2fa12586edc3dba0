using System.Net;
using PolicyHub.Records.People;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.SignIn.Local.AccountSite;

namespace PolicyHub.Web.Tests.SignIn.Local;

/// <summary>A second factor: set up, asked for, each code once, lost and taken away.</summary>
public sealed class AuthenticatorTests : IAsyncLifetime
{
    private AccountSite site = null!;

    public async ValueTask InitializeAsync() => site = await AccountSite.StartAsync();

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Authenticator_SetUp_IsAskedForAndEachCodeCountsOnce()
    {
        var (_, browsing) = await site.JoinAsync("casey");
        using var _ = browsing;
        var (key, recovery) = await SetUpAsync(browsing);

        Assert.Equal(10, recovery.Count);
        using var again = new Browsing(site.Site.Address);
        Assert.Equal("/sign-in/code?return=%2Fdocs%2Fa", (await site.SignInAsync("casey", Password, again, "?return=%2Fdocs%2Fa")).To);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(again));

        // The code that set it up counts no more.
        Assert.Null(await CodeAsync(again, CodeNow(key)));
        site.Clock.Advance(TimeSpan.FromSeconds(60));
        var code = CodeNow(key);
        Assert.Equal("/docs/a", await CodeAsync(again, code, "?return=%2Fdocs%2Fa"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(again));

        using var third = new Browsing(site.Site.Address);
        await site.SignInAsync("casey", Password, third);
        Assert.Null(await CodeAsync(third, code));
        Assert.Null(await CodeAsync(third, "ABCD-EFGH-IJKL-MNOP-QRST-UVWX"));
        Assert.Equal("/", await CodeAsync(third, recovery[0].ToLowerInvariant()));

        using var fourth = new Browsing(site.Site.Address);
        await site.SignInAsync("casey", Password, fourth);
        Assert.Null(await CodeAsync(fourth, recovery[0]));
        Assert.Equal("/", await CodeAsync(fourth, recovery[1]));
    }

    [Fact]
    public async Task Code_WithoutThePasswordFirst_IsNotAskedFor()
    {
        var (_, browsing) = await site.JoinAsync("casey");
        using (browsing)
        {
            await SetUpAsync(browsing);
        }

        using var other = new Browsing(site.Site.Address);
        using var answer = await other.Client.GetAsync(new Uri("/sign-in/code", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Codes_Guessed_LockTheAccount()
    {
        var (_, browsing) = await site.JoinAsync("casey");
        string key;
        using (browsing)
        {
            (key, _) = await SetUpAsync(browsing);
        }

        site.Clock.Advance(TimeSpan.FromMinutes(2));
        using var other = new Browsing(site.Site.Address);
        await site.SignInAsync("casey", Password, other);
        for (var wrong = 0; wrong < 10; wrong++)
        {
            Assert.Null(await CodeAsync(other, CodeNow(key) == "000000" ? "111111" : "000000"));
        }

        Assert.Null(await CodeAsync(other, CodeNow(key)));
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("/", await CodeAsync(other, CodeNow(key)));
    }

    [Fact]
    public async Task Authenticator_LongAfterTheSignIn_AsksToSignInAgain()
    {
        var (_, browsing) = await site.JoinAsync("casey");
        using var _ = browsing;
        site.Clock.Advance(TimeSpan.FromMinutes(16));
        using var answer = await browsing.Client.GetAsync(new Uri("/account/authenticator", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("/sign-in?return=%2Faccount", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Picture_OfAnother_IsNotShown()
    {
        var (_, browsing) = await site.JoinAsync("casey");
        var (_, other) = await site.JoinAsync("devon");
        using var _ = browsing;
        using var __ = other;
        await browsing.GetAsync("/account/authenticator");
        using var own = await browsing.Client.GetAsync(new Uri("/account/authenticator.svg", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("image/svg+xml", own.Content.Headers.ContentType!.MediaType);
        Assert.True(own.Headers.CacheControl!.NoStore);
        foreach (Cookie cookie in browsing.Cookies.GetCookies(site.Site.Address))
        {
            if (cookie.Name == "policyhub-authenticator")
            {
                other.Cookies.Add(site.Site.Address, new Cookie(cookie.Name, cookie.Value));
            }
        }

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(other, "/account/authenticator.svg"));
    }

    private string CodeNow(string key) => Totp.Code(key, Totp.StepOf(site.Clock.GetUtcNow()));

    private async Task<(string Key, IReadOnlyList<string> Recovery)> SetUpAsync(Browsing browsing)
    {
        // The page and the form are one browser's: the key that is shown is the one that is kept.
        var page = await browsing.GetAsync("/account/authenticator");
        var key = page.QuerySelector(".key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        var token = page.QuerySelector("form.sign-in input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("code", CodeNow(key))]);
        using var answer = await browsing.Client.PostAsync(new Uri("/account/authenticator", UriKind.Relative), form);
        return (key, [.. (await RunningSite.ParseAsync(answer)).QuerySelectorAll(".recovery code").Select(code => code.TextContent)]);
    }

    /// <summary>Where a code leads; null: it is asked for again.</summary>
    private static async Task<string?> CodeAsync(Browsing browsing, string code, string back = "")
    {
        using var answer = await browsing.SubmitAsync("/sign-in/code" + back, "form.sign-in", ("code", code));
        return answer.Headers.Location?.OriginalString;
    }
}
