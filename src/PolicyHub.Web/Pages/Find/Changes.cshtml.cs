namespace PolicyHub.Web.Pages.Find;

/// <summary>What changed, the latest first, by month of publication.</summary>
public sealed class ChangesModel(Visit visit) : HubPage(visit)
{
    private const int Shown = 100;

    public IReadOnlyList<IGrouping<string, Change>> Months { get; private set; } = [];

    public void OnGet() =>
        Months = [.. Change.Latest(Visit, Shown).GroupBy(change => Visit.Dates.MonthText(change.Version.Published), StringComparer.Ordinal)];
}
