namespace PolicyHub.Web.Pages.Find;

/// <summary>Every way to browse, and every document in the order of titles.</summary>
public sealed class BrowseModel(Visit visit) : HubPage(visit)
{
    public BrowseView Browse { get; private set; } = null!;

    public void OnGet() => Browse = new BrowseView(Visit);
}
