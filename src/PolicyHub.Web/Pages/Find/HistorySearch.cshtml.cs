using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Content.HistorySearch;
using PolicyHub.Web.Refresh;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Pages.Find;

/// <summary>Every version of every document that ever held the words, as spans of time.</summary>
[EnableRateLimiting(SearchLimit.Policy)]
public sealed class HistorySearchModel(Visit visit, HistoryWatch history) : HubPage(visit)
{
    public string Asked { get; private set; } = "";

    public HistoryResults Results { get; private set; } = new([], IsAll: true);

    /// <summary>Not every text is in yet.</summary>
    public bool IsBuilding => !history.IsComplete && !HasFailed && !IsPreview;

    public bool HasFailed => history.HasFailed;

    /// <summary>A folder as it is on disk has no history.</summary>
    public bool IsPreview => Edition.IsPreview;

    public (int Done, int All) Progress => history.Progress;

    public IActionResult OnGet(string? q)
    {
        if (q?.Length > SearchLimit.LongestQuery)
        {
            return BadRequest();
        }

        Asked = q?.Trim() ?? "";
        if (Asked.Length > 0 && history.Index is { } index)
        {
            Results = HistorySearcher.Search(index, Visit.Today, Asked, Reader, Visit.Clock);
        }

        return Page();
    }
}
