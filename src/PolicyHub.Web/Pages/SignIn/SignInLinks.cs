using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Local;

namespace PolicyHub.Web.Pages.SignIn;

/// <summary>The addresses of signing in and out.</summary>
public static class SignInLinks
{
    public const string Page = "/sign-in";

    /// <summary>Where the choice of a sample person is sent.</summary>
    public const string Sample = "/sign-in?handler=Sample";

    /// <summary>Where name and password are sent.</summary>
    public const string Password = "/sign-in?handler=Password";

    /// <summary>Where what a passkey signed is sent, and where what it is to sign is asked for.</summary>
    public const string Passkey = "/sign-in?handler=Passkey";

    public const string PasskeyOptions = "/sign-in?handler=PasskeyOptions";

    /// <summary>Where the code of an authenticator, or a recovery code, is asked for.</summary>
    public const string Code = "/sign-in/code";

    /// <summary>Where a one-time link leads.</summary>
    public const string Welcome = "/welcome";

    public const string WelcomePasskey = "/welcome?handler=Passkey";

    public const string WelcomePasskeyOptions = "/welcome?handler=PasskeyOptions";

    /// <summary>Where one says at a counter PC who one is.</summary>
    public const string Who = "/who";

    /// <summary>Where what a passkey is to sign at a counter PC is asked for; what it signed goes with the form of the act.</summary>
    public const string WhoPasskeyOptions = "/who?handler=PasskeyOptions";

    /// <summary>Where one says at a counter PC that one is done.</summary>
    public const string WhoDone = "/who?handler=Done";

    /// <summary>Where a link that enrols a counter PC leads.</summary>
    public const string CounterPc = "/counter-pc";

    /// <summary>The part of a link that holds its key; proxies are told to log addresses without what follows the question mark.</summary>
    public const string Key = "key";

    public const string Out = "/sign-out";

    /// <summary>Where one comes back to, in the address of the page.</summary>
    public const string Return = "return";

    /// <summary>The page to sign in on, and the address that it leads back to.</summary>
    public static string To(string address) => address is "" or "/" || !IsOurs(address) ? Page : $"{Page}?{Return}={UrlEncoder.Default.Encode(address)}";

    /// <summary>Whether an address is one of this site; <c>//elsewhere</c> and <c>/\elsewhere</c> are not.</summary>
    public static bool IsOurs(string? address) =>
        address is ['/', ..] && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl);

    /// <summary>The page of a counter PC that asks who one is, and the address that it leads back to.</summary>
    public static string ToWho(string address) => IsOurs(address) ? $"{Who}?{Return}={UrlEncoder.Default.Encode(address)}" : Who;

    /// <summary>The page that asks for a code, and the address that it leads back to.</summary>
    public static string ToCode(string address) => address is "" or "/" || !IsOurs(address) ? Code : $"{Code}?{Return}={UrlEncoder.Default.Encode(address)}";

    /// <summary>The key of the words for a try that did not sign anybody in.</summary>
    internal static string FaultOf(TryOutcome outcome) => outcome == TryOutcome.TooFast ? "sign-in.too-fast" : "sign-in.wrong";

    /// <summary>The page again after a try that failed, with the status that says so to whoever tries too fast.</summary>
    internal static PageResult PageOf(this PageModel page, TryOutcome outcome)
    {
        if (outcome == TryOutcome.TooFast)
        {
            page.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            page.Response.Headers.RetryAfter = "10";
        }

        return page.Page();
    }

    /// <summary>A one-time link.</summary>
    public static string ToWelcome(string key) => $"{Welcome}?{Key}={key}";

    public static string ToCounterPc(string key) => $"{CounterPc}?{Key}={key}";

    /// <summary>At a counter PC of which nobody has said who they are: leads a page that asks for a person to where they can say so.</summary>
    internal static bool AskAtCounter(RedirectContext<CookieAuthenticationOptions> asked)
    {
        var request = asked.Request;
        if (HubIdentity.Of(asked.HttpContext) is not { CounterPc: not null, Acting: null } || !IsPage(request))
        {
            return false;
        }

        var isPersonal = asked.HttpContext.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(needed => needed.Policy == Policies.Acting) == true;
        var address = request.Path + request.QueryString;
        asked.Response.Redirect(isPersonal ? ToWho(address) : To(address));
        return true;
    }

    /// <summary>
    /// Asks who has not signed in to do so: a page leads there and back again; what a script asks for, and what somebody typed into a form
    /// that they send, is answered in place, so that nothing is lost.
    /// </summary>
    internal static Task AskAsync(RedirectContext<CookieAuthenticationOptions> asked)
    {
        var request = asked.Request;
        if (IsPage(request))
        {
            asked.Response.Redirect(To(request.Path + request.QueryString));
        }
        else
        {
            asked.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && request.Headers["Sec-Fetch-Dest"].ToString() is "" or "document";
}
