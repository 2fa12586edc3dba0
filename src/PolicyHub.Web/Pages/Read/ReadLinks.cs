using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.Read;

/// <summary>The addresses of reading.</summary>
public static class ReadLinks
{
    public const string Emergency = "/emergency";

    public static string Document(EditionDocument document, string? anchor = null, string? marking = null) => Document(document.Path, anchor, marking);

    /// <param name="anchor">The section to open at; null or empty: the top.</param>
    /// <param name="marking">What was searched for: its words are marked on the page.</param>
    public static string Document(LibraryPath path, string? anchor = null, string? marking = null)
    {
        var address = FindLinks.Query("/docs/" + Escape(path.WithoutExtension), ("q", marking));
        return string.IsNullOrEmpty(anchor) ? address : $"{address}#{Uri.EscapeDataString(anchor)}";
    }

    /// <summary>The steps of a process on one sheet of paper.</summary>
    public static string Poster(EditionDocument document) => Document(document) + "?view=poster";

    public static string File(LibraryPath path) => "/files/" + Escape(path.Value);

    public static string Kind(DocumentKind kind) => "/kind/" + kind.Slug();

    public static string Tag(string tag) => "/tag/" + Uri.EscapeDataString(tag);

    public static string Audience(string audience) => "/audience/" + Uri.EscapeDataString(audience);

    public static string Area(string folder) => "/area/" + Escape(folder);

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
