using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>Every way we know to be signed in as somebody without their doing. In each test Jo first signs in with nothing forged.</summary>
public sealed class AttackTests
{
    private static readonly Dictionary<string, (Action<ForgingProvider> Forge, OidcReason Reason)> Tokens = new(StringComparer.Ordinal)
    {
        ["algorithm none"] = (provider => provider.Mint = claims => $"{ForgingProvider.Part(ForgingProvider.Header(alg: "none"))}.{ForgingProvider.Part(claims)}.", OidcReason.BadSignature),
        ["no signature"] = (provider => provider.Mint = claims => $"{ForgingProvider.Part(ForgingProvider.Header())}.{ForgingProvider.Part(claims)}.", OidcReason.BadSignature),
        ["tampered payload"] = (provider => provider.Mint = claims => Tamper(provider.Sign(claims), claims), OidcReason.BadSignature),
        ["foreign key with the same id"] = (provider => provider.Mint = claims => ForgingProvider.Sign(claims, ForgingProvider.Header(), ForgingProvider.ForeignKey), OidcReason.BadSignature),
        ["foreign key with an id of its own"] = (provider => provider.Mint = claims => ForgingProvider.Sign(claims, ForgingProvider.Header("other"), ForgingProvider.ForeignKey), OidcReason.BadSignature),
        ["key in the header"] = (provider => provider.Mint = SignWithOwnKeyInHeader, OidcReason.BadSignature),
        ["shared secret as key"] = (provider => provider.Mint = claims => ForgingProvider.SignWithSecret(claims, Encoding.UTF8.GetBytes(ForgingProvider.Secret)), OidcReason.BadSignature),
        ["public key as shared secret"] = (provider => provider.Mint = claims => ForgingProvider.SignWithSecret(claims, Encoding.ASCII.GetBytes(provider.Key.ExportRSAPublicKeyPem())), OidcReason.BadSignature),
        ["algorithm not allowed"] = (provider => provider.Mint = claims => provider.Sign(claims, ForgingProvider.Header(alg: "RS512")), OidcReason.BadSignature),
        ["not a token"] = (provider => provider.Mint = _ => "Jo Rivera", OidcReason.BadSignature),
        ["wrong audience"] = (provider => provider.Claims = claims => claims["aud"] = "another", OidcReason.WrongAudience),
        ["no audience"] = (provider => provider.Claims = claims => claims.Remove("aud"), OidcReason.WrongAudience),
        ["wrong issuer"] = (provider => provider.Claims = claims => claims["iss"] = "https://login.example.org", OidcReason.WrongIssuer),
        ["no issuer"] = (provider => provider.Claims = claims => claims.Remove("iss"), OidcReason.WrongIssuer),
        ["expired"] = (provider => provider.Claims = claims => claims["exp"] = provider.Now - 121, OidcReason.WrongTime),
        ["not yet valid"] = (provider => provider.Claims = claims => claims["nbf"] = provider.Now + 122, OidcReason.WrongTime),
        ["no end"] = (provider => provider.Claims = claims => claims.Remove("exp"), OidcReason.WrongTime),
        ["wrong nonce"] = (provider => provider.Claims = claims => claims["nonce"] = "another", OidcReason.WrongNonce),
        ["no nonce"] = (provider => provider.Claims = claims => claims.Remove("nonce"), OidcReason.WrongNonce),
        ["two audiences and no party"] = (provider => provider.Claims = claims => claims["aud"] = new JsonArray(ForgingProvider.ClientId, "another"), OidcReason.WrongParty),
        ["party of another"] = (provider => provider.Claims = claims => claims["azp"] = "another", OidcReason.WrongParty),
        ["no subject"] = (provider => provider.Claims = claims => claims.Remove("sub"), OidcReason.NoSubject),
        ["endless subject"] = (provider => provider.Claims = claims => claims["sub"] = new string('a', 256), OidcReason.NoSubject),
        ["no ID token"] = (provider => provider.Mint = _ => null, OidcReason.NoIdToken),
    };

    private static readonly Dictionary<string, (Func<Uri, Uri> Change, OidcReason Reason)> Callbacks = new(StringComparer.Ordinal)
    {
        ["tampered state"] = (address => Browser.With(address, "state", Browser.Query(address, "state")![..^5] + "AAAAA"), OidcReason.BadState),
        ["no state"] = (address => Browser.With(address, "state", null), OidcReason.BadState),
        ["foreign issuer parameter"] = (address => Browser.With(address, "iss", "https://login.example.org"), OidcReason.ForeignIssuerParameter),
        ["no issuer parameter"] = (address => Browser.With(address, "iss", null), OidcReason.ForeignIssuerParameter),
        ["no code"] = (address => Browser.With(address, "code", null), OidcReason.ProviderError),
        ["made-up code"] = (address => Browser.With(address, "code", "made-up"), OidcReason.CodeRefused),
    };

    public static TheoryData<string> TokenAttacks => [.. Tokens.Keys];

    public static TheoryData<string> CallbackAttacks => [.. Callbacks.Keys];

    [Theory]
    [MemberData(nameof(TokenAttacks))]
    public async Task SignIn_ForgedToken_Refused(string attack)
    {
        await using var forging = await Forging.StartAsync();
        await forging.AssertControlAsync();

        Tokens[attack].Forge(forging.Provider);
        await forging.SignInAsync();

        await AssertNobodyAsync(forging, forging.Browser, Tokens[attack].Reason);
    }

    [Theory]
    [MemberData(nameof(CallbackAttacks))]
    public async Task SignIn_ForgedCallback_Refused(string attack)
    {
        await using var forging = await Forging.StartAsync();
        await forging.AssertControlAsync();

        var callback = await forging.BeginAsync(forging.Browser);
        await forging.OpenAsync(forging.Browser, Callbacks[attack].Change(callback));

        await AssertNobodyAsync(forging, forging.Browser, Callbacks[attack].Reason);
    }

    [Fact]
    public async Task SignIn_CallbackOfAnotherBrowser_Refused()
    {
        await using var forging = await Forging.StartAsync();
        using var attacker = new Browser();
        var callback = await forging.BeginAsync(attacker);

        await forging.OpenAsync(forging.Browser, callback);

        await AssertNobodyAsync(forging, forging.Browser, OidcReason.NotThisBrowser);
        Assert.Equal("Jo Rivera", await forging.OpenAsync(attacker, callback));
    }

    [Fact]
    public async Task SignIn_SameCallbackTwice_SecondRefused()
    {
        await using var forging = await Forging.StartAsync();
        var callback = await forging.BeginAsync(forging.Browser);
        Assert.Equal("Jo Rivera", await forging.OpenAsync(forging.Browser, callback));

        Assert.Equal("trouble again", await forging.OpenAsync(forging.Browser, callback));

        Assert.Equal([OidcReason.NotThisBrowser], forging.Site.Refusals);
    }

    [Fact]
    public async Task SignIn_CodeOfAnotherInOwnState_RefusedByChallenge()
    {
        await using var forging = await Forging.StartAsync();
        await forging.AssertControlAsync();
        using var attacker = new Browser();
        var stolen = Browser.Query(await forging.BeginAsync(attacker), "code");
        var own = await forging.BeginAsync(forging.Browser);

        await forging.OpenAsync(forging.Browser, Browser.With(own, "code", stolen));

        await AssertNobodyAsync(forging, forging.Browser, OidcReason.CodeRefused);
    }

    [Theory]
    [InlineData("//evil.example/a")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task SignIn_ReturnAddressOfAnotherSite_GoesHome(string returnUrl)
    {
        await using var forging = await Forging.StartAsync();
        var start = new Uri(forging.Site.Address, QueryHelpers.AddQueryString(OidcLinks.Start, "return", returnUrl));

        var body = await forging.OpenAsync(forging.Browser, start);

        Assert.Equal("home", body);
        Assert.Equal(new Uri(forging.Site.Address, "/"), forging.Browser.Address);
        Assert.Equal("Jo Rivera", await forging.OpenAsync(forging.Browser, new Uri(forging.Site.Address, "/me")));
    }

    private static async Task AssertNobodyAsync(Forging forging, Browser browser, OidcReason reason)
    {
        Assert.Equal(OidcLinks.Trouble, browser.Address.AbsolutePath);
        Assert.Equal([reason], forging.Site.Refusals);
        Assert.Equal("nobody", await forging.OpenAsync(browser, new Uri(forging.Site.Address, "/me")));
    }

    private static string Tamper(string token, JsonObject claims)
    {
        claims["sub"] = "somebody else";
        var parts = token.Split('.');
        return $"{parts[0]}.{ForgingProvider.Part(claims)}.{parts[2]}";
    }

    private static string SignWithOwnKeyInHeader(JsonObject claims)
    {
        var own = ForgingProvider.ForeignKey;
        var key = own.ExportParameters(false);
        var header = ForgingProvider.Header();
        header["jwk"] = new JsonObject { ["kty"] = "RSA", ["n"] = WebEncoders.Base64UrlEncode(key.Modulus!), ["e"] = WebEncoders.Base64UrlEncode(key.Exponent!) };
        return ForgingProvider.Sign(claims, header, own);
    }
}
