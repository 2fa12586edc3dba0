using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Judges what the provider signed: ID tokens (OpenID Connect Core 3.1.3.7) and logout tokens (Back-Channel Logout 1.0, 2.6).</summary>
internal sealed class OidcTokens(OidcSettings settings, OidcDiscovery discovery, TimeProvider time)
{
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    /// <summary>Clocks may differ so much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>A logout token that was made longer ago is stale.</summary>
    private static readonly TimeSpan LogoutLife = TimeSpan.FromMinutes(10);

    /// <summary>Signatures by a private key of the provider's only: no shared secret, so that who holds the client's secret can't sign.</summary>
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>The claims of an ID token that was made for this sign-in.</summary>
    /// <exception cref="OidcFailedException">It was not, or the provider is down.</exception>
    public async Task<ClaimsIdentity> ReadIdTokenAsync(string token, string? nonce, CancellationToken cancellation)
    {
        var (claims, read) = await ReadAsync(token, cancellation);
        if (nonce is null || !read.TryGetPayloadValue<string>("nonce", out var told) || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(told)))
        {
            throw new OidcFailedException(OidcReason.WrongNonce);
        }

        // One of several audiences could have asked for it: then azp says who did.
        var party = claims.FindFirst("azp")?.Value;
        if ((party is null && read.Audiences.Skip(1).Any()) || (party is not null && party != settings.ClientId))
        {
            throw new OidcFailedException(OidcReason.WrongParty);
        }

        if (read.Subject is not { Length: > 0 and <= 255 })
        {
            throw new OidcFailedException(OidcReason.NoSubject);
        }

        return claims;
    }

    /// <summary>Whose sessions a logout token ends.</summary>
    /// <exception cref="OidcFailedException">It is none, or the provider is down.</exception>
    public async Task<OidcSignedOut> ReadLogoutTokenAsync(string token, CancellationToken cancellation)
    {
        var (claims, read) = await ReadAsync(token, cancellation);
        var hasEvent = read.TryGetPayloadValue<JsonElement>("events", out var events)
            && events.ValueKind == JsonValueKind.Object
            && events.TryGetProperty(LogoutEvent, out var about)
            && about.ValueKind == JsonValueKind.Object;
        var made = read.TryGetPayloadValue<long>("iat", out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, int.MaxValue)) : DateTimeOffset.MinValue;
        var (subject, session) = (claims.FindFirst("sub")?.Value, claims.FindFirst("sid")?.Value);
        if (!hasEvent || claims.HasClaim(claim => claim.Type == "nonce") || read.Id is not { Length: > 0 } || (string.IsNullOrEmpty(subject) && string.IsNullOrEmpty(session)))
        {
            throw new OidcFailedException(OidcReason.NotALogoutToken);
        }

        var now = time.GetUtcNow();
        return now - made > LogoutLife || made - now > Skew
            ? throw new OidcFailedException(OidcReason.WrongTime)
            : new OidcSignedOut
            {
                Issuer = read.Issuer,
                SessionId = session,
                Token = (read.Id, made + LogoutLife + Skew),
                Subject = string.IsNullOrEmpty(subject) ? null : ClaimsMapping.SubjectOf(read.Issuer, subject, claims.FindFirst("oid")?.Value, claims.FindFirst("tid")?.Value),
            };
    }

    private async Task<(ClaimsIdentity Claims, JsonWebToken Token)> ReadAsync(string token, CancellationToken cancellation)
    {
        var provider = await discovery.ReadAsync(OidcDiscovery.AtToken, cancellation);
        var result = await ValidateAsync(token, provider);
        if (result.Exception is SecurityTokenInvalidSignatureException)
        {
            // The provider may have changed its keys since.
            var fresh = await discovery.ReadAsync(OidcDiscovery.AtUnknownKey, cancellation);
            if (!ReferenceEquals(fresh, provider))
            {
                (provider, result) = (fresh, await ValidateAsync(token, fresh));
            }
        }

        if (!result.IsValid)
        {
            throw FailureOf(result.Exception);
        }

        var read = (JsonWebToken)result.SecurityToken;
        CheckKeyOwner(read, provider);
        return (result.ClaimsIdentity, read);
    }

    private Task<TokenValidationResult> ValidateAsync(string token, OpenIdConnectConfiguration provider) => Handler.ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidAlgorithms = Algorithms,
        ValidAudience = settings.ClientId,
        IssuerSigningKeys = provider.SigningKeys,
        IssuerValidator = (issuer, read, _) => CheckIssuer(issuer, (JsonWebToken)read, provider),
        LifetimeValidator = (from, until, _, _) => IsNow(from, until),
        RequireSignedTokens = true,
        RequireExpirationTime = true,
    });

    private string CheckIssuer(string issuer, JsonWebToken read, OpenIdConnectConfiguration provider)
    {
        var tenant = read.TryGetPayloadValue<string>("tid", out var named) ? named : null;
        var isTemplate = OidcDiscovery.IsTemplate(provider.Issuer);
        if ((settings.AllowedTenants.Count > 0 || isTemplate)
            && !(Guid.TryParseExact(tenant, "D", out var id) && settings.AllowedTenants.Any(allowed => Guid.TryParse(allowed, out var one) && one == id)))
        {
            throw new OidcFailedException(OidcReason.TenantNotAllowed);
        }

        var expected = isTemplate ? provider.Issuer.Replace(OidcDiscovery.TenantPlace, tenant, StringComparison.Ordinal) : provider.Issuer;
        return string.Equals(issuer, expected, StringComparison.Ordinal) ? issuer : throw new OidcFailedException(OidcReason.WrongIssuer);
    }

    /// <summary>Entra marks a key with the issuer that it signs for: that of one tenant must not sign for another.</summary>
    private static void CheckKeyOwner(JsonWebToken read, OpenIdConnectConfiguration provider)
    {
        foreach (var key in provider.JsonWebKeySet?.Keys.Where(key => key.Kid == read.Kid) ?? [])
        {
            if (key.AdditionalData.TryGetValue("issuer", out var named) && named?.ToString() is { Length: > 0 } owner)
            {
                var tenant = read.TryGetPayloadValue<string>("tid", out var told) ? told : "";
                if (!string.Equals(owner.Replace(OidcDiscovery.TenantPlace, tenant, StringComparison.Ordinal), read.Issuer, StringComparison.Ordinal))
                {
                    throw new OidcFailedException(OidcReason.BadSignature);
                }
            }
        }
    }

    private bool IsNow(DateTime? from, DateTime? until)
    {
        var now = time.GetUtcNow().UtcDateTime;

        // The skew is put to our side: a token with no beginning may come as the first instant there is, from which nothing can be taken.
        return until is not null && now - Skew < until && (from is null || now + Skew >= from);
    }

    /// <summary>The reason alone: the library's messages hold parts of the token.</summary>
    private static OidcFailedException FailureOf(Exception? why) => why as OidcFailedException ?? why?.InnerException as OidcFailedException ?? new OidcFailedException(why switch
    {
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException or SecurityTokenDecryptionFailedException or SecurityTokenMalformedException or ArgumentException => OidcReason.BadSignature,
        SecurityTokenInvalidAudienceException => OidcReason.WrongAudience,
        SecurityTokenInvalidIssuerException => OidcReason.WrongIssuer,
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException or SecurityTokenExpiredException => OidcReason.WrongTime,
        _ => OidcReason.Unexpected,
    });
}
