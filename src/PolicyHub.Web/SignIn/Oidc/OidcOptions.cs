using Microsoft.AspNetCore.Authentication.OAuth;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>What the handler needs beside the framework's: made by <see cref="OidcServices.AddOidc"/> from <see cref="OidcSettings"/>.</summary>
public sealed class OidcOptions : OAuthOptions
{
    public OidcSettings Settings { get; set; } = new();

    /// <summary>Made once the back channel is.</summary>
    public OidcDiscovery Discovery { get; set; } = null!;

    /// <summary>Finds or makes the person and begins their session; false where they may not come.</summary>
    public Func<OidcSignIn, Task<bool>> OnSignedIn { get; set; } = null!;

    /// <summary>Ends sessions of somebody who signed out at the provider.</summary>
    public Func<HttpContext, OidcSignedOut, Task> OnSignedOut { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Hears of every sign-in that failed, for the audit log.</summary>
    public Func<HttpContext, OidcReason, Task> OnRefused { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The framework would want a secret and addresses here; ours come from settings and from the provider.</summary>
    public override void Validate()
    {
        if (string.IsNullOrEmpty(ClientId) || !CallbackPath.HasValue || OnSignedIn is null || Discovery is null)
        {
            throw new InvalidOperationException("The OpenID Connect scheme is not set up.");
        }
    }

    public override void Validate(string scheme)
    {
        if (string.Equals(scheme, SignInScheme, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The OpenID Connect scheme can't keep the session itself.");
        }

        Validate();
    }
}
