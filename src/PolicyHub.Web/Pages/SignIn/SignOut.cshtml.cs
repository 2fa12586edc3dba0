using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Pages.SignIn;

/// <summary>Ends the session of this browser.</summary>
[AllowAnonymous]
public sealed class SignOutModel(Visit visit, IServiceProvider services) : HubPage(visit)
{
    /// <summary>Where the session at the provider ends, too; null: there is none to end.</summary>
    public string? Leave { get; private set; }

    public void OnGet()
    {
        // It asks first: an address alone must not sign anybody out.
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Leave = services.GetService<OidcSessions>() is { } provider ? await provider.LeaveAddressAsync(HttpContext, SignInLinks.Page) : null;
        await SignInService.SignOutAsync(HttpContext);
        if (Leave is null)
        {
            return LocalRedirect(SignInLinks.Page);
        }

        // Not a redirect: the page's policy lets a form lead to this site only, and a redirect after a form counts as its target.
        Response.Headers["Refresh"] = $"0;url={Leave}";
        return Page();
    }
}
