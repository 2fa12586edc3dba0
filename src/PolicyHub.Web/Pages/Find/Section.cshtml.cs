using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Pages.Find;

/// <summary>One section alone, without the page around: what the pane beside the results fetches.</summary>
[EnableRateLimiting(SearchLimit.Policy)]
public sealed class SectionModel(Visit visit) : HubPage(visit)
{
    public IActionResult OnGet(string? read, string? q)
    {
        if (q?.Length > SearchLimit.LongestQuery)
        {
            return BadRequest();
        }

        return SectionView.Of(read, q ?? "", Visit) is { } section ? Partial("_Section", section) : NotFound();
    }
}
