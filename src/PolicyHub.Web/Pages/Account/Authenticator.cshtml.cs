using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using PolicyHub.Records.People;
using PolicyHub.Web.Audit;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Local;

namespace PolicyHub.Web.Pages.Account;

/// <summary>Sets up an authenticator for one's account, takes it away, and makes recovery codes anew.</summary>
[Authorize(Policies.Person)]
public sealed class AuthenticatorModel(Visit visit, AccountBook accounts, PeopleBook people, IServiceProvider services) : HubPage(visit)
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(10);

    private readonly SealedCookies cookies = services.GetRequiredService<SealedCookies>();
    private readonly LocalSignIn local = services.GetRequiredService<LocalSignIn>();

    /// <summary>The key to type into an authenticator, in groups of four; null: it is set up.</summary>
    public string? Key { get; private set; }

    public bool IsWrong { get; private set; }

    /// <summary>Codes to keep; they are shown this once.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    private Person Me { get; set; } = null!;

    /// <summary>Only for an account kept here, and soon after a sign-in.</summary>
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Me = (await people.FindAsync(Visit.Person!.Id, HttpContext.RequestAborted))!;
        if (Me.Source != PersonSource.Local)
        {
            context.Result = NotFound();
        }
        else if (!Visit.IsRecent())
        {
            context.Result = RecentSignIn.Ask();
        }
        else
        {
            await next();
        }
    }

    public void OnGet() => Begin(Totp.NewKey());

    public async Task<IActionResult> OnPostAsync(string? code)
    {
        if (Kept() is not { } key)
        {
            return LocalRedirect(AccountLinks.Authenticator);
        }

        if (!services.GetRequiredService<SignInLimits>().Allows(HttpContext, Me.UserName) || local.StepOf(key, code ?? "") is not { } step)
        {
            (Key, IsWrong) = (Grouped(key), true);
            return Page();
        }

        RecoveryCodes = Totp.NewRecoveryCodes();
        await accounts.ChangeAsync(
            Me.Id,
            "authenticator-added",
            me => (me.AuthenticatorKey, me.TwoFactorEnabled, me.LastCodeStep, me.RecoveryCodes) = (local.Seal(key), true, step, [.. RecoveryCodes.Select(Totp.RecoveryHash)]),
            AuditTrail.Who(HttpContext),
            HttpContext.RequestAborted);
        cookies.Delete(HttpContext, SealedCookies.NewAuthenticator);
        return Page();
    }

    public async Task<IActionResult> OnPostRecoveryCodesAsync()
    {
        if (!Me.TwoFactorEnabled)
        {
            return NotFound();
        }

        RecoveryCodes = Totp.NewRecoveryCodes();
        await accounts.ChangeAsync(
            Me.Id, "recovery-codes-made", me => me.RecoveryCodes = [.. RecoveryCodes.Select(Totp.RecoveryHash)], AuditTrail.Who(HttpContext), HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        await accounts.ChangeAsync(
            Me.Id, "authenticator-removed", me => (me.AuthenticatorKey, me.TwoFactorEnabled, me.RecoveryCodes) = (null, false, []), AuditTrail.Who(HttpContext), HttpContext.RequestAborted);
        return LocalRedirect(AccountLinks.Page);
    }

    private void Begin(string key)
    {
        cookies.Set(HttpContext, SealedCookies.NewAuthenticator, $"{Me.Id} {key}", Wait);
        Key = Grouped(key);
    }

    private string? Kept() => cookies.Read(HttpContext, SealedCookies.NewAuthenticator)?.Split(' ') is [var id, var key] && id == Me.Id.ToString() ? key : null;

    private static string Grouped(string key) => string.Join(' ', key.Chunk(4).Select(group => new string(group)));
}
