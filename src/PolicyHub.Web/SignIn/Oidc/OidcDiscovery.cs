using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>
/// What the provider says about itself: its addresses and its keys. Kept by us and not by the library's ConfigurationManager: that one refreshes
/// keys behind the sign-in that needs them, which then fails, and lets everybody wait in a row while the provider is down.
/// </summary>
/// <param name="http">With a time limit; its answers are bounded in size.</param>
/// <param name="authority">The issuer as set.</param>
public sealed class OidcDiscovery(HttpClient http, string authority, TimeProvider time) : IDisposable
{
    /// <summary>A sign-in begins with what was asked so long ago at most, so that a provider that is down is known before people are sent there.</summary>
    public static readonly TimeSpan AtChallenge = TimeSpan.FromMinutes(1);

    /// <summary>A token is judged by what was asked so long ago at most.</summary>
    public static readonly TimeSpan AtToken = TimeSpan.FromMinutes(10);

    /// <summary>An unknown key makes us ask anew, but no oftener than this: anybody can post a token with one.</summary>
    public static readonly TimeSpan AtUnknownKey = TimeSpan.FromSeconds(5);

    /// <summary>For so long after a failure everybody is told at once, instead of waiting each for the same.</summary>
    private static readonly TimeSpan FailureKept = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim gate = new(1);
    private OpenIdConnectConfiguration? known;
    private DateTimeOffset knownAt;
    private DateTimeOffset failedAt = DateTimeOffset.MinValue;
    private OidcReason failure;

    /// <summary>What the provider says, asked at most <paramref name="oldest"/> ago.</summary>
    /// <exception cref="OidcFailedException">It does not answer, or with something that can't be used.</exception>
    public async Task<OpenIdConnectConfiguration> ReadAsync(TimeSpan oldest, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            var now = time.GetUtcNow();
            if (known is not null && now - knownAt < oldest)
            {
                return known;
            }

            if (now - failedAt < FailureKept && now >= failedAt)
            {
                throw new OidcFailedException(failure);
            }

            return await AskAsync(cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>True where the issuer names no tenant itself, as Entra's for many tenants.</summary>
    public static bool IsTemplate(string issuer) => issuer.Contains(TenantPlace, StringComparison.Ordinal);

    /// <summary>Where the tenant goes in such an issuer.</summary>
    public const string TenantPlace = "{tenantid}";

    public void Dispose() => gate.Dispose();

    private async Task<OpenIdConnectConfiguration> AskAsync(CancellationToken cancellation)
    {
        var answer = await AnswerAsync(cancellation);
        if (answer is OpenIdConnectConfiguration told)
        {
            (known, knownAt) = (told, time.GetUtcNow());
            return told;
        }

        (failure, failedAt) = ((OidcReason)answer, time.GetUtcNow());
        throw new OidcFailedException(failure);
    }

    private async Task<object> AnswerAsync(CancellationToken cancellation)
    {
        try
        {
            var documents = new HttpDocumentRetriever(http) { RequireHttps = !new Uri(authority).IsLoopback };
            var told = await OpenIdConnectConfigurationRetriever.GetAsync($"{authority.TrimEnd('/')}/.well-known/openid-configuration", documents, cancellation);
            return IsUsable(told) ? told : OidcReason.ProviderMisconfigured;
        }
        catch (Exception silent) when (silent is IOException or HttpRequestException || (silent is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return OidcReason.ProviderDown;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or InvalidOperationException or System.Text.Json.JsonException or SecurityTokenException)
        {
            return OidcReason.ProviderMisconfigured;
        }
    }

    /// <summary>A document for another issuer would let that one speak for ours (OpenID Connect Discovery 4.3).</summary>
    private bool IsUsable(OpenIdConnectConfiguration told) =>
        told.Issuer is { Length: > 0 } issuer
        && (string.Equals(issuer.TrimEnd('/'), authority.TrimEnd('/'), StringComparison.Ordinal) || IsTemplateOfAuthority(issuer))
        && told.SigningKeys.Count > 0
        && new[] { told.AuthorizationEndpoint, told.TokenEndpoint }.All(IsSafe)
        && new[] { told.EndSessionEndpoint, told.UserInfoEndpoint }.All(address => string.IsNullOrEmpty(address) || IsSafe(address));

    private bool IsTemplateOfAuthority(string issuer) =>
        IsTemplate(issuer)
        && Uri.TryCreate(issuer.Replace(TenantPlace, "tenant", StringComparison.Ordinal), UriKind.Absolute, out var address)
        && address.GetLeftPart(UriPartial.Authority) == new Uri(authority).GetLeftPart(UriPartial.Authority);

    private static bool IsSafe(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && OidcSettingsCheck.IsSafe(uri);
}
