using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Web.Api;
using PolicyHub.Web.Pages.Find;
using PolicyHub.Web.Reading;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Mine;

/// <summary>Pins a document, or unpins it; forgets what was opened lately. Scripts send the same form from where one is.</summary>
[Authorize(Policies.Acting)]
public sealed class PinsModel(Visit visit, MyReading mine) : HubPage(visit)
{
    /// <summary>The path of the document, without extension.</summary>
    public string Read { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string Address { get; private set; } = "";

    public bool IsPinned { get; private set; }

    public bool HasTooMany { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? read)
    {
        if (string.IsNullOrEmpty(read))
        {
            return LocalRedirect(FindLinks.Home);
        }

        return await ShowAsync(read) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? read, [FromForm] string? on)
    {
        if (Visit.Acting is not { } person || on is not ("0" or "1"))
        {
            return BadRequest();
        }

        // What is no document any more can still be unpinned.
        if (!await ShowAsync(read ?? "") && on == "1")
        {
            return NotFound();
        }

        if (!await mine.PinAsync(person, read ?? "", on == "1", HttpContext.RequestAborted))
        {
            HasTooMany = true;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        return LocalRedirect(Address.Length > 0 ? Address : FindLinks.Home);
    }

    /// <summary>From the list of pins itself: stays there.</summary>
    public async Task<IActionResult> OnPostUnpinAsync([FromForm] string? read)
    {
        if (Visit.Acting is not { } person)
        {
            return BadRequest();
        }

        await mine.PinAsync(person, read ?? "", on: false, HttpContext.RequestAborted);
        return LocalRedirect(FindLinks.Home);
    }

    public async Task<IActionResult> OnPostForgetAsync()
    {
        if (Visit.Acting is not { } person)
        {
            return BadRequest();
        }

        await mine.ForgetRecentAsync(person, HttpContext.RequestAborted);
        return LocalRedirect(FindLinks.Home);
    }

    private async Task<bool> ShowAsync(string read)
    {
        if (DocumentsEndpoint.Remembered(read, Visit) is not { } document)
        {
            return false;
        }

        (Read, Title, Address) = (read, document.Title, document.Url);
        IsPinned = Visit.Acting is { } person && (await mine.PinsOfAsync(person, HttpContext.RequestAborted)).Contains(read, StringComparer.Ordinal);
        return true;
    }
}
