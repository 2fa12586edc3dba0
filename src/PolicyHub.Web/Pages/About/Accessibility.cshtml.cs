namespace PolicyHub.Web.Pages.About;

/// <summary>The accessibility statement.</summary>
public sealed class AccessibilityModel(Visit visit) : HubPage(visit)
{
    public void OnGet()
    {
        // Words alone.
    }
}
