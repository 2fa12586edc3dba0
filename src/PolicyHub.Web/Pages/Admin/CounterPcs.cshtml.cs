using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Records.People;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Pages.SignIn;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Counter;

namespace PolicyHub.Web.Pages.Admin;

/// <summary>Browsers at counters that read without anybody signing in: sets one up, here or by a link, and takes it out of use.</summary>
[Authorize(Policies.Administrator)]
public sealed class CounterPcsModel(Visit visit, CounterPcBook book, IServiceProvider services) : HubPage(visit)
{
    internal IReadOnlyList<CounterPc> Pcs { get; private set; } = [];

    internal PersonForm Form { get; private set; } = new();

    /// <summary>The link that was made just now; it is shown this once.</summary>
    public string? Link { get; private set; }

    /// <summary>The key of the words that say what is wrong, or what was done; null: nothing.</summary>
    public string? Fault { get; private set; }

    public string? Done { get; private set; }

    public Task OnGetAsync() => ReadAsync();

    /// <param name="here">Whether the browser at hand is to be one.</param>
    public async Task<IActionResult> OnPostAsync(string? name, string? desk, string? audience, string? here)
    {
        Response.Headers.CacheControl = "no-cache, no-store";

        // The same texts as of a person, of whom the user name is made up here.
        Form = new PersonForm { Name = name ?? "", UserName = "pc", Desk = desk ?? "", Audience = audience ?? "" };
        if (Form.Name.Length > 100 || !Form.Faults.IsEmpty)
        {
            Fault = "pcs.wrong";
            await ReadAsync();
            return Page();
        }

        var (_, key) = await book.AddAsync(Form.Name.Trim(), Form.Desk.Trim(), Form.Audience.Trim(), Visit.Person!.Id, AuditTrail.Who(HttpContext), HttpContext.RequestAborted);
        if (here is null)
        {
            (Link, Form) = (Visit.Origin + SignInLinks.ToCounterPc(key), new PersonForm());
            await ReadAsync();
            return Page();
        }

        await services.GetRequiredService<CounterPcs>().EnrolAsync(HttpContext, key);

        // Whoever comes to the counter next is not the administrator.
        await SignInService.SignOutAsync(HttpContext);
        return LocalRedirect("/");
    }

    public async Task<IActionResult> OnPostRevokeAsync(string? id)
    {
        if (!Guid.TryParseExact(id, "D", out var guid) || !await services.GetRequiredService<CounterPcs>().RevokeAsync(guid, AuditTrail.Who(HttpContext), HttpContext.RequestAborted))
        {
            return NotFound();
        }

        Done = "pcs.revoked";
        await ReadAsync();
        return Page();
    }

    private async Task ReadAsync() => Pcs = await book.ListAsync(HttpContext.RequestAborted);
}
