using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.Mine;

/// <summary>The addresses of what a person keeps for themselves.</summary>
public static class MineLinks
{
    public const string Pins = "/pins";

    public const string Unpin = "/pins?handler=Unpin";

    /// <summary>Puts away a note that an urgent text was taken back.</summary>
    public const string PutAway = "/pins?handler=PutAway";

    public const string Forget = "/pins?handler=Forget";

    /// <summary>Where a document is pinned, or unpinned.</summary>
    public static string Pin(string path) => FindLinks.Query(Pins, ("read", path));

    /// <summary>Where it is said that a document was pinned for somebody of whom the PC knows no more by then.</summary>
    public static string Pinned(string path) => FindLinks.Query(Pins, ("read", path), ("done", "1"));
}
