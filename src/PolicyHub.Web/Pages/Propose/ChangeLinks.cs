using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>The addresses of a change.</summary>
public static class ChangeLinks
{
    public const string UrgentPage = "/audit/urgent";

    /// <summary>The view of a change that shows all of its texts.</summary>
    public const string All = "all";

    /// <summary>What came from outside and waits for approval.</summary>
    public const string OutsidePage = "/changes/outside";

    public const string OutsideUp = OutsidePage + "?handler=Up";

    public const string OutsideDown = OutsidePage + "?handler=Down";

    /// <summary>The comparison of one document that came.</summary>
    public static string OutsideText(string path) => FindLinks.Query(OutsidePage, ("read", path));

    public static string Of(Guid id) => $"/changes/{id:D}";

    /// <param name="path">The document whose comparison is shown; null: the first.</param>
    /// <param name="view">How; null: as read.</param>
    public static string Of(Guid id, string? path, int step = 0, string? view = null) =>
        FindLinks.Query(Of(id), ("read", path), ("step", step == 0 ? null : $"{step}"), ("view", view));

    /// <summary>Where a text of it is put together with another.</summary>
    public static string Merge(Guid id, string path, int step) => FindLinks.Query(Of(id) + "/merge", ("path", path), ("step", step == 0 ? null : $"{step}"));

    /// <summary>What a form of the page does.</summary>
    public static string Do(Guid id, string handler) => $"/changes/{id:D}?handler={handler}";
}
