using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>Whatever happens, no log and no address holds a token, the client's secret, a library's message, or who it was.</summary>
public sealed class SecrecyTests
{
    [Theory]
    [InlineData("signed in")]
    [InlineData("wrong audience")]
    [InlineData("bad signature")]
    [InlineData("wrong issuer")]
    [InlineData("expired")]
    [InlineData("refused code")]
    [InlineData("refused at the provider")]
    [InlineData("bad logout token")]
    public async Task SignIn_HoweverItEnds_NothingSecretIsTold(string how)
    {
        await using var forging = await Forging.StartAsync();
        var provider = forging.Provider;
        switch (how)
        {
            case "wrong audience": provider.Claims = claims => claims["aud"] = "someone-elses-client"; break;
            case "bad signature": provider.Mint = claims => ForgingProvider.Sign(claims, ForgingProvider.Header(), ForgingProvider.ForeignKey); break;
            case "wrong issuer": provider.Claims = claims => claims["iss"] = "https://other-issuer.example"; break;
            case "expired": provider.Claims = claims => claims["exp"] = 1; break;
            case "refused code": provider.Callback = address => Browser.With(new Uri(address), "code", "made-up").ToString(); break;
            case "refused at the provider": provider.Callback = address => Browser.With(Browser.With(Browser.With(new Uri(address), "code", null), "error", "Jo Rivera"), "error_description", "jo.rivera@riverton.example may not").ToString(); break;
        }

        var callback = await forging.BeginAsync(forging.Browser);
        var page = await forging.OpenAsync(forging.Browser, callback);
        if (how == "bad logout token")
        {
            using var answer = await forging.Browser.PostAsync(new Uri(forging.Site.Address, OidcLinks.BackChannelSignOut), ("logout_token", provider.LastIdToken));
            page += await answer.Content.ReadAsStringAsync();
        }

        var failed = how is not ("signed in" or "bad logout token");
        Assert.Equal(failed, forging.Site.Refusals.Count == 1);
        Assert.Equal(failed || how == "bad logout token", Ours(forging).Any(line => line.Contains("failed", StringComparison.Ordinal)));

        // The framework's own lines of a request hold its address; the site silences them (QueriesOutOfLogs), here they show that there was something to find.
        Assert.Contains("made-up", how == "refused code" ? forging.Site.Log.Text : "made-up", StringComparison.Ordinal);
        var told = string.Join('\n', [.. Ours(forging), forging.Browser.Address.ToString(), failed ? page : ""]);
        string[] secrets =
        [
            ForgingProvider.Secret, Uri.EscapeDataString(ForgingProvider.Secret), "IDX", "eyJ", "Jo Rivera", "Jo%20Rivera", "jo.rivera", "someone-elses-client", "other-issuer.example",
            "at length", Browser.Query(callback, "state")!, .. Parts(provider.LastIdToken),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SignIn_ClientSecret_ReachesTheTokenEndpointOnly()
    {
        await using var forging = await Forging.StartAsync();

        Assert.Equal("Jo Rivera", await forging.SignInAsync());

        Assert.DoesNotContain(ForgingProvider.Secret, forging.Site.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(forging.Provider.LastIdToken.Split('.')[2], forging.Site.Log.Text, StringComparison.Ordinal);
        Assert.False(Assert.Single(forging.Provider.TokenForms).ContainsKey("client_secret"));
    }

    [Fact]
    public async Task SignIn_ProviderWantsTheSecretInTheForm_GetsItThere()
    {
        await using var forging = await Forging.StartAsync();
        forging.Provider.Discovery = told => told["token_endpoint_auth_methods_supported"] = new System.Text.Json.Nodes.JsonArray("client_secret_post");

        Assert.Equal("Jo Rivera", await forging.SignInAsync());

        Assert.Equal(ForgingProvider.Secret, Assert.Single(forging.Provider.TokenForms)["client_secret"]);
    }

    /// <summary>What our code logs, and the framework in our handler's name.</summary>
    private static IEnumerable<string> Ours(Forging forging) =>
        forging.Site.Log.Text.Split('\n').Where(line => line.Contains("PolicyHub.", StringComparison.Ordinal) && !line.StartsWith("Debug", StringComparison.Ordinal) && !line.StartsWith("Trace", StringComparison.Ordinal));

    private static IEnumerable<string> Parts(string token) => token.Split('.').Where(part => part.Length > 0);
}
