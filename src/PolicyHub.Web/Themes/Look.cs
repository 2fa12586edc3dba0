using PolicyHub.Web.Pages;

namespace PolicyHub.Web.Themes;

/// <summary>
/// How this reader wants to see the site: light or dark (empty: as the system says) and the theme, kept in a cookie so that the
/// server writes the right page at once and no script is needed.
/// </summary>
public sealed class Look
{
    public const string Cookie = "look";

    public const string Contrast = "contrast";

    private static readonly string[] Modes = ["light", "dark"];

    public Look(IHttpContextAccessor accessor, Visit visit, ThemeStore themes)
    {
        var kept = (accessor.HttpContext?.Request.Cookies[Cookie] ?? "").Split('.');
        Mode = Modes.Contains(kept[0], StringComparer.Ordinal) ? kept[0] : "";
        MoreContrast = kept.Length > 1 && kept[1] == Contrast && themes.Has(Contrast);
        Theme = themes.Find(MoreContrast ? Contrast : visit.Settings.Theme);
    }

    public string Mode { get; }

    public bool MoreContrast { get; }

    public Theme? Theme { get; }

    /// <summary>Differs where a page looks different.</summary>
    public string Key => $"{Theme?.Version} {Mode} {MoreContrast} ";

    /// <summary>What the cookie holds for a choice; anything unknown reads as no choice.</summary>
    public static string Value(string? mode, bool contrast) =>
        (Modes.Contains(mode, StringComparer.Ordinal) ? mode : "") + (contrast ? "." + Contrast : "");
}
