using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content;
using PolicyHub.Content.Editions;
using PolicyHub.Records.People;
using PolicyHub.Web.Pages.Propose;
using PolicyHub.Web.Propose;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Mine;

/// <summary>What waits for a person: their changes, what they are asked for, reviews that are due, and what is planned.</summary>
[Authorize(Policies.Person)]
public sealed class MyWorkModel(Visit visit, RecordsKept kept, IServiceProvider services) : HubPage(visit)
{
    public Work Work { get; private set; } = null!;

    /// <summary>Whether they may begin a change.</summary>
    public bool IsAuthor => Visit.Person?.Is(Role.Author) == true;

    /// <summary>Whether there is anything here for a person: whoever writes, approves or owns.</summary>
    public static bool IsFor(SignedIn person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person.Is(Role.Author) || person.Is(Role.Approver) || !person.Positions.IsEmpty;
    }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!kept.Are || Visit.Person is not { } person || Colleagues.Of(HttpContext, Visit) is not { } me)
        {
            return NotFound();
        }

        Work = await services.GetRequiredService<WorkList>().ReadAsync(me, person, Visit, HttpContext.RequestAborted);
        return Page();
    }

    /// <summary>A document was reviewed and stays as it is: a change of the day of its next review alone, which is approved like any other.</summary>
    public Task<IActionResult> OnPostReviewedAsync([FromForm] string? doc) => BeginAsync(doc, (acts, found) => acts.ReviewedAsync(HttpContext, Visit, found));

    /// <summary>The planned text of a document is to take effect on another day.</summary>
    public Task<IActionResult> OnPostMoveAsync([FromForm] string? doc) => BeginAsync(doc, (acts, found) => acts.MoveAsync(HttpContext, Visit, found));

    /// <summary>The planned text of a document is not to take effect.</summary>
    public Task<IActionResult> OnPostCancelAsync([FromForm] string? doc) => BeginAsync(doc, (acts, found) => acts.CancelAsync(HttpContext, Visit, found));

    private async Task<IActionResult> BeginAsync(string? doc, Func<WorkActs, EditionDocument, Task<Guid?>> begin) =>
        kept.Are && LibraryPath.TryParse(doc, out var path) && Visit.Today.Find(path, Reader) is { } found && Visit.Person?.MayWrite(found.Document) == true
            && await begin(services.GetRequiredService<WorkActs>(), found) is { } id
            ? LocalRedirect(ChangeLinks.Of(id))
            : NotFound();
}
