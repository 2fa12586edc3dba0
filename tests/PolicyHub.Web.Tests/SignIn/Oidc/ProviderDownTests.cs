using System.Net;
using Microsoft.AspNetCore.Http;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>The provider is down, unwell or changed: people are told, nothing is a 500, and all is well again when it is.</summary>
public sealed class ProviderDownTests
{
    [Fact]
    public async Task SignIn_ProviderDownFromTheStartThenBack_ToldThenSignedIn()
    {
        await using var forging = await Forging.StartAsync();
        await forging.StopProviderAsync();

        await AssertDownAsync(forging);

        await forging.StartProviderAgainAsync();
        forging.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("Jo Rivera", await forging.SignInAsync());
    }

    [Fact]
    public async Task SignIn_ProviderGoesDownAfterOthersSignedIn_ToldBeforeBeingSentThere()
    {
        await using var forging = await Forging.StartAsync();
        await forging.AssertControlAsync();
        await forging.StopProviderAsync();
        forging.Clock.Advance(OidcDiscovery.AtChallenge);

        await AssertDownAsync(forging);

        await forging.StartProviderAgainAsync();
        forging.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("Jo Rivera", await forging.SignInAsync());
    }

    [Fact]
    public async Task SignIn_ProviderDownAtTheTokenCallThenBack_ToldThenSignedIn()
    {
        await using var forging = await Forging.StartAsync();
        var callback = await forging.BeginAsync(forging.Browser);
        await forging.StopProviderAsync();

        Assert.Equal("trouble down", await forging.OpenAsync(forging.Browser, callback));
        Assert.Equal([OidcReason.ProviderDown], forging.Site.Refusals);

        await forging.StartProviderAgainAsync();
        Assert.Equal("Jo Rivera", await forging.SignInAsync());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task SignIn_TokenCallAnswersThatItIsUnwell_Down(int status)
    {
        await using var forging = await Forging.StartAsync();
        await forging.AssertControlAsync();
        forging.Provider.TokenAnswer = _ => Results.Text("<html>Bad gateway</html>", "text/html", statusCode: status);

        Assert.Equal("trouble down", await forging.SignInAsync());
    }

    [Theory]
    [InlineData("<html>hello</html>")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("{\"access_token\":\"a\",\"id_token\":7}")]
    [InlineData("")]
    public async Task SignIn_TokenCallAnswersNonsense_Refused(string answer)
    {
        await using var forging = await Forging.StartAsync();
        await forging.AssertControlAsync();
        forging.Provider.TokenAnswer = _ => Results.Text(answer, "application/json");

        Assert.Equal("trouble refused", await forging.SignInAsync());
    }

    [Theory]
    [InlineData("not JSON", 200)]
    [InlineData("{}", 200)]
    [InlineData("[]", 200)]
    [InlineData("{\"issuer\":\"https://login.example.org\"}", 200)]
    [InlineData("gone", 404)]
    [InlineData("unwell", 500)]
    public async Task SignIn_DiscoveryCannotBeUsed_Down(string answer, int status)
    {
        await using var forging = await Forging.StartAsync();
        forging.Provider.DiscoveryAnswer = () => Results.Text(answer, "application/json", statusCode: status);

        await AssertDownAsync(forging);
    }

    [Theory]
    [InlineData("issuer", "https://login.example.org")]
    [InlineData("token_endpoint", "http://login.example.org/token")]
    [InlineData("authorization_endpoint", "http://login.example.org/authorize")]
    [InlineData("jwks_uri", "")]
    public async Task SignIn_DiscoveryOfAnotherOrInClear_Down(string name, string value)
    {
        await using var forging = await Forging.StartAsync();
        forging.Provider.Discovery = told => told[name] = value;

        await AssertDownAsync(forging);
        Assert.Equal(OidcReason.ProviderMisconfigured, forging.Site.Refusals.Last());
    }

    [Fact]
    public async Task SignIn_ManyWhileDown_AskOnceInAWhile()
    {
        await using var forging = await Forging.StartAsync();
        forging.Provider.DiscoveryAnswer = () => Results.Text("gone", statusCode: 404);

        for (var person = 0; person < 20; person++)
        {
            Assert.Equal("trouble down", await forging.SignInAsync());
        }

        Assert.Equal(1, forging.Provider.Discoveries);
    }

    [Theory]
    [InlineData("key-1", true)]
    [InlineData("key-2", true)]
    [InlineData("key-2", false)]
    public async Task SignIn_KeyChangedMidway_SignedInAtOnce(string kid, bool hasBeginning)
    {
        await using var forging = await Forging.StartAsync();
        await forging.AssertControlAsync();
        var callback = await forging.BeginAsync(forging.Browser);
        forging.Clock.Advance(TimeSpan.FromSeconds(6));

        forging.Provider.ChangeKey(kid);
        forging.Provider.Claims = claims => _ = hasBeginning || claims.Remove("nbf");

        Assert.Equal("Jo Rivera", await forging.OpenAsync(forging.Browser, callback));
    }

    [Theory]
    [InlineData("access_denied", "trouble denied", OidcReason.DeniedAtProvider)]
    [InlineData("temporarily_unavailable", "trouble down", OidcReason.ProviderDown)]
    [InlineData("server_error", "trouble down", OidcReason.ProviderDown)]
    [InlineData("unauthorized_client", "trouble refused", OidcReason.ProviderError)]
    public async Task SignIn_ProviderAnswersWithAnError_Told(string error, string page, OidcReason reason)
    {
        await using var forging = await Forging.StartAsync();
        await forging.AssertControlAsync();
        forging.Provider.Callback = address => Browser.With(Browser.With(new Uri(address), "code", null), "error", error).ToString();

        Assert.Equal(page, await forging.SignInAsync());
        Assert.Equal([reason], forging.Site.Refusals);
    }

    [Fact]
    public async Task SignIn_PersonRefusedHere_NotAdmitted()
    {
        await using var forging = await Forging.StartAsync();
        forging.Site.Unwelcome["Jo Rivera"] = true;

        Assert.Equal("trouble not-admitted", await forging.SignInAsync());
        Assert.Equal([OidcReason.PersonRefused], forging.Site.Refusals);
        Assert.Equal("nobody", await forging.OpenAsync(forging.Browser, new Uri(forging.Site.Address, "/me")));
    }

    private static async Task AssertDownAsync(Forging forging)
    {
        using var response = await forging.Browser.FollowAsync(forging.Site.Start("/docs/streets"));
        Assert.Equal("trouble down", await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/docs/streets", Browser.Query(forging.Browser.Address, "return"));
    }
}
