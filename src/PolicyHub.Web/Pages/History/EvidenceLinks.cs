using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.History;

/// <summary>The addresses of evidence.</summary>
public static class EvidenceLinks
{
    /// <summary>Where one chooses a date for everything.</summary>
    public const string Page = "/evidence";

    /// <summary>Where one chooses a version or date of a document.</summary>
    public static string Document(LibraryPath path) => $"{Page}/{string.Join('/', path.WithoutExtension.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>The same for a document whose path another may have by now: then by its number. Null where it has none either.</summary>
    public static string? Document(DocumentHistory document, Visit visit) =>
        HistoryLinks.Began(document, visit) is null ? Document(document.Path)
        : document.Id is { } id && ReferenceEquals(visit.Today.FindHistoryById(id, visit.Reader), document) ? $"{Page}/{Uri.EscapeDataString(id)}"
        : null;

    /// <summary>The pack of one version, a ZIP file.</summary>
    public static string Version(LibraryPath path, VersionLabel label) => FindLinks.Query(Document(path), ("version", label.ToString()));

    /// <summary>The pack of a document as of a date, a ZIP file.</summary>
    /// <param name="day">As addresses have it, such as <c>2026-03-14</c>.</param>
    public static string On(LibraryPath path, string day) => FindLinks.Query(Document(path), ("on", day));

    /// <summary>The pack of everything in effect on a date, a ZIP file.</summary>
    /// <inheritdoc cref="On" path="/param" />
    public static string Everything(string day) => FindLinks.Query(Page, ("on", day));
}
