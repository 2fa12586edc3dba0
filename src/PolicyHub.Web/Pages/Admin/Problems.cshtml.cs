using PolicyHub.Content.Problems;
using PolicyHub.Web.Packs;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Pages.Admin;

/// <summary>Everything wrong with the library, by severity and file.</summary>
public sealed class ProblemsModel(Visit visit, CurrentEdition current, RefreshStatus refresh, PackStatus pack, ContractWatch contracts) : HubPage(visit)
{
    /// <summary>Why newer text is not served; null while all is well.</summary>
    public RefreshFailure? NotRefreshed => refresh.Failure
        ?? (current.DueSince(Visit.Clock) is { } due ? new RefreshFailure(Visit.Format("problems.overdue", Visit.Dates.DayAndTime(due)), due) : null);

    /// <summary>Why the pack for an outage is not new; null while all is well.</summary>
    public RefreshFailure? NotPacked => pack.Failure;

    /// <summary>How far the search contracts have been asked.</summary>
    public ContractState Contracts { get; private set; }

    public string? Code { get; private set; }

    /// <summary>Every code with how often it occurs, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Codes { get; private set; } = [];

    public IReadOnlyList<IGrouping<Severity, Problem>> Groups { get; private set; } = [];

    public void OnGet(string? code)
    {
        var asked = contracts.FindingsOf(Edition);
        Contracts = asked.State;
        var visible = Edition.Problems.Concat(asked.Problems).Where(problem => Edition.MayBeTold(problem, Reader)).ToList();
        Codes = [.. visible.CountBy(problem => problem.Code).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];
        Code = Codes.Any(pair => pair.Key == code) ? code : null;
        Groups = [.. visible.Where(problem => Code is null || problem.Code == Code).GroupBy(problem => problem.Severity).OrderByDescending(group => group.Key)];
    }
}
