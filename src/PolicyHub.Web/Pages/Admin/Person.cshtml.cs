using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Pages.SignIn;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Admin;

/// <summary>One account: new, or to change, disable, give a new link or sign out everywhere.</summary>
[Authorize(Policies.Administrator)]
public sealed class PersonModel(Visit visit, AccountBook accounts, PeopleBook people, IServiceProvider services) : HubPage(visit)
{
    private readonly SignInService signIn = services.GetRequiredService<SignInService>();

    /// <summary>Null: a new account.</summary>
    internal Person? Known { get; private set; }

    internal PersonForm Form { get; private set; } = new();

    /// <summary>Ends of keys of the words that say what can't be taken.</summary>
    public ImmutableArray<string> Faults { get; private set; } = [];

    /// <summary>The one-time link that was made just now; it is shown this once.</summary>
    public string? Link { get; private set; }

    /// <summary>The key of the words that say what was done; null: nothing.</summary>
    public string? Done { get; private set; }

    /// <summary>Whether it is an account kept here; what the organisation's own sign-in says of a person is changed there.</summary>
    public bool IsLocal => Known is null or { Source: PersonSource.Local };

    internal string State => Known is null ? "" : PersonState.Of(Known, DateOnly.FromDateTime(Visit.Dates.Local));

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (!await FindAsync(id))
        {
            return NotFound();
        }

        Form = Known is null ? new PersonForm() : PersonForm.Of(Known);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id)
    {
        if (!await FindAsync(id) || !IsLocal)
        {
            return NotFound();
        }

        Form = Read() with { UserName = Known?.UserName ?? Text("userName") };
        Faults = Form.Faults;
        if (Known is { } me && me.Id == Visit.Person!.Id && Faults.IsEmpty && !Form.Make(default).Grants.Any(grant => grant.Role == Role.Administrator))
        {
            Faults = ["own-role"];
        }

        if (!Faults.IsEmpty)
        {
            return Page();
        }

        return Known is null ? await AddAsync() : await ChangeAsync(Known);
    }

    public Task<IActionResult> OnPostDisableAsync(string id) => DisableAsync(id, isDisabled: true);

    public Task<IActionResult> OnPostEnableAsync(string id) => DisableAsync(id, isDisabled: false);

    public async Task<IActionResult> OnPostSignOutAsync(string id)
    {
        if (!await FindAsync(id) || Known is null)
        {
            return NotFound();
        }

        await services.GetRequiredService<SessionBook>().EndAllOfAsync(Known.Id, kept: "", AuditTrail.Who(HttpContext), HttpContext.RequestAborted);
        signIn.Refresh();
        return Show("people.done.signed-out");
    }

    public async Task<IActionResult> OnPostInviteAsync(string id, string? forget)
    {
        if (!await FindAsync(id) || Known is null || await accounts.InviteAsync(Known.Id, forget == "on", AuditTrail.Who(HttpContext), HttpContext.RequestAborted) is not { } key)
        {
            return NotFound();
        }

        signIn.Refresh();
        return Show("people.done.link", key);
    }

    private async Task<IActionResult> AddAsync()
    {
        var added = await accounts.AddAsync([Form], AuditTrail.Who(HttpContext), HttpContext.RequestAborted);
        if (added.Taken.Count > 0)
        {
            Faults = [.. added.Taken.Select(taken => taken.What + ".taken")];
            return Page();
        }

        Known = added.Invited[0].Person;
        return Show("people.done.added", added.Invited[0].Key);
    }

    private async Task<IActionResult> ChangeAsync(Person before)
    {
        if (await accounts.ChangeAsync(before.Id, Form, AuditTrail.Who(HttpContext), HttpContext.RequestAborted) is { } fault)
        {
            Faults = [fault + ".taken"];
            return Page();
        }

        Known = (await people.FindAsync(before.Id, HttpContext.RequestAborted))!;
        signIn.Refresh();
        return Show("people.done.changed");
    }

    private async Task<IActionResult> DisableAsync(string id, bool isDisabled)
    {
        if (!await FindAsync(id) || Known is null)
        {
            return NotFound();
        }

        if (isDisabled && Known.Id == Visit.Person!.Id)
        {
            (Form, Faults) = (PersonForm.Of(Known), ["own-role"]);
            return Page();
        }

        await accounts.DisableAsync(Known.Id, isDisabled, AuditTrail.Who(HttpContext), HttpContext.RequestAborted);
        Known = (await people.FindAsync(Known.Id, HttpContext.RequestAborted))!;
        signIn.Refresh();
        return Show(isDisabled ? "people.done.disabled" : "people.done.enabled");
    }

    private async Task<bool> FindAsync(string id)
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Known = Guid.TryParseExact(id, "D", out var guid) ? await people.FindAsync(guid, HttpContext.RequestAborted) : null;
        return Known is not null || id == "new";
    }

    private PageResult Show(string done, string? key = null)
    {
        (Form, Done, Link) = (PersonForm.Of(Known!), done, key is null ? null : Visit.Origin + SignInLinks.ToWelcome(key));
        return Page();
    }

    private PersonForm Read() => new()
    {
        Name = Text("name"),
        Mail = Text("mail"),
        Desk = Text("desk"),
        Audience = Text("audience"),
        Groups = Text("groups"),
        Positions = Text("positions"),
        Roles = Text("roles"),
        Start = Text("start"),
        End = Text("end"),
        Badge = Text("badge"),
    };

    private string Text(string field) => Request.Form[field].ToString() is var text && text.Length > 2000 ? text[..2000] : text;
}
