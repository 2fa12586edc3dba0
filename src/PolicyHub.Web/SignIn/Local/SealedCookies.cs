using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace PolicyHub.Web.SignIn.Local;

/// <summary>Short-lived cookies between two steps of signing in: what they hold is sealed, and good for one purpose.</summary>
internal sealed class SealedCookies(IDataProtectionProvider protection, IWebHostEnvironment environment)
{
    /// <summary>A password was right, and a code is asked for.</summary>
    public const string Step = "step";

    /// <summary>What a passkey is to sign.</summary>
    public const string Challenge = "challenge";

    /// <summary>The key of an authenticator that is being set up.</summary>
    public const string NewAuthenticator = "authenticator";

    private readonly bool isDevelopment = environment.IsDevelopment();

    /// <summary>The name of a cookie of ours; in Production one that only this site, over HTTPS, can set.</summary>
    public string Name(string purpose) => (isDevelopment ? "policyhub-" : "__Host-policyhub-") + purpose;

    /// <summary>How cookies of ours are set: read by no script, and in Production sent over HTTPS only.</summary>
    public CookieOptions Options(HttpContext context, TimeSpan life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = !isDevelopment || context.Request.IsHttps,
        Path = "/",
        IsEssential = true,
        MaxAge = life,
    };

    public void Set(HttpContext context, string purpose, string value, TimeSpan life) =>
        context.Response.Cookies.Append(Name(purpose), Protector(purpose).Protect(value, life), Options(context, life));

    /// <summary>What a cookie holds; null: there is none, or it is old or not ours.</summary>
    public string? Read(HttpContext context, string purpose)
    {
        try
        {
            return context.Request.Cookies[Name(purpose)] is { Length: > 0 and < 8000 } held ? Protector(purpose).Unprotect(held) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What a cookie holds, which is gone then.</summary>
    public string? Take(HttpContext context, string purpose)
    {
        var held = Read(context, purpose);
        Delete(context, purpose);
        return held;
    }

    public void Delete(HttpContext context, string purpose) =>
        context.Response.Cookies.Delete(Name(purpose), Options(context, TimeSpan.Zero));

    private ITimeLimitedDataProtector Protector(string purpose) => protection.CreateProtector("PolicyHub.SignIn", purpose).ToTimeLimitedDataProtector();
}
