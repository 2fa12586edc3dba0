namespace PolicyHub.Web.Pages.About;

/// <summary>The addresses of pages about the site itself.</summary>
public static class AboutLinks
{
    public const string Accessibility = "/accessibility";

    /// <summary>Keyboard shortcuts, and how this browser has them.</summary>
    public const string Keys = "/keys";

    /// <summary>Where the switch of light and dark is sent.</summary>
    public const string Look = "/look";
}
