using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Web.Counting;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Pages.Find;

/// <summary>Somebody reports that what they searched for is missing: the words and nothing about them.</summary>
[EnableRateLimiting(SearchLimit.Policy)]
public sealed class GapModel(Visit visit, QueryCounts counts) : HubPage(visit)
{
    /// <summary>What was searched for.</summary>
    public string Asked { get; private set; } = "";

    public bool IsReported { get; private set; }

    /// <summary>A report was sent without a word in it.</summary>
    public bool IsEmpty { get; private set; }

    public IActionResult OnGet(string? q, string? reported)
    {
        Asked = q ?? "";
        IsReported = reported == "1";
        return Asked.Length > SearchLimit.LongestQuery ? BadRequest() : Page();
    }

    public IActionResult OnPost([FromForm] string? q)
    {
        var asked = (q ?? "").Trim();
        if (asked.Length > SearchLimit.LongestQuery)
        {
            return BadRequest();
        }

        if (asked.Length == 0)
        {
            IsEmpty = true;
            return Page();
        }

        counts.Count(asked, QueryOutcome.Reported, HttpContext, Visit);
        return LocalRedirect(FindLinks.Reported);
    }
}
