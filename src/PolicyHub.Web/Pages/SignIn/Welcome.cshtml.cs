using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PolicyHub.Records.People;
using PolicyHub.Web.Audit;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Local;

namespace PolicyHub.Web.Pages.SignIn;

/// <summary>Where a one-time link leads: its person chooses a password, or makes a passkey. Looking at it uses nothing up.</summary>
[AllowAnonymous]
public sealed class WelcomeModel(Visit visit, AccountBook accounts, IServiceProvider services) : HubPage(visit)
{
    [BindProperty(SupportsGet = true, Name = SignInLinks.Key)]
    public string? Key { get; set; }

    /// <summary>Whose link it is; null: it can't be used.</summary>
    internal Person? Invited { get; private set; }

    /// <summary>The end of the key of the words that say what is wrong with the password; null: nothing is.</summary>
    public string? Fault { get; private set; }

    public bool HasPasskeys => services.GetRequiredService<Passkeys>().AreOn;

    public async Task<IActionResult> OnGetAsync() => await KnowsAsync() ? Page() : NoUse();

    public async Task<IActionResult> OnPostAsync(string? password, string? again)
    {
        if (!await KnowsAsync())
        {
            return NoUse();
        }

        Fault = PasswordRules.Fault(password ?? "", [Invited!.Name, Invited.UserName ?? "", Visit.Settings.Name, Visit.Settings.ShortName])
            ?? (password == again ? null : "again");
        if (Fault is not null)
        {
            return Page();
        }

        return await AcceptAsync(Passwords.Hash(password!), passkey: null);
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync() =>
        HasPasskeys && await KnowsAsync() ? Content(await services.GetRequiredService<Passkeys>().BeginEnrolAsync(HttpContext, Invited!), "application/json") : NotFound();

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        if (!HasPasskeys || !await KnowsAsync())
        {
            return NoUse();
        }

        var passkeys = services.GetRequiredService<Passkeys>();
        if (await passkeys.FinishEnrolAsync(HttpContext, Invited!, credential ?? "", Visit["account.passkey.first"]) is not { } passkey)
        {
            Fault = "passkey";
            return Page();
        }

        return await AcceptAsync(passwordHash: null, passkey);
    }

    private async Task<IActionResult> AcceptAsync(string? passwordHash, Microsoft.AspNetCore.Identity.UserPasskeyInfo? passkey)
    {
        if (await accounts.AcceptAsync(Key!, passwordHash, passkey, AuditTrail.Who(HttpContext), HttpContext.RequestAborted) is not { } person)
        {
            return NoUse();
        }

        var signIn = services.GetRequiredService<SignInService>();
        signIn.Refresh();
        var method = passkey is null ? "password" : "passkey";
        if (method == "password" && person.TwoFactorEnabled)
        {
            return LocalRedirect(SignInLinks.Page);
        }

        if (!services.GetRequiredService<SessionTickets>().IsActive(person))
        {
            return LocalRedirect(SignInLinks.Page);
        }

        await signIn.SignInAsync(HttpContext, person, method);
        return LocalRedirect("/");
    }

    private async Task<bool> KnowsAsync()
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Invited = services.GetRequiredService<LocalSignIn>().IsOn && Key is { Length: 64 } ? await accounts.OfInvitationAsync(Key, HttpContext.RequestAborted) : null;
        return Invited is not null;
    }

    private PageResult NoUse()
    {
        Invited = null;
        Response.StatusCode = StatusCodes.Status410Gone;
        return Page();
    }
}
