using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content;
using PolicyHub.Content.Editions;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Propose;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>
/// Begins a change with a document, or goes on with one's own that holds it. Where another text of it takes effect later it asks which of the two the change is about.
/// </summary>
[Authorize(Policies.Author)]
public sealed class StartModel(Visit visit, RecordsKept kept, WritingDesk desk) : HubPage(visit)
{
    public EditionDocument Found { get; private set; } = null!;

    /// <summary>The one of theirs that holds the document and goes on; null: there is none.</summary>
    public Proposal? Own { get; private set; }

    /// <summary>How many others write on it.</summary>
    public int Others { get; private set; }

    public string Section { get; private set; } = "";

    /// <summary>A change of theirs that the document is added to; null: one of its own is begun.</summary>
    public Guid? Into { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? doc, string? section, Guid? into)
    {
        if (!Look(doc, section, into))
        {
            return NotFound();
        }

        (Own, Others) = await desk.OpenAsync(HttpContext, Visit, Found.Path);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? doc, string? section, Guid? into, [FromForm] string? which)
    {
        if (!Look(doc, section, into))
        {
            return NotFound();
        }

        (Own, Others) = await desk.OpenAsync(HttpContext, Visit, Found.Path);
        if (Found.Upcoming is not null && Own is null && which is not ("today" or "upcoming" or "both"))
        {
            return Page();
        }

        var with = which switch
        {
            "upcoming" => StartWith.Upcoming,
            "both" => StartWith.Both,
            _ => StartWith.Today,
        };
        return await desk.StartAsync(HttpContext, Visit, Found.Path, with, into) is { } started
            ? LocalRedirect(EditLinks.Edit(started.Id, Found.History.Path.Value, started.Step, section: Section.Length == 0 ? null : Section))
            : NotFound();
    }

    private bool Look(string? doc, string? section, Guid? into)
    {
        if (!kept.Are || !LibraryPath.TryParse(doc, out var path) || Visit.Today.Find(path, Reader) is not { } found || Visit.Person?.MayWrite(found.Document) != true)
        {
            return false;
        }

        (Found, Section, Into) = (found, section ?? "", into);
        return true;
    }
}
