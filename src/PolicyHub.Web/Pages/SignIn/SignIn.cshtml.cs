using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Records.People;
using PolicyHub.Web.Audit;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Local;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Pages.SignIn;

/// <summary>Where one says who one is, by one of the ways that are set up.</summary>
[AllowAnonymous]
public sealed class SignInModel(Visit visit, IWebHostEnvironment environment, RecordsKept records, PeopleBook people, IServiceProvider services) : HubPage(visit)
{
    private readonly LocalSignIn local = services.GetRequiredService<LocalSignIn>();

    /// <summary>The address of ours to come back to.</summary>
    [BindProperty(SupportsGet = true, Name = SignInLinks.Return)]
    public string? ReturnTo { get; set; }

    public string Back => SignInLinks.IsOurs(ReturnTo) ? ReturnTo! : "/";

    /// <summary>People to be in Development; elsewhere none.</summary>
    internal ImmutableArray<(string Slug, Person Person)> Samples => records.Are && environment.IsDevelopment() ? SamplePeople.All : [];

    /// <summary>Whether accounts kept here sign in.</summary>
    public bool IsLocal => local.IsOn;

    public bool HasPasskeys => IsLocal && services.GetRequiredService<Passkeys>().AreOn;

    /// <summary>The user name that was typed, after a try that failed.</summary>
    public string Typed { get; private set; } = "";

    /// <summary>The key of the words that say what is wrong; null: nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>The provider to sign in with; null: there is none.</summary>
    internal OidcSettings? Provider => services.GetRequiredService<SignInOptions>().Oidc is { IsOn: true } oidc ? oidc : null;

    public void OnGet()
    {
        // The ways in are the page's to show.
    }

    public async Task<IActionResult> OnPostSampleAsync(string person)
    {
        if (Samples.FirstOrDefault(one => one.Slug == person).Person is not { } sample)
        {
            return NotFound();
        }

        var known = await people.TakeAsync(sample, AuditTrail.Who(HttpContext), HttpContext.RequestAborted);
        await services.GetRequiredService<SignInService>().SignInAsync(HttpContext, known, "sample");
        return LocalRedirect(Back);
    }

    public async Task<IActionResult> OnPostPasswordAsync(string? name, string? password)
    {
        if (!IsLocal)
        {
            return NotFound();
        }

        switch (await local.TryPasswordAsync(HttpContext, name ?? "", password ?? ""))
        {
            case TryOutcome.SignedIn:
                return LocalRedirect(Back);
            case TryOutcome.NeedsCode:
                return LocalRedirect(SignInLinks.ToCode(Back));
            case var outcome:
                (Typed, Fault) = (name ?? "", SignInLinks.FaultOf(outcome));
                return this.PageOf(outcome);
        }
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync() =>
        HasPasskeys ? Content(await services.GetRequiredService<Passkeys>().BeginAsync(HttpContext), "application/json") : NotFound();

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        if (!HasPasskeys)
        {
            return NotFound();
        }

        if (await services.GetRequiredService<Passkeys>().WhoAsync(HttpContext, credential ?? "") is not { } person)
        {
            Fault = "sign-in.passkey.wrong";
            return Page();
        }

        await services.GetRequiredService<SignInService>().SignInAsync(HttpContext, person, "passkey");
        return LocalRedirect(Back);
    }
}
