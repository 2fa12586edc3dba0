using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Publishing;
using PolicyHub.Web.Propose;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>What can be done with a document beside writing it: reviewed with no change, an earlier text back, its end, a text to come called off or moved.</summary>
[Authorize(Policies.Author)]
public sealed class SpecialModel(Visit visit, RecordsKept kept, IServiceProvider services) : HubPage(visit)
{
    private const int MostVersions = 50;

    public EditionDocument Found { get; private set; } = null!;

    /// <summary>Earlier texts, the newest first.</summary>
    public IEnumerable<DocumentVersion> Earlier => DocumentTimeline.Of(Found.History, Visit.Today, Reader, Visit.Clock).Texts
        .Where(version => version.Blob != Found.Version.Blob && version.EffectiveInstant(Visit.Today.Settings.Zone) <= Visit.Clock).Take(MostVersions);

    /// <summary>The texts that wait for their days, by day.</summary>
    public ImmutableArray<UpcomingText> Upcoming => PathTexts.Of(Visit.Today, Found.History.Path, Visit.Clock).Upcoming;

    public SpecialRequest? Asked { get; private set; }

    /// <summary>The key of the words for what was wrong; null: nothing.</summary>
    public string? Fault { get; private set; }

    public IActionResult OnGet(string? doc, string? version)
    {
        if (!Look(doc))
        {
            return NotFound();
        }

        Asked = version is null ? null : new SpecialRequest(SpecialAct.BringBack, "", version, null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? doc, [FromForm] string? act, [FromForm] string? reason, [FromForm] string? version, [FromForm] DateOnly? date, [FromForm] string? waiting)
    {
        if (!Look(doc))
        {
            return NotFound();
        }

        if (!Enum.TryParse<SpecialAct>(act, ignoreCase: true, out var known) || !Enum.IsDefined(known))
        {
            return BadRequest();
        }

        Asked = new SpecialRequest(known, reason ?? "", version ?? "", date) { Waiting = waiting ?? "" };
        var (id, fault) = reason?.Length > Records.Proposals.Proposal.LongestWhy ? (null, "special.wrong.reason") : await services.GetRequiredService<SpecialChanges>().BeginAsync(HttpContext, Visit, Found, Asked);
        if (id is { } begun)
        {
            return LocalRedirect(ChangeLinks.Of(begun));
        }

        Fault = fault;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private bool Look(string? doc)
    {
        if (!kept.Are || !LibraryPath.TryParse(doc, out var path) || Visit.Today.Find(path, Reader) is not { } found || Visit.Person?.MayWrite(found.Document) != true)
        {
            return false;
        }

        Found = found;
        return true;
    }
}
