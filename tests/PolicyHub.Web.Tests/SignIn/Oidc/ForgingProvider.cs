using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>
/// A provider that answers by the book until it is told to lie: a test changes the claims, the header, the key or the whole token that it hands out.
/// Its tokens are made by hand, so that what judges them is not what made them.
/// </summary>
internal sealed class ForgingProvider : IAsyncDisposable
{
    public const string ClientId = "policyhub";
    public const string Secret = "a secret of the client that no log may hold";
    private const string Kid = "key-1";

    /// <summary>Made once: it is what takes longest in a test.</summary>
    private static readonly RSA UsualKey = RSA.Create(2048);

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge, string RedirectUri)> codes = new(StringComparer.Ordinal);
    private readonly TimeProvider clock;

    private ForgingProvider(WebApplication app, TimeProvider clock)
    {
        this.app = app;
        this.clock = clock;
        Mint = claims => Sign(claims);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>The issuer in tokens.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>The issuer in the discovery document, where it differs.</summary>
    public string? NamedIssuer { get; set; }

    public RSA Key { get; private set; } = UsualKey;

    /// <summary>A key that the provider never published.</summary>
    public static RSA ForeignKey { get; } = RSA.Create(2048);

    /// <summary>Put into the key's entry of the key set as <c>issuer</c>, as Entra does.</summary>
    public string? KeyIssuer { get; set; }

    /// <summary>Changes the claims of the next ID tokens.</summary>
    public Action<JsonObject> Claims { get; set; } = _ => { };

    /// <summary>Makes the token from the claims; null leaves the ID token out.</summary>
    public Func<JsonObject, string?> Mint { get; set; }

    /// <summary>Changes where the browser is sent with the code.</summary>
    public Func<string, string> Callback { get; set; } = address => address;

    /// <summary>Answers in the place of the token call.</summary>
    public Func<HttpContext, IResult?> TokenAnswer { get; set; } = _ => null;

    public Func<IResult?> DiscoveryAnswer { get; set; } = () => null;

    public Action<JsonObject> Discovery { get; set; } = _ => { };

    public JsonObject UserInfo { get; set; } = [];

    /// <summary>The forms that the token endpoint got.</summary>
    public ConcurrentQueue<Dictionary<string, string>> TokenForms { get; } = new();

    public int Discoveries { get; private set; }

    public string LastIdToken { get; private set; } = "";

    public static async Task<ForgingProvider> StartAsync(TimeProvider? clock = null, Uri? at = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("urls", at?.ToString() ?? "http://127.0.0.1:0")]);
        builder.Logging.ClearProviders();
        var provider = new ForgingProvider(builder.Build(), clock ?? TimeProvider.System);
        provider.Map();
        await provider.app.StartAsync();
        provider.Address = new Uri(provider.app.Urls.First());
        provider.Issuer = provider.Address.GetLeftPart(UriPartial.Authority);
        return provider;
    }

    /// <summary>A token signed as it should be.</summary>
    public string Sign(JsonObject claims, JsonObject? header = null) => Sign(claims, header ?? Header(), Key);

    public static string Sign(JsonObject claims, JsonObject header, RSA key)
    {
        var input = $"{Part(header)}.{Part(claims)}";
        var hash = (string?)header["alg"] == "RS512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;
        return $"{input}.{WebEncoders.Base64UrlEncode(key.SignData(Encoding.ASCII.GetBytes(input), hash, RSASignaturePadding.Pkcs1))}";
    }

    public static string SignWithSecret(JsonObject claims, byte[] secret)
    {
        var input = $"{Part(new JsonObject { ["alg"] = "HS256", ["kid"] = Kid, ["typ"] = "JWT" })}.{Part(claims)}";
        return $"{input}.{WebEncoders.Base64UrlEncode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input)))}";
    }

    public static string Part(JsonObject json) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(json.ToJsonString()));

    public static JsonObject Header(string kid = Kid, string alg = "RS256") => new() { ["alg"] = alg, ["kid"] = kid, ["typ"] = "JWT" };

    /// <summary>The claims of a logout token as the specification has them.</summary>
    public JsonObject LogoutClaims() => new()
    {
        ["iss"] = Issuer,
        ["aud"] = ClientId,
        ["iat"] = Now,
        ["exp"] = Now + 120,
        ["jti"] = Guid.NewGuid().ToString(),
        ["sub"] = "jo",
        ["sid"] = "provider-session",
        ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
    };

    /// <summary>From now on another key signs, under the same name or another.</summary>
    public void ChangeKey(string kid)
    {
        Key = ForeignKey;
        PublishedKid = kid;
        Mint = claims => Sign(claims, Header(kid));
    }

    public long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private string PublishedKid { get; set; } = Kid;

    private void Map()
    {
        app.MapGet("{**path}", (HttpContext context) => context.Request.Path.Value!.EndsWith("/.well-known/openid-configuration", StringComparison.Ordinal) ? Describe() : Results.NotFound());
        app.MapGet("/keys", () =>
        {
            var key = Key.ExportParameters(false);
            var entry = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = PublishedKid, ["n"] = WebEncoders.Base64UrlEncode(key.Modulus!), ["e"] = WebEncoders.Base64UrlEncode(key.Exponent!) };
            if (KeyIssuer is not null)
            {
                entry["issuer"] = KeyIssuer;
            }

            return Json(new JsonObject { ["keys"] = new JsonArray(entry) });
        });
        app.MapGet("/authorize", (HttpContext context) =>
        {
            var asked = context.Request.Query;
            var code = Guid.NewGuid().ToString("N");
            codes[code] = (asked["nonce"].ToString(), asked["code_challenge"].ToString(), asked["redirect_uri"].ToString());
            return Results.Redirect(Callback(QueryHelpers.AddQueryString(asked["redirect_uri"].ToString(), new Dictionary<string, string?>
            {
                ["code"] = code,
                ["state"] = asked["state"],
                ["iss"] = Issuer,
            })));
        });
        app.MapPost("/token", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            TokenForms.Enqueue(form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal));
            return TokenAnswer(context) ?? Exchange(form, context.Request.Headers.Authorization.ToString());
        });
        app.MapGet("/userinfo", (HttpContext context) => context.Request.Headers.Authorization == "Bearer access" ? Json(UserInfo) : Results.Unauthorized());
    }

    private IResult Describe()
    {
        Discoveries++;
        if (DiscoveryAnswer() is { } other)
        {
            return other;
        }

        var origin = Address.GetLeftPart(UriPartial.Authority);
        var told = new JsonObject
        {
            ["issuer"] = NamedIssuer ?? Issuer,
            ["authorization_endpoint"] = $"{origin}/authorize",
            ["token_endpoint"] = $"{origin}/token",
            ["jwks_uri"] = $"{origin}/keys",
            ["userinfo_endpoint"] = $"{origin}/userinfo",
            ["end_session_endpoint"] = $"{origin}/logout",
            ["authorization_response_iss_parameter_supported"] = true,
        };
        Discovery(told);
        return Json(told);
    }

    private IResult Exchange(IFormCollection form, string authorization)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Uri.EscapeDataString(Secret)}"));
        if (authorization != expected && form["client_secret"] != Secret)
        {
            return Refuse("invalid_client");
        }

        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (!codes.TryRemove(form["code"].ToString(), out var begun) || begun.Challenge != challenge || begun.RedirectUri != form["redirect_uri"])
        {
            return Refuse("invalid_grant");
        }

        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = ClientId,
            ["sub"] = "jo",
            ["name"] = "Jo Rivera",
            ["email"] = "jo.rivera@riverton.example",
            ["nonce"] = begun.Nonce,
            ["iat"] = Now,
            ["nbf"] = Now,
            ["exp"] = Now + 300,
            ["sid"] = "provider-session",
        };
        Claims(claims);
        var answer = new JsonObject { ["access_token"] = "access", ["token_type"] = "Bearer", ["expires_in"] = 300 };
        if (Mint(claims) is { } token)
        {
            LastIdToken = token;
            answer["id_token"] = token;
        }

        return Json(answer);
    }

    private static IResult Refuse(string error) => Results.Text(new JsonObject { ["error"] = error, ["error_description"] = "Jo Rivera may not, says the provider at length" }.ToJsonString(), "application/json", statusCode: 400);

    private static IResult Json(JsonNode json) => Results.Text(json.ToJsonString(), "application/json");
}
