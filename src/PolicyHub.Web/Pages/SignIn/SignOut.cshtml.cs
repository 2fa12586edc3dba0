using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.SignIn;

/// <summary>Ends the session of this browser.</summary>
[AllowAnonymous]
public sealed class SignOutModel(Visit visit) : HubPage(visit)
{
    public void OnGet()
    {
        // It asks first: an address alone must not sign anybody out.
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await SignInService.SignOutAsync(HttpContext);
        return LocalRedirect(SignInLinks.Page);
    }
}
