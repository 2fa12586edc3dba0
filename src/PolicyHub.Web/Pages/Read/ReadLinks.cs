using System.Buffers;
using PolicyHub.Content;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.HistorySearch;
using PolicyHub.Web.AsOf;
using PolicyHub.Web.Pages.Find;
using PolicyHub.Web.Pages.History;

namespace PolicyHub.Web.Pages.Read;

/// <summary>The addresses of reading.</summary>
public static class ReadLinks
{
    public const string Emergency = "/emergency";

    /// <summary>What stands for itself in an address (RFC 3986, unreserved), and what parts its folders.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/");

    public static string Document(EditionDocument document, string? anchor = null, string? marking = null) => Document(document.Path, anchor, marking);

    /// <param name="anchor">The section to open at; null or empty: the top.</param>
    /// <param name="marking">What was searched for: its words are marked on the page.</param>
    public static string Document(LibraryPath path, string? anchor = null, string? marking = null) =>
        AtSection(FindLinks.Query("/docs/" + Escape(path.WithoutExtension), ("q", marking)), anchor);

    /// <summary>The address of a page, at a section of it; null or empty: its top.</summary>
    public static string AtSection(string address, string? anchor) => string.IsNullOrEmpty(anchor) ? address : $"{address}#{Uri.EscapeDataString(anchor)}";

    /// <summary>A document that is, was or will be, be its path another document's by now.</summary>
    public static string Document(DocumentHistory document, Visit visit)
    {
        var path = visit.Edition.Point.PathOf(document);
        return FindLinks.Query(Document(path), ("began", ReferenceEquals(visit.Edition.FindHistory(path.Value, visit.Reader), document) ? null : HistoryLinks.Began(document)));
    }

    /// <summary>A document as it stood in a stretch of time: on its last day, else its last second, which is never today's text; as it is where it goes on.</summary>
    public static string DocumentAt(DocumentHistory document, HistoryTime time, Visit visit, string? marking = null)
    {
        var until = time.Until;
        var path = time.Question == DateQuestion.For ? document.Path : document.PathAt(until?.AddTicks(-1) ?? time.Last.Published);
        var address = Document(path, time.Anchor, marking);
        if (until is null && time.From <= visit.Clock && time.Question == DateQuestion.On)
        {
            return address;
        }

        var zone = visit.Settings.Zone;
        var instant = until is { } end ? end.AddSeconds(-1) : time.From;
        var day = new DeclaredMoment(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime));
        return AsOfDate.Put(address, time.Question, until is null || day.LastInstant(zone) < until ? day.ToString() : AsOfDate.Exact(instant));
    }

    /// <summary>The steps of a process on one sheet of paper.</summary>
    public static string Poster(EditionDocument document) => Document(document) + "?view=poster";

    public static string File(LibraryPath path) => "/files/" + Escape(path.Value);

    public static string Kind(DocumentKind kind) => "/kind/" + kind.Slug();

    public static string Tag(string tag) => "/tag/" + Uri.EscapeDataString(tag);

    public static string Audience(string audience) => "/audience/" + Uri.EscapeDataString(audience);

    public static string Area(string folder) => "/area/" + Escape(folder);

    /// <summary>Most paths have nothing that an address would hold otherwise; a search writes twenty.</summary>
    private static string Escape(string path) =>
        path.AsSpan().ContainsAnyExcept(Plain) ? string.Join('/', path.Split('/').Select(Uri.EscapeDataString)) : path;
}
