using System.Net;
using System.Text.Json.Nodes;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>One sign-out ends all: from here at the provider, from the provider here.</summary>
public sealed class SignOutTests
{
    private static readonly Dictionary<string, Func<ForgingProvider, JsonObject, string?>> LogoutForgeries = new(StringComparer.Ordinal)
    {
        ["not signed"] = (_, claims) => $"{ForgingProvider.Part(ForgingProvider.Header(alg: "none"))}.{ForgingProvider.Part(claims)}.",
        ["foreign key"] = (_, claims) => ForgingProvider.Sign(claims, ForgingProvider.Header(), ForgingProvider.ForeignKey),
        ["with a nonce"] = Changed(claims => claims["nonce"] = "a"),
        ["without the event"] = Changed(claims => claims.Remove("events")),
        ["with another event"] = Changed(claims => claims["events"] = new JsonObject { ["http://example.org/other"] = new JsonObject() }),
        ["the event is no object"] = Changed(claims => claims["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = 1 }),
        ["events is a list"] = Changed(claims => claims["events"] = new JsonArray("http://schemas.openid.net/event/backchannel-logout")),
        ["for another"] = Changed(claims => claims["aud"] = "another"),
        ["from another"] = Changed(claims => claims["iss"] = "https://login.example.org"),
        ["without an id"] = Changed(claims => claims.Remove("jti")),
        ["for nobody"] = Changed(claims => { claims.Remove("sub"); claims.Remove("sid"); }),
        ["stale"] = Changed(claims => claims["iat"] = (long)claims["iat"]! - 601),
        ["from the future"] = Changed(claims => claims["iat"] = (long)claims["iat"]! + 121),
        ["without a time"] = Changed(claims => claims.Remove("iat")),
        ["expired"] = Changed(claims => claims["exp"] = (long)claims["iat"]! - 121),
        ["an ID token"] = (provider, _) => provider.LastIdToken,
        ["not a token"] = (_, _) => "Jo Rivera",
        ["nothing"] = (_, _) => null,
    };

    public static TheoryData<string> Forgeries => [.. LogoutForgeries.Keys];

    [Fact]
    public async Task SignOut_Here_LeadsToTheProviderWithTheToken()
    {
        await using var forging = await Forging.StartAsync();
        await forging.SignInAsync();

        using var response = await forging.Browser.GetAsync(new Uri(forging.Site.Address, "/out"));
        var leave = forging.Browser.Next(response)!;

        Assert.Equal(new Uri(forging.Provider.Address, "/logout"), new Uri(leave.GetLeftPart(UriPartial.Path)));
        Assert.Equal(forging.Provider.LastIdToken, Browser.Query(leave, "id_token_hint"));
        Assert.Equal(ForgingProvider.ClientId, Browser.Query(leave, "client_id"));
        var back = Browser.With(new Uri(Browser.Query(leave, "post_logout_redirect_uri")!), "state", Browser.Query(leave, "state"));
        Assert.Equal("nobody", await forging.OpenAsync(forging.Browser, back));
        Assert.Equal(new Uri(forging.Site.Address, "/me"), forging.Browser.Address);
    }

    [Fact]
    public async Task SignOut_ProviderDown_EndsHereAllTheSame()
    {
        await using var forging = await Forging.StartAsync();
        Assert.Equal("Jo Rivera", await forging.SignInAsync());
        await forging.StopProviderAsync();
        forging.Clock.Advance(OidcDiscovery.AtToken);

        Assert.Equal("nobody", await forging.OpenAsync(forging.Browser, new Uri(forging.Site.Address, "/out")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?state=made-up")]
    public async Task SignedOutCallback_WithoutOurState_GoesHome(string query)
    {
        await using var forging = await Forging.StartAsync();

        Assert.Equal("home", await forging.OpenAsync(forging.Browser, new Uri(forging.Site.Address, OidcLinks.SignedOutCallback + query)));
    }

    [Fact]
    public async Task BackChannel_LogoutToken_NamesSessionAndPerson()
    {
        await using var forging = await Forging.StartAsync();
        await forging.SignInAsync();
        Assert.True(forging.Site.SignIns.TryDequeue(out var signIn));

        Assert.Equal(HttpStatusCode.OK, await PostAsync(forging, forging.Provider.Sign(forging.Provider.LogoutClaims())));

        var ended = Assert.Single(forging.Site.SignOuts);
        Assert.Equal((signIn.Issuer, signIn.SessionId, signIn.Identity.Subject), (ended.Issuer, ended.SessionId, ended.Subject));
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task BackChannel_ForgedLogoutToken_EndsNothing(string forgery)
    {
        await using var forging = await Forging.StartAsync();
        await forging.AssertControlAsync();
        Assert.Equal(HttpStatusCode.OK, await PostAsync(forging, forging.Provider.Sign(forging.Provider.LogoutClaims())));
        Assert.Single(forging.Site.SignOuts);

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(forging, LogoutForgeries[forgery](forging.Provider, forging.Provider.LogoutClaims())));

        Assert.Single(forging.Site.SignOuts);
    }

    [Fact]
    public async Task BackChannel_UnknownKeysPosted_AskTheProviderSeldom()
    {
        await using var forging = await Forging.StartAsync();
        await forging.AssertControlAsync();
        var before = forging.Provider.Discoveries;

        for (var post = 0; post < 20; post++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(forging, LogoutForgeries["foreign key"](forging.Provider, forging.Provider.LogoutClaims())));
            forging.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(forging.Provider.Discoveries - before, 1, 4);
    }

    [Fact]
    public async Task FrontChannel_IssuerAndSession_NamesThatSession()
    {
        await using var forging = await Forging.StartAsync();

        await forging.OpenAsync(forging.Browser, FrontChannel(forging, forging.Provider.Issuer));

        Assert.Equal(new OidcSignedOut { Issuer = forging.Provider.Issuer, SessionId = "provider-session" }, Assert.Single(forging.Site.SignOuts));
    }

    [Fact]
    public async Task FrontChannel_ForeignIssuer_EndsNothing()
    {
        await using var forging = await Forging.StartAsync();

        using var response = await forging.Browser.GetAsync(FrontChannel(forging, "https://login.example.org"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(forging.Site.SignOuts);
    }

    [Fact]
    public async Task FrontChannel_NoSession_EndsNothing()
    {
        await using var forging = await Forging.StartAsync();

        using var response = await forging.Browser.GetAsync(new Uri(forging.Site.Address, OidcLinks.FrontChannelSignOut));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(forging.Site.SignOuts);
    }

    private static Uri FrontChannel(Forging forging, string issuer) =>
        Browser.With(Browser.With(new Uri(forging.Site.Address, OidcLinks.FrontChannelSignOut), "iss", issuer), "sid", "provider-session");

    private static async Task<HttpStatusCode> PostAsync(Forging forging, string? token)
    {
        using var provider = new Browser();
        (string, string)[] form = token is null ? [] : [("logout_token", token)];
        using var response = await provider.PostAsync(new Uri(forging.Site.Address, OidcLinks.BackChannelSignOut), form);
        return response.StatusCode;
    }

    private static Func<ForgingProvider, JsonObject, string?> Changed(Action<JsonObject> change) => (provider, claims) =>
    {
        change(claims);
        return provider.Sign(claims);
    };
}
