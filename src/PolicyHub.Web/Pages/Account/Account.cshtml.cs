using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;
using PolicyHub.Web.Audit;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Local;

namespace PolicyHub.Web.Pages.Account;

/// <summary>My account: how I sign in, my badge's PIN, and where I am signed in. At a counter PC only the last can be changed.</summary>
[Authorize(Policies.Acting)]
public sealed class AccountModel(Visit visit, AccountBook accounts, PeopleBook people, SessionBook sessions, IServiceProvider services) : HubPage(visit)
{
    internal Person Me { get; private set; } = null!;

    internal IReadOnlyList<Session> Sessions { get; private set; } = [];

    public IList<UserPasskeyInfo> Passkeys { get; private set; } = [];

    /// <summary>Whether this account is kept here and one has signed in with it.</summary>
    public bool IsOwn => Visit.Person is not null && Me.Source == PersonSource.Local;

    public bool HasPasskeys => IsOwn && services.GetRequiredService<Passkeys>().AreOn;

    /// <summary>Whether a change of how one signs in is asked for a new sign-in first.</summary>
    public bool IsRecent => Visit.IsRecent();

    /// <summary>The key of the words that say what was done, or what is wrong; null: nothing.</summary>
    public string? Done { get; private set; }

    public string? Fault { get; private set; }

    /// <summary>The end of the key of the words for how a session was begun.</summary>
    internal string MethodOf(Session session) => Visit.Words.Keys.Contains("account.method." + session.Method) ? session.Method : "other";

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostEndOthersAsync()
    {
        await sessions.EndAllOfAsync(Visit.Acting!.Id, Visit.Acting.SessionId, AuditTrail.Who(HttpContext), HttpContext.RequestAborted);
        services.GetRequiredService<SignInService>().Refresh();
        return await ShowAsync("account.sessions.ended", null);
    }

    public async Task<IActionResult> OnPostPasswordAsync(string? current, string? password, string? again)
    {
        await ReadAsync();
        if (!IsOwn || Me.PasswordHash is null)
        {
            return NotFound();
        }

        // The password that was stands for a sign-in, and tries at it are counted as at one.
        var tries = services.GetRequiredService<Tries>();
        var cancellation = HttpContext.RequestAborted;
        var counted = await tries.CountAsync(Me.UserName!, cancellation);
        if (counted is null || !Records.People.Passwords.Verify(counted.PasswordHash, Short(current)) || tries.IsLocked(counted))
        {
            await tries.FailedAsync(counted, cancellation);
            await services.GetRequiredService<AuditTrail>().RefusedAsync(HttpContext, "password-change");
            return await ShowAsync(null, "account.password.wrong");
        }

        await tries.SucceededAsync(counted, cancellation);
        if ((PasswordRules.Fault(password ?? "", [Me.Name, Me.UserName ?? "", Visit.Settings.Name, Visit.Settings.ShortName]) ?? (password == again ? null : "again")) is { } fault)
        {
            return await ShowAsync(null, "password.wrong." + fault);
        }

        var hash = Records.People.Passwords.Hash(password!);
        await accounts.ChangeAsync(
            Me.Id, "password-changed", me => (me.PasswordHash, me.SecurityStamp) = (hash, Guid.NewGuid().ToString()), AuditTrail.Who(HttpContext), cancellation, Visit.Person!.SessionId);
        services.GetRequiredService<SignInService>().Refresh();
        return await ShowAsync("account.password.done", null);
    }

    public async Task<IActionResult> OnPostPinAsync(string? pin, string? again)
    {
        await ReadAsync();
        if (Visit.Person is null || Me.Badge is null)
        {
            return NotFound();
        }

        if (!IsRecent)
        {
            return RecentSignIn.Ask();
        }

        if ((PasswordRules.PinFault(pin ?? "", Me.Badge) ?? (pin == again ? null : "again")) is { } fault)
        {
            return await ShowAsync(null, "pin.wrong." + fault);
        }

        var hash = Records.People.Passwords.Hash(pin!);
        await accounts.ChangeAsync(
            Me.Id, "pin-changed", me => (me.PinHash, me.PinFailures, me.PinLocked) = (hash, 0, null), AuditTrail.Who(HttpContext), HttpContext.RequestAborted);
        return await ShowAsync("account.pin.done", null);
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync()
    {
        await ReadAsync();
        return !HasPasskeys ? NotFound()
            : !IsRecent ? StatusCode(StatusCodes.Status401Unauthorized)
            : Content(await services.GetRequiredService<Passkeys>().BeginEnrolAsync(HttpContext, Me), "application/json");
    }

    public async Task<IActionResult> OnPostAddPasskeyAsync(string? credential, string? name)
    {
        await ReadAsync();
        if (!HasPasskeys)
        {
            return NotFound();
        }

        if (!IsRecent)
        {
            return RecentSignIn.Ask();
        }

        var passkeys = services.GetRequiredService<Passkeys>();
        var made = await passkeys.FinishEnrolAsync(HttpContext, Me, credential ?? "", name ?? "");
        if (made is null || !await services.GetRequiredService<PasskeyBook>().AddAsync(Me.Id, made, AuditTrail.Who(HttpContext), HttpContext.RequestAborted))
        {
            return await ShowAsync(null, "account.passkey.failed");
        }

        return await ShowAsync("account.passkey.done", null);
    }

    public async Task<IActionResult> OnPostRenamePasskeyAsync(string? id, string? name)
    {
        await ReadAsync();
        return !HasPasskeys || !await services.GetRequiredService<Passkeys>().RenameAsync(Me.Id, id ?? "", name ?? "")
            ? NotFound()
            : await ShowAsync("account.passkey.renamed", null);
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(string? id)
    {
        await ReadAsync();
        if (!HasPasskeys)
        {
            return NotFound();
        }

        if (!IsRecent)
        {
            return RecentSignIn.Ask();
        }

        if (Passkeys.Count == 1 && Me.PasswordHash is null)
        {
            return await ShowAsync(null, "account.passkey.last");
        }

        if (!await services.GetRequiredService<Passkeys>().RemoveAsync(HttpContext, Me.Id, id ?? ""))
        {
            return NotFound();
        }

        return await ShowAsync("account.passkey.removed", null);
    }

    private static string Short(string? password) => password is { Length: <= PasswordRules.Longest } ? password : "";

    private async Task<IActionResult> ShowAsync(string? done, string? fault)
    {
        await ReadAsync();
        (Done, Fault) = (done, fault);
        return Page();
    }

    private async Task ReadAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        Me = (await people.FindAsync(Visit.Acting!.Id, cancellation))!;
        Sessions = [.. (await sessions.OpenOfAsync(Me.Id, services.GetRequiredService<Web.SignIn.SignInOptions>().Idle, cancellation))];
        Passkeys = HasPasskeys ? await services.GetRequiredService<Passkeys>().ListAsync(Me.Id) : [];
    }
}
