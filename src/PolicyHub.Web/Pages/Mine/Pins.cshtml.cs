using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Web.Api;
using PolicyHub.Web.Pages.Find;
using PolicyHub.Web.Pages.SignIn;
using PolicyHub.Web.Reading;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Counter;

namespace PolicyHub.Web.Pages.Mine;

/// <summary>
/// Pins a document, or unpins it; forgets what was opened lately, and puts a note away. Scripts send the same form from where one is. At a counter PC the form asks
/// for whom it is pinned; it is unpinned on one's start page, as only there it is known what is.
/// </summary>
[Authorize(Policies.AskedInPlace)]
public sealed class PinsModel(Visit visit, MyReading mine, IServiceProvider services) : HubPage(visit)
{
    /// <summary>The path of the document, without extension.</summary>
    public string Read { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string Address { get; private set; } = "";

    public bool IsPinned { get; private set; }

    public bool HasTooMany { get; private set; }

    /// <summary>Whether it was pinned for somebody of whom no more is known by now.</summary>
    public bool IsDone { get; private set; }

    public WhoActs Who { get; private set; } = new() { Id = "pin-who" };

    public async Task<IActionResult> OnGetAsync(string? read, string? done)
    {
        IsDone = done == "1";
        if (string.IsNullOrEmpty(read))
        {
            return LocalRedirect(FindLinks.Home);
        }

        return await ShowAsync(read) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? read, [FromForm] string? on)
    {
        if (on is not ("0" or "1"))
        {
            return BadRequest();
        }

        // What is no document any more can still be unpinned.
        if (!await ShowAsync(read ?? "") && on == "1")
        {
            return NotFound();
        }

        var answer = await services.GetRequiredService<ActingPerson>().TakeAsync(HttpContext);
        Who = Who.Again(HttpContext, answer.Fault);
        if (answer.Person is not { } person)
        {
            return this.AskAgain(answer.Fault!);
        }

        if (!await mine.PinAsync(person, read ?? "", on == "1", HttpContext.RequestAborted))
        {
            HasTooMany = true;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        return LocalRedirect(Address.Length == 0 ? FindLinks.Home : ActingPerson.Asks(HttpContext) ? MineLinks.Pinned(read!) : Address);
    }

    /// <summary>From the list of pins itself: stays there.</summary>
    public async Task<IActionResult> OnPostUnpinAsync([FromForm] string? read)
    {
        if (Visit.Acting is not { } person)
        {
            return LocalRedirect(SignInLinks.ToWho(FindLinks.Home));
        }

        await mine.PinAsync(person, read ?? "", on: false, HttpContext.RequestAborted);
        return LocalRedirect(FindLinks.Home);
    }

    public async Task<IActionResult> OnPostForgetAsync()
    {
        if (Visit.Acting is not { } person)
        {
            return LocalRedirect(SignInLinks.ToWho(FindLinks.Home));
        }

        await mine.ForgetRecentAsync(person, HttpContext.RequestAborted);
        return LocalRedirect(FindLinks.Home);
    }

    /// <summary>A note that an urgent text was taken back was read; comes back to the page on which it stood.</summary>
    public async Task<IActionResult> OnPostPutAwayAsync([FromForm] Guid? change, [FromForm] string? read, [FromForm] string? back)
    {
        if (Visit.Person is not { } person)
        {
            return LocalRedirect(SignInLinks.To(FindLinks.Home));
        }

        await services.GetRequiredService<TakenBackNotes>().PutAwayAsync(person, change ?? Guid.Empty, read ?? "", HttpContext.RequestAborted);
        return LocalRedirect(Url.IsLocalUrl(back) ? back : FindLinks.Home);
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
