using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Asks the provider over the back channel.</summary>
internal static class OidcAnswer
{
    /// <summary>An answer in JSON with its status.</summary>
    /// <exception cref="OidcFailedException">No answer, one that says the provider is unwell, or one that is no JSON object.</exception>
    public static async Task<(HttpStatusCode Status, JsonDocument Body)> ReadAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            if ((int)response.StatusCode >= 500 || response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                throw new OidcFailedException(OidcReason.ProviderDown);
            }

            var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                return (response.StatusCode, body);
            }

            body.Dispose();
            throw new OidcFailedException(OidcReason.ProviderError);
        }
        catch (Exception silent) when (silent is HttpRequestException or IOException || (silent is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new OidcFailedException(OidcReason.ProviderDown);
        }
        catch (JsonException)
        {
            throw new OidcFailedException(OidcReason.ProviderError);
        }
    }

    /// <summary>Adds the claims of userinfo that the ID token lacks (OpenID Connect Core 5.3); what is signed stands.</summary>
    /// <exception cref="OidcFailedException">As above, or it is about somebody else.</exception>
    public static async Task AddUserInfoAsync(ClaimsIdentity claims, HttpClient http, string address, string accessToken, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        var (status, body) = await ReadAsync(http, request, cancellation);
        using (body)
        {
            var told = body.RootElement;
            if (status != HttpStatusCode.OK || !told.TryGetProperty("sub", out var subject) || subject.ValueKind != JsonValueKind.String || subject.GetString() != claims.FindFirst("sub")?.Value)
            {
                throw new OidcFailedException(OidcReason.NoSubject);
            }

            var signed = claims.Claims.Select(claim => claim.Type).ToHashSet(StringComparer.Ordinal);
            claims.AddClaims(told.EnumerateObject()
                .Where(claim => !signed.Contains(claim.Name))
                .SelectMany(claim => (claim.Value.ValueKind == JsonValueKind.Array ? claim.Value.EnumerateArray() : Enumerable.Repeat(claim.Value, 1)).Select(value => new Claim(claim.Name, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText())))
                .ToList());
        }
    }
}
