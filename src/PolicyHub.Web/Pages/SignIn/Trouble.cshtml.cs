using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Pages.SignIn;

/// <summary>Why signing in with the provider did not work, and what to do. It takes a word from a list and shows nothing else that it is given.</summary>
[AllowAnonymous]
public sealed class TroubleModel(Visit visit, SignInOptions options, IWebHostEnvironment environment) : HubPage(visit)
{
    private const int LongestId = 40;

    [BindProperty(SupportsGet = true)]
    public string? Why { get; set; }

    [BindProperty(SupportsGet = true, Name = SignInLinks.Return)]
    public string? ReturnTo { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Id { get; set; }

    public string Back => OidcLinks.Local(ReturnTo);

    /// <summary>The group of words.</summary>
    public string Key => $"oidc.{Why}";

    /// <summary>Whether people can come in without the provider.</summary>
    public bool HasOtherWay => options.Local || environment.IsDevelopment();

    /// <summary>What an administrator finds the failure by in the log; null where it has not that form.</summary>
    public string? RequestId => Id is { Length: > 0 and <= LongestId } && Id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ':' or '-') ? Id : null;

    public IActionResult OnGet()
    {
        if (!options.Oidc.IsOn || !OidcTrouble.All.Contains(Why))
        {
            return NotFound();
        }

        Response.StatusCode = OidcTrouble.StatusOf(Why!);
        return Page();
    }
}
