using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.Mine;

/// <summary>The addresses of what a person keeps for themselves.</summary>
public static class MineLinks
{
    public const string Pins = "/pins";

    public const string Forget = "/pins?handler=Forget";

    /// <summary>Where a document is pinned, or unpinned.</summary>
    public static string Pin(string path) => FindLinks.Query(Pins, ("read", path));
}
