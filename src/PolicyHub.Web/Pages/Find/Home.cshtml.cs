using PolicyHub.Content.Editions;

namespace PolicyHub.Web.Pages.Find;

/// <summary>Where everyone starts: the search box, what is going on, what changed, and every way to browse.</summary>
public sealed class HomeModel(Visit visit) : HubPage(visit)
{
    private const int ChangesShown = 8;

    public IReadOnlyList<EditionDocument> Running { get; private set; } = [];

    public IReadOnlyList<EditionDocument> ToCome { get; private set; } = [];

    public IReadOnlyList<Change> Changes { get; private set; } = [];

    public BrowseView Browse { get; private set; } = null!;

    public void OnGet()
    {
        Running = [.. Edition.NoticesAt(Visit.Now, Reader)];
        ToCome = [.. Edition.NoticesAfter(Visit.Now, Reader).Take(5)];
        Changes = Change.Latest(Visit, ChangesShown);
        Browse = new BrowseView(Visit);
    }
}
