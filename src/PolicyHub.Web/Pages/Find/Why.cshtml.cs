using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Content.Search;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Pages.Find;

/// <summary>Why a search found a document: asked for one hit at a time, as to explain costs more than to find.</summary>
[EnableRateLimiting(SearchLimit.Policy)]
public sealed class WhyModel(Visit visit) : HubPage(visit)
{
    public SearchView View { get; private set; } = null!;

    public SearchHit Hit { get; private set; } = null!;

    public IReadOnlyList<string> Sentences { get; private set; } = [];

    /// <param name="read">The hit, as <see cref="FindLinks.ReadKey"/> names it.</param>
    /// <param name="part">“why”: the sentences alone, to stand under the hit.</param>
    public IActionResult OnGet(string? read, string? part)
    {
        if (SearchAddress.Read(Request.Query, Visit, SearchModel.Shown).Query is not { } query)
        {
            return BadRequest();
        }

        View = new SearchView(query with { Limit = SearchModel.Shown }, Visit);
        if (View.Results.Hits.FirstOrDefault(hit => View.DocumentOf(hit.Document) is { } found && FindLinks.ReadKey(found, SearchView.AnchorOf(hit)) == read) is not { } hit)
        {
            return NotFound();
        }

        Hit = hit;
        Sentences = [.. Edition.Explain(View.Query, Reader, hit).Sentences(Visit.Words)];
        return part == "why" ? Partial("_Why", Sentences) : Page();
    }
}
