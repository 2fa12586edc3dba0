using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>
/// Signs people in at an OpenID Connect provider: authorization code with PKCE. State, correlation with the browser and PKCE are the framework's;
/// ours are discovery, the nonce, the ID token and sign-out.
/// </summary>
public sealed class OidcHandler(IOptionsMonitor<OidcOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : OAuthHandler<OidcOptions>(options, logger, encoder), IAuthenticationSignOutHandler
{
    internal const string IdToken = "id_token";

    /// <summary>In the protected state: only who began this sign-in can end it with a token made for it.</summary>
    private const string Nonce = ".nonce";

    private OpenIdConnectConfiguration? provider;

    /// <summary>The browser is the right one, and its code was brought to the provider.</summary>
    private bool isCodeSpent;

    private OidcTokens Tokens => new(Options.Settings, Options.Discovery, TimeProvider);

    public override async Task<bool> HandleRequestAsync()
    {
        if (Request.Path == OidcLinks.SignedOutCallback)
        {
            // Whoever comes with no state of ours goes home.
            Response.Redirect(OidcLinks.Local(Options.StateDataFormat.Unprotect(Request.Query["state"])?.RedirectUri));
            return true;
        }

        if (Request.Path == OidcLinks.FrontChannelSignOut || Request.Path == OidcLinks.BackChannelSignOut)
        {
            await new OidcRemoteSignOut(Context, Options, Tokens, Logger).HandleAsync();
            return true;
        }

        return await base.HandleRequestAsync();
    }

    /// <summary>Ends the session at the provider, too: goes there, or stays where there is nothing to end or the provider is down.</summary>
    public async Task SignOutAsync(AuthenticationProperties? properties)
    {
        var back = OidcLinks.Local(properties?.RedirectUri);
        Response.Redirect(await LeaveAddressAsync(properties?.GetTokenValue(IdToken), back) ?? back);
    }

    /// <summary>Where the browser ends the session at the provider (RP-Initiated Logout 1.0); null where the provider has no such place or is down.</summary>
    internal async Task<string?> LeaveAddressAsync(string? idToken, string returnUrl)
    {
        try
        {
            var leave = (await Options.Discovery.ReadAsync(OidcDiscovery.AtToken, Context.RequestAborted)).EndSessionEndpoint;
            if (string.IsNullOrEmpty(leave))
            {
                return null;
            }

            return QueryHelpers.AddQueryString(leave, new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["client_id"] = Options.ClientId,
                ["post_logout_redirect_uri"] = BuildRedirectUri(OidcLinks.SignedOutCallback),
                ["state"] = Options.StateDataFormat.Protect(new AuthenticationProperties { RedirectUri = OidcLinks.Local(returnUrl) }),
                ["id_token_hint"] = idToken,
            });
        }
        catch (OidcFailedException failure)
        {
            Logger.LogWarning("Sign-out at the provider failed: {Reason}. The session here has ended all the same.", failure.Message);
            return null;
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        properties.RedirectUri = OidcLinks.Local(properties.RedirectUri);
        try
        {
            provider = await Options.Discovery.ReadAsync(OidcDiscovery.AtChallenge, Context.RequestAborted);
        }
        catch (OidcFailedException failure)
        {
            await OidcTrouble.ShowAsync(Context, Options, Logger, failure, properties.RedirectUri);
            return;
        }

        properties.Items[Nonce] = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        // The framework's query, with state and PKCE in it, on the address that the provider names.
        var query = QueryHelpers.ParseQuery(new Uri(base.BuildChallengeUrl(properties, redirectUri)).Query);
        query["nonce"] = properties.Items[Nonce];
        return QueryHelpers.AddQueryString(provider!.AuthorizationEndpoint, query);
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        var begun = Options.StateDataFormat.Unprotect(Request.Query["state"]);
        if (begun is null)
        {
            return HandleRequestResult.Fail(new OidcFailedException(OidcReason.BadState));
        }

        try
        {
            provider = await Options.Discovery.ReadAsync(OidcDiscovery.AtToken, Context.RequestAborted);
            if (IsForeignIssuer(provider))
            {
                return HandleRequestResult.Fail(new OidcFailedException(OidcReason.ForeignIssuerParameter), begun);
            }

            var result = await base.HandleRemoteAuthenticateAsync();
            return result.Failure is null or OidcFailedException ? result : HandleRequestResult.Fail(Explained(), begun);
        }
        catch (OidcFailedException failure)
        {
            return HandleRequestResult.Fail(failure, begun);
        }
    }

    protected override Task<HandleRequestResult> HandleAccessDeniedErrorAsync(AuthenticationProperties properties) =>
        Task.FromResult(HandleRequestResult.Fail(new OidcFailedException(OidcReason.DeniedAtProvider), properties));

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = context.Code,
            ["redirect_uri"] = context.RedirectUri,
            ["client_id"] = Options.ClientId,
        };
        if (context.Properties.Items.Remove(OAuthConstants.CodeVerifierKey, out var verifier) && verifier is not null)
        {
            form[OAuthConstants.CodeVerifierKey] = verifier;
        }

        isCodeSpent = true;
        using var request = new HttpRequestMessage(HttpMethod.Post, provider!.TokenEndpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        ProveClient(request, form);
        request.Content = new FormUrlEncodedContent(form);
        var (status, body) = await OidcAnswer.ReadAsync(Backchannel, request, Context.RequestAborted);
        return (int)status is >= 200 and < 300
            ? OAuthTokenResponse.Success(body)
            : OAuthTokenResponse.Failed(RefusedBy(body));
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        properties.Items.Remove(Nonce, out var nonce);
        var told = tokens.Response!.RootElement;
        var token = told.TryGetProperty(IdToken, out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : throw new OidcFailedException(OidcReason.NoIdToken);
        var claims = await Tokens.ReadIdTokenAsync(token, nonce, Context.RequestAborted);
        if (Options.Settings.UserInfo && provider!.UserInfoEndpoint is { Length: > 0 } address)
        {
            await OidcAnswer.AddUserInfoAsync(claims, Backchannel, address, tokens.AccessToken!, Context.RequestAborted);
        }

        properties.StoreTokens([new AuthenticationToken { Name = IdToken, Value = token }]);
        return new AuthenticationTicket(new ClaimsPrincipal(claims), properties, Scheme.Name);
    }

    /// <summary>The client's secret as the provider wants it: in the header, which every provider must know (RFC 6749, 2.3.1), else in the form.</summary>
    private void ProveClient(HttpRequestMessage request, Dictionary<string, string> form)
    {
        if (OidcSecret.Read(Options.Settings) is not { } secret)
        {
            return;
        }

        var ways = provider!.TokenEndpointAuthMethodsSupported;
        if (ways.Count == 0 || ways.Contains("client_secret_basic"))
        {
            var pair = $"{Uri.EscapeDataString(Options.ClientId)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        else
        {
            form["client_secret"] = secret;
        }
    }

    /// <summary>Another provider answers in the place of the one that was asked (RFC 9207); where the issuer is a template the token says who it is.</summary>
    private bool IsForeignIssuer(OpenIdConnectConfiguration asked)
    {
        var named = Request.Query["iss"];
        return named.Count == 0
            ? asked.AuthorizationResponseIssParameterSupported
            : !OidcDiscovery.IsTemplate(asked.Issuer) && !(named.Count == 1 && string.Equals(named[0], asked.Issuer, StringComparison.Ordinal));
    }

    /// <summary>The framework's failures in our words; its own repeat what the provider, or whoever, wrote into the address.</summary>
    private OidcFailedException Explained() => Request.Query["error"] is { Count: > 0 } error
        ? new OidcFailedException(error[0] is "server_error" or "temporarily_unavailable" ? OidcReason.ProviderDown : OidcReason.ProviderError, OidcFailedException.CodeOf(error[0]))
        : new OidcFailedException(Request.Query.ContainsKey("code") && !isCodeSpent ? OidcReason.NotThisBrowser : OidcReason.ProviderError);

    private static OidcFailedException RefusedBy(JsonDocument body)
    {
        var error = body.RootElement is { ValueKind: JsonValueKind.Object } told && told.TryGetProperty("error", out var code) && code.ValueKind == JsonValueKind.String ? code.GetString() : null;
        body.Dispose();

        // A refused code is the person's to mend, by beginning again; any other refusal is the administrator's.
        return new OidcFailedException(error == "invalid_grant" ? OidcReason.CodeRefused : OidcReason.ProviderError, OidcFailedException.CodeOf(error));
    }
}
