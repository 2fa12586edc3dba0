using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Records.People;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Pages.SignIn;

/// <summary>Where one says who one is, by one of the ways that are set up.</summary>
[AllowAnonymous]
public sealed class SignInModel(Visit visit, IWebHostEnvironment environment, PeopleBook people, IServiceProvider services) : HubPage(visit)
{
    /// <summary>The address of ours to come back to.</summary>
    [BindProperty(SupportsGet = true, Name = SignInLinks.Return)]
    public string? ReturnTo { get; set; }

    public string Back => SignInLinks.IsOurs(ReturnTo) ? ReturnTo! : "/";

    /// <summary>People to be in Development; elsewhere none.</summary>
    internal ImmutableArray<(string Slug, Person Person)> Samples => environment.IsDevelopment() ? SamplePeople.All : [];

    /// <summary>The provider to sign in with; null: there is none.</summary>
    internal OidcSettings? Provider => services.GetRequiredService<SignInOptions>().Oidc is { IsOn: true } oidc ? oidc : null;

    public void OnGet()
    {
        // The ways in are the page's to show.
    }

    public async Task<IActionResult> OnPostSampleAsync(string person)
    {
        if (!environment.IsDevelopment() || SamplePeople.Find(person) is not { } sample)
        {
            return NotFound();
        }

        var known = await people.TakeAsync(sample, HttpContext.RequestAborted);
        await services.GetRequiredService<SignInService>().SignInAsync(HttpContext, known, "sample");
        return LocalRedirect(Back);
    }
}
