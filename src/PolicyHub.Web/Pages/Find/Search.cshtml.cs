using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Web.Counting;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Pages.Find;

/// <summary>Results on the left, the chosen section read on the right.</summary>
[EnableRateLimiting(SearchLimit.Policy)]
public sealed class SearchModel(Visit visit, QueryCounts counts) : HubPage(visit)
{
    internal const int Shown = 30;

    public SearchView View { get; private set; } = null!;

    /// <summary>The section shown beside the results; the best one unless another was chosen.</summary>
    public SectionView? Read { get; private set; }

    /// <param name="read">The section to show beside the results, as <see cref="FindLinks.ReadKey"/> names it.</param>
    /// <param name="part">“results”: without the page around, for a list that follows the typing.</param>
    /// <param name="plain">“1”: from a browser without script, which can't tell how a search ended; it is counted here.</param>
    public IActionResult OnGet(string? read, string? part, string? plain)
    {
        if (SearchAddress.Read(Request.Query, Visit, Shown).Query is not { } query)
        {
            return BadRequest();
        }

        View = new SearchView(query with { Limit = Shown, Facets = true }, Visit);
        Read = SectionView.Of(read ?? BestKey(), View.Searched, Visit);
        if (plain == "1" && !View.IsEmpty)
        {
            counts.Count(View.Query.Text, View.FoundNothing ? QueryOutcome.None : QueryOutcome.Results, HttpContext, Visit);
        }

        return part == "results" ? Partial("_Results", this) : Page();
    }

    private string? BestKey() =>
        View.Results.Hits.FirstOrDefault() is { } best && View.DocumentOf(best.Document) is { } document
            ? FindLinks.ReadKey(document, SearchView.AnchorOf(best))
            : null;
}
