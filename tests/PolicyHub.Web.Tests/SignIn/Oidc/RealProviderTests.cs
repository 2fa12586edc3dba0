using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.People;
using PolicyHub.Testing;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>The whole site with a real provider: a certified implementation that is not ours, with its own login pages.</summary>
public sealed class RealProviderTests
{
    private const string SecretVariable = "POLICYHUB_TESTS_REAL_OIDC_SECRET";
    private const int LongestWay = 30;

    [Theory]
    [InlineData("RS256", false)]
    [InlineData("ES256", false)]
    [InlineData("PS256", true)]
    public async Task SignIn_AtTheProvider_ReadsAsThePersonSheIs(string algorithm, bool isThin)
    {
        var port = RealProvider.FreePort();
        await using var site = await StartSiteAsync(port, ("PolicyHub:SignIn:Oidc:UserInfo", isThin ? "true" : "false"));
        await using var provider = await RealProvider.StartAsync(port, site.Address, algorithm, isThin);
        using var browser = new Browser();

        var page = await SignInAsync(site, browser, "jo", "/docs/policies/utility-billing/late-fees");

        Assert.Equal(new Uri(site.Address, "/docs/policies/utility-billing/late-fees"), browser.Address);
        Assert.NotNull(page.QuerySelector("article, main"));
        Assert.Contains("Jo Rivera", await TextAsync(site, browser, "/sign-out"), StringComparison.Ordinal);
        var person = await PersonAsync(site, port, "jo");
        Assert.Equal(("Jo Rivera", PersonSource.Provider), (person!.Name, person.Source));
        Assert.Equal([new Grant(Role.Author, "folder:policies/water"), new Grant(Role.Lead, "desk:streets")], person.Grants.OrderBy(grant => grant.ToString(), StringComparer.Ordinal));
        Assert.Equal(["supervisors"], person.Groups);
    }

    [Fact]
    public async Task SignIn_SomebodyWithoutRoles_ReadsAndNoMore()
    {
        var port = RealProvider.FreePort();
        await using var site = await StartSiteAsync(port);
        await using var provider = await RealProvider.StartAsync(port, site.Address);
        using var browser = new Browser();

        await SignInAsync(site, browser, "sam", "/");

        var person = await PersonAsync(site, port, "sam");
        Assert.Empty(person!.Grants);
        Assert.Empty(person.Groups);
        using var refused = await browser.GetAsync(new Uri(site.Address, "/"));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task SignOut_AtTheSite_EndsBothSessions()
    {
        var port = RealProvider.FreePort();
        await using var site = await StartSiteAsync(port);
        await using var provider = await RealProvider.StartAsync(port, site.Address);
        using var browser = new Browser();
        await SignInAsync(site, browser, "jo", "/");

        using var signedOut = await SubmitAsync(browser, await PageAsync(browser, new Uri(site.Address, "/sign-out")), "form[action='/sign-out']");
        var leave = Assert.Single(signedOut.Headers.GetValues("Refresh")).Split("url=", 2)[1];
        Assert.Equal(HttpStatusCode.OK, signedOut.StatusCode);
        Assert.Equal(new Uri($"http://127.0.0.1:{port}/session/end"), new Uri(new Uri(leave).GetLeftPart(UriPartial.Path)));
        var asked = await PageAsync(browser, new Uri(leave));
        await FollowAsync(browser, await SubmitAsync(browser, asked, "form", ("logout", "yes")));

        Assert.Equal(new Uri(site.Address, "/sign-in"), browser.Address);
        Assert.Equal("/sign-in", await LandsOnAsync(browser, new Uri(site.Address, "/")));

        // The provider has forgotten her, too: it asks who is there.
        var again = await PageAsync(browser, new Uri(site.Address, OidcLinks.StartFor("/")));
        Assert.NotNull(again.QuerySelector("input[name=login]"));
    }

    [Fact]
    public async Task SignOut_AtTheProvider_EndsTheSessionHereByTheBackChannel()
    {
        var port = RealProvider.FreePort();
        await using var site = await StartSiteAsync(port);
        await using var provider = await RealProvider.StartAsync(port, site.Address);
        using var browser = new Browser();
        using var other = new Browser();
        await SignInAsync(site, browser, "jo", "/");
        await SignInAsync(site, other, "jo", "/");
        Assert.Equal("/", await LandsOnAsync(browser, new Uri(site.Address, "/")));

        var asked = await PageAsync(browser, new Uri($"http://127.0.0.1:{port}/session/end"));
        (await SubmitAsync(browser, asked, "form", ("logout", "yes"))).Dispose();

        Assert.Equal("/sign-in", await LandsOnAsync(browser, new Uri(site.Address, "/")));
        Assert.Equal("/", await LandsOnAsync(other, new Uri(site.Address, "/")));
    }

    [Fact]
    public async Task SignIn_ProviderDownAndBackWithAnotherKey_TroublePageThenSignedIn()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        var port = RealProvider.FreePort();
        await using var site = await StartSiteAsync(clock, port, ("PolicyHub:SignIn:Local", "true"));
        using var browser = new Browser();

        var down = await PageAsync(browser, new Uri(site.Address, OidcLinks.StartFor("/docs/emergency")), HttpStatusCode.ServiceUnavailable);
        Assert.Equal("The city’s sign-in does not answer", down.QuerySelector("h1")!.TextContent);
        Assert.Equal(OidcLinks.StartFor("/docs/emergency"), down.QuerySelector("main a.button")!.GetAttribute("href"));
        Assert.NotNull(down.QuerySelector("a[href^='/sign-in?return']"));

        await using (await RealProvider.StartAsync(port, site.Address))
        {
            clock.Advance(TimeSpan.FromSeconds(3));
            await SignInAsync(site, browser, "jo", "/");
            Assert.Equal("/", await LandsOnAsync(browser, new Uri(site.Address, "/")));
        }

        await using var restarted = await RealProvider.StartAsync(port, site.Address);
        using var next = new Browser();
        clock.Advance(TimeSpan.FromSeconds(6));
        await SignInAsync(site, next, "jo", "/");
        Assert.Equal("/", await LandsOnAsync(next, new Uri(site.Address, "/")));
    }

    [Fact]
    public async Task SignIn_StoppedAtTheProvider_ToldPlainly()
    {
        var port = RealProvider.FreePort();
        await using var site = await StartSiteAsync(port);
        await using var provider = await RealProvider.StartAsync(port, site.Address);
        using var browser = new Browser();
        var login = await PageAsync(browser, new Uri(site.Address, OidcLinks.StartFor("/")));

        var told = await PageAsync(browser, new Uri(browser.Address, login.QuerySelector("a[href$='/abort']")!.GetAttribute("href")!), HttpStatusCode.Forbidden);

        Assert.Equal("You were not signed in", told.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task SignIn_DisabledHere_NotAdmittedAndNoSession()
    {
        var port = RealProvider.FreePort();
        await using var site = await StartSiteAsync(port);
        await using var provider = await RealProvider.StartAsync(port, site.Address);
        using var browser = new Browser();
        await SignInAsync(site, browser, "jo", "/");
        await using (var db = await site.Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<PolicyHub.Records.Storage.RecordsDb>>().CreateDbContextAsync())
        {
            (await db.Users.FindAsync(ClaimsMapping.PersonOf($"http://127.0.0.1:{port} jo")))!.IsDisabled = true;
            await db.SaveChangesAsync();
        }

        using var next = new Browser();
        await SignInAsync(site, next, "jo", "/", HttpStatusCode.Forbidden);

        Assert.Equal(OidcLinks.Trouble, next.Address.AbsolutePath);
        Assert.Equal("/sign-in", await LandsOnAsync(next, new Uri(site.Address, "/")));
    }

    [Theory]
    [InlineData("made-up")]
    [InlineData("")]
    [InlineData("Down")]
    public async Task TroublePage_AnotherWord_NotFound(string why)
    {
        await using var site = await StartSiteAsync(RealProvider.FreePort());

        using var response = await site.Client.GetAsync(new Uri($"{OidcLinks.Trouble}?why={why}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("down", 503)]
    [InlineData("denied", 403)]
    [InlineData("again", 400)]
    [InlineData("not-admitted", 403)]
    [InlineData("refused", 400)]
    public async Task TroublePage_EachWord_SaysWhatToDoAndShowsNothingGiven(string why, int status)
    {
        await using var site = await StartSiteAsync(RealProvider.FreePort());

        using var response = await site.Client.GetAsync(new Uri($"{OidcLinks.Trouble}?why={why}&return=//evil.example&id=%3Cb%3Eevil", UriKind.Relative));
        var page = await RunningSite.ParseAsync(response);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEqual("", page.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("oidc.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page.QuerySelector("main")!.OuterHtml, StringComparison.Ordinal);
    }

    private static Task<RunningSite> StartSiteAsync(int port, params (string Key, string? Value)[] settings) => StartSiteAsync(null, port, settings);

    private static Task<RunningSite> StartSiteAsync(TimeProvider? clock, int port, params (string Key, string? Value)[] settings)
    {
        Environment.SetEnvironmentVariable(SecretVariable, RealProvider.Secret);
        return RunningSite.StartAsync(clock, [
            ("PolicyHub:SignIn:Open", "false"),
            ("PolicyHub:SignIn:Oidc:Authority", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
            ("PolicyHub:SignIn:Oidc:ClientId", RealProvider.ClientId),
            ("PolicyHub:SignIn:Oidc:ClientSecretVariable", SecretVariable),
            ("PolicyHub:SignIn:Oidc:Scopes", "openid profile email work"),
            ("PolicyHub:SignIn:Oidc:Roles:Writers", "author:folder:policies/water, lead:desk:streets"),
            ("PolicyHub:SignIn:Oidc:Groups:g-supervisors", "supervisors"),
            .. settings]);
    }

    /// <summary>From our button through the provider's login and consent, back to a page of ours.</summary>
    private static async Task<IDocument> SignInAsync(RunningSite site, Browser browser, string login, string returnUrl, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var page = await PageAsync(browser, new Uri(site.Address, OidcLinks.StartFor(returnUrl)), null);
        for (var step = 0; step < LongestWay && browser.Address.Authority != site.Address.Authority; step++)
        {
            using var answer = await FollowAsync(browser, await SubmitAsync(browser, page, "form", ("login", login), ("password", "any")));
            page = await RunningSite.ParseAsync(answer);
            Assert.True(answer.StatusCode == (browser.Address.Authority == site.Address.Authority ? expected : HttpStatusCode.OK), $"{answer.StatusCode} at {browser.Address}: {page.Body!.TextContent.Trim()}");
        }

        return page;
    }

    private static async Task<IDocument> PageAsync(Browser browser, Uri address, HttpStatusCode? expected = HttpStatusCode.OK)
    {
        using var response = await browser.FollowAsync(address);
        Assert.Equal(expected ?? response.StatusCode, response.StatusCode);
        return await RunningSite.ParseAsync(response);
    }

    private static async Task<HttpResponseMessage> SubmitAsync(Browser browser, IDocument page, string selector, params (string Name, string Value)[] fields)
    {
        var form = (IHtmlFormElement)page.QuerySelector(selector)!;
        var filled = form.QuerySelectorAll<IHtmlInputElement>("input[name]").Where(input => fields.All(field => field.Name != input.Name)).Select(input => (input.Name!, input.Value));
        return await browser.PostAsync(new Uri(browser.Address, form.GetAttribute("action")!), [.. filled, .. fields]);
    }

    private static async Task<HttpResponseMessage> FollowAsync(Browser browser, HttpResponseMessage response)
    {
        if (browser.Next(response) is not { } next)
        {
            return response;
        }

        response.Dispose();
        return await browser.FollowAsync(next);
    }

    private static async Task<string> LandsOnAsync(Browser browser, Uri address)
    {
        using var response = await browser.FollowAsync(address);
        return browser.Address.AbsolutePath;
    }

    private static async Task<string> TextAsync(RunningSite site, Browser browser, string address) => (await PageAsync(browser, new Uri(site.Address, address))).QuerySelector("main")!.TextContent;

    private static Task<Person?> PersonAsync(RunningSite site, int port, string login) =>
        site.Services.GetRequiredService<PeopleBook>().FindAsync(ClaimsMapping.PersonOf($"http://127.0.0.1:{port} {login}"), CancellationToken.None);
}
