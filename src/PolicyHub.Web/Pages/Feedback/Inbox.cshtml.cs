using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Records.Feedback;
using PolicyHub.Records.People;
using PolicyHub.Web.Feedback;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Feedback;

/// <summary>Notes to whoever owns the documents; an administrator sees how many wait, and none of them.</summary>
[Authorize(Policies.Person)]
public sealed class InboxModel(Visit visit, FeedbackDesk desk, FeedbackBox box) : HubPage(visit)
{
    public ImmutableArray<FeedbackNote> Notes { get; private set; } = [];

    /// <summary>How many wait in all; null where that would be a figure about too few people, and for whoever is no administrator.</summary>
    public int? Count { get; private set; }

    /// <summary>What became of what was sent; null: nothing was.</summary>
    public string? Told { get; private set; }

    public bool IsWrong { get; private set; }

    /// <summary>What was typed and could not be taken.</summary>
    public (Guid Id, string Word) Typed { get; private set; }

    public Task OnGetAsync(string? done)
    {
        Told = done switch { "resolved" => Visit["feedback.done.resolved"], "rejected" => Visit["feedback.done.rejected"], "gone" => Visit["feedback.done.gone"], _ => null };
        return LookAsync();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? id, [FromForm] string? word, [FromForm] string? state)
    {
        if (!Guid.TryParse(id, out var number) || await box.FindAsync(number, HttpContext.RequestAborted) is not { } note)
        {
            return NotFound();
        }

        if (Visit.Person is not { } person || !FeedbackDesk.IsFor(note, person, Visit))
        {
            return Forbid();
        }

        if (state is not ("resolved" or "rejected"))
        {
            return BadRequest();
        }

        var said = (word ?? "").Trim().ReplaceLineEndings("\n");
        if (said.Length is 0 or > FeedbackBox.LongestNote)
        {
            (Told, IsWrong, Typed) = (Visit["feedback.wrong.word"], true, (number, said));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await LookAsync();
            return Page();
        }

        var closed = await box.CloseAsync(number, state == "resolved" ? FeedbackState.Resolved : FeedbackState.Rejected, said, person.Name, HttpContext.RequestAborted);
        return LocalRedirect($"{FeedbackLinks.Inbox}?done={(closed is null ? "gone" : state)}");
    }

    private async Task LookAsync()
    {
        if (Visit.Person is { } person)
        {
            Notes = await desk.WaitingForAsync(person, Visit, HttpContext.RequestAborted);
            Count = person.Is(Role.Administrator) ? await desk.CountAsync(HttpContext.RequestAborted) : null;
        }
    }
}
