using Microsoft.AspNetCore.WebUtilities;
using PolicyHub.Web.Pages.SignIn;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Addresses of signing in at a provider. Those under <c>/signin-oidc</c> and <c>/signout-…</c> are registered with the provider.</summary>
public static class OidcLinks
{
    public const string Callback = "/signin-oidc";

    /// <summary>Where the provider sends people who signed out there at our wish.</summary>
    public const string SignedOutCallback = "/signout-callback-oidc";

    /// <summary>What the provider opens in a hidden frame when somebody signs out elsewhere (Front-Channel Logout 1.0).</summary>
    public const string FrontChannelSignOut = "/signout-oidc";

    /// <summary>What the provider itself posts to when somebody signs out elsewhere (Back-Channel Logout 1.0).</summary>
    public const string BackChannelSignOut = "/signout-oidc/back-channel";

    public const string Start = "/sign-in/oidc";

    public const string Trouble = "/sign-in/trouble";

    /// <summary>Begins a sign-in that ends at <paramref name="returnUrl"/>. For a link, not for a form: a form may lead to this site only.</summary>
    public static string StartFor(string? returnUrl) => QueryHelpers.AddQueryString(Start, SignInLinks.Return, Local(returnUrl));

    /// <summary>An address of this site, whatever was asked: the home page for anything that a browser could take for another site.</summary>
    public static string Local(string? address) => SignInLinks.IsOurs(address) ? address! : "/";
}
