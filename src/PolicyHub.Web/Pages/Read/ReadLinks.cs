using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Web.AsOf;
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

    /// <summary>A document as it could be read in a stretch of time: on its last day, else its last second, which is never today's text.</summary>
    /// <param name="until">The first instant after it; null: it goes on, and is read as it is.</param>
    public static string DocumentAt(
        DocumentHistory document, DocumentVersion version, DateTimeOffset from, DateTimeOffset? until, string? anchor, Visit visit, string? marking = null)
    {
        var address = Document(document.PathAt(until?.AddTicks(-1) ?? version.Published), anchor, marking);
        if (until is null && from <= visit.Clock)
        {
            return address;
        }

        var zone = visit.Settings.Zone;
        var instant = until is { } end ? end.AddSeconds(-1) : from;
        var day = new DeclaredMoment(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime));
        return AsOfDate.Put(address, DateQuestion.On, until is null || day.LastInstant(zone) < until ? day.ToString() : AsOfDate.Exact(instant));
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
