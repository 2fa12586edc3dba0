using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace PolicyHub.Web.Pages.SignIn;

/// <summary>The addresses of signing in and out.</summary>
public static class SignInLinks
{
    public const string Page = "/sign-in";

    /// <summary>Where the choice of a sample person is sent.</summary>
    public const string Sample = "/sign-in?handler=Sample";

    public const string Out = "/sign-out";

    /// <summary>Where one comes back to, in the address of the page.</summary>
    public const string Return = "return";

    /// <summary>The page to sign in on, and the address that it leads back to.</summary>
    public static string To(string address) => address is "" or "/" || !IsOurs(address) ? Page : $"{Page}?{Return}={UrlEncoder.Default.Encode(address)}";

    /// <summary>Whether an address is one of this site; <c>//elsewhere</c> and <c>/\elsewhere</c> are not.</summary>
    public static bool IsOurs(string? address) =>
        address is ['/', ..] && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl);

    /// <summary>
    /// Asks who has not signed in to do so: a page leads there and back again; what a script asks for, and what somebody typed into a form
    /// that they send, is answered in place, so that nothing is lost.
    /// </summary>
    internal static Task AskAsync(RedirectContext<CookieAuthenticationOptions> asked)
    {
        var request = asked.Request;
        var isPage = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isPage && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && request.Headers["Sec-Fetch-Dest"].ToString() is "" or "document")
        {
            asked.Response.Redirect(To(request.Path + request.QueryString));
        }
        else
        {
            asked.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }
}
