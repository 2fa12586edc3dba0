using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PolicyHub.Records.People;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Counter;

namespace PolicyHub.Web.Pages.SignIn;

/// <summary>Where a link that enrols a counter PC leads. It asks first: to look at a link is not to use it.</summary>
[AllowAnonymous]
public sealed class CounterPcModel(Visit visit, CounterPcBook book, IServiceProvider services) : HubPage(visit)
{
    [BindProperty(SupportsGet = true, Name = SignInLinks.Key)]
    public string? Key { get; set; }

    /// <summary>What the link is for; null: it can't be used.</summary>
    internal CounterPc? Pc { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await KnowsAsync() ? Page() : NoUse();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await KnowsAsync() || !await services.GetRequiredService<CounterPcs>().EnrolAsync(HttpContext, Key!))
        {
            return NoUse();
        }

        await SignInService.SignOutAsync(HttpContext);
        return LocalRedirect("/");
    }

    private async Task<bool> KnowsAsync()
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Pc = Key is { Length: 64 } ? await book.OfLinkAsync(Key, HttpContext.RequestAborted) : null;
        return Pc is not null;
    }

    private PageResult NoUse()
    {
        Pc = null;
        Response.StatusCode = StatusCodes.Status410Gone;
        return Page();
    }
}
