using System.Globalization;
using PolicyHub.Web.Counting;

namespace PolicyHub.Web.Pages.Find;

/// <summary>What people search and do not find.</summary>
public sealed class GapsModel(Visit visit, QueryCounts counts) : HubPage(visit)
{
    /// <summary>Rows of the page; what comes after them was searched least.</summary>
    private const int Shown = 200;

    public IReadOnlyList<Gap> Gaps { get; private set; } = [];

    public IReadOnlyList<WeekOfQueries> Weeks { get; private set; } = [];

    public void OnGet()
    {
        var today = DateOnly.FromDateTime(Visit.Dates.Local);
        Gaps = [.. counts.Gaps(today).Take(Shown)];
        Weeks = counts.Weeks(today);
    }

    /// <summary>A count, or that there were too few people to give one.</summary>
    public string Figure(int count, bool mayBeShown) =>
        count == 0 ? "–" : mayBeShown ? count.ToString("N0", CultureInfo.CurrentCulture) : Visit["gaps.few"];
}
