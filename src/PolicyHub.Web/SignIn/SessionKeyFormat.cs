using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace PolicyHub.Web.SignIn;

/// <summary>
/// What the cookie holds: the key of a session and nothing else. It is 256 bits of chance, so there is nothing to seal or to forge; the
/// framework's own form would be encrypted and read anew for every request.
/// </summary>
internal sealed class SessionKeyFormat(string scheme) : ISecureDataFormat<AuthenticationTicket>
{
    /// <summary>The claim in which the framework's cookie handler looks for the key of a stored session.</summary>
    private const string KeyClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    private const int KeyLength = 64;

    public string Protect(AuthenticationTicket data) => data.Principal.FindFirst(KeyClaim)!.Value;

    public string Protect(AuthenticationTicket data, string? purpose) => Protect(data);

    public AuthenticationTicket? Unprotect(string? protectedText) => protectedText is { Length: KeyLength } && protectedText.All(char.IsAsciiHexDigitLower)
        ? new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(KeyClaim, protectedText)])), scheme)
        : null;

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => Unprotect(protectedText);
}
