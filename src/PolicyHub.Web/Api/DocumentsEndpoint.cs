using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content;
using PolicyHub.Content.Editions;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Pages.Read;
using PolicyHub.Web.Security;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Api;

/// <summary>
/// <c>GET /api/documents?read=PATH&amp;read=PATH</c>: documents that a device remembers, as they stand now; what is not in effect any
/// more, or not for this reader, is left out. A path that moved answers under the name that was asked.
/// </summary>
public static class DocumentsEndpoint
{
    public const string Address = "/api/documents";

    private const int Most = 40;

    private static readonly string[] Reads = ["GET", "HEAD"];

    public static void MapDocuments(this IEndpointRouteBuilder endpoints) => endpoints.MapMethods(Address, Reads, Find).RequireAuthorization(Policies.Reading).RequireRateLimiting(SearchLimit.Policy);

    private static IEnumerable<RememberedDocument> Find(Visit visit, [FromQuery] string[]? read) =>
        from path in (read ?? []).Distinct(StringComparer.Ordinal).Take(Most)
        let document = Remembered(path, visit)
        where document is not null
        select document;

    /// <summary>A document as it stands now; null where it is not in effect, or not for this reader.</summary>
    internal static RememberedDocument? Remembered(string path, Visit visit) => FindOne(path, visit) is { } document
        ? new RememberedDocument(path, document.Title, visit.Keep(ReadLinks.Document(document)), string.Join(" · ", FactsOf(document, visit)))
        : null;

    private static EditionDocument? FindOne(string path, Visit visit) =>
        LibraryPath.TryParse(path + ".md", out var parsed) && visit.Edition.Find(parsed, visit.Reader) is { } found ? found
        : LibraryPath.TryParse(path + ".markdown", out parsed) && visit.Edition.Find(parsed, visit.Reader) is { } other ? other
        : visit.Edition.FindRedirect(path, visit.Reader);

    private static IEnumerable<string> FactsOf(EditionDocument document, Visit visit) =>
        new[] { visit.KindName(document.Kind), document.Document.Id ?? "", NoticeState.TextOf(document, visit) }.Where(fact => fact.Length > 0);
}

/// <param name="Read">The path as the device remembers it, without extension.</param>
/// <param name="Facts">Its type, number and state, as people say them.</param>
public sealed record RememberedDocument(string Read, string Title, string Url, string Facts);
