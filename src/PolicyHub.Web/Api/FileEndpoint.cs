using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;
using PolicyHub.Content;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Refresh;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Api;

/// <summary><c>GET /files/{path}</c>: attachments of the library, of a few known types, shown in a sandbox or downloaded.</summary>
public static class FileEndpoint
{
    /// <summary>The largest attachment served, in bytes; <c>check</c> reports larger ones.</summary>
    private const int Largest = 32 * 1024 * 1024;

    private static readonly string[] Reads = ["GET", "HEAD"];

    /// <summary>Type by extension; what stands here alone is served. The second value: shown in the browser rather than saved.</summary>
    private static readonly FrozenDictionary<string, (string ContentType, bool Shown)> Types = new Dictionary<string, (string, bool)>(StringComparer.Ordinal)
    {
        [".png"] = ("image/png", true),
        [".jpg"] = ("image/jpeg", true),
        [".jpeg"] = ("image/jpeg", true),
        [".gif"] = ("image/gif", true),
        [".webp"] = ("image/webp", true),
        [".svg"] = ("image/svg+xml", true),
        // Browsers refuse to show a PDF in a sandbox, and without one it could hold a link that runs: it is saved instead.
        [".pdf"] = ("application/pdf", false),
        [".txt"] = ("text/plain; charset=utf-8", false),
        [".csv"] = ("text/csv; charset=utf-8", false),
        [".docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", false),
        [".xlsx"] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false),
        [".pptx"] = ("application/vnd.openxmlformats-officedocument.presentationml.presentation", false),
        [".odt"] = ("application/vnd.oasis.opendocument.text", false),
        [".ods"] = ("application/vnd.oasis.opendocument.spreadsheet", false),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void MapFiles(this IEndpointRouteBuilder endpoints) => endpoints.MapMethods("/files/{**path}", Reads, Serve);

    private static async Task<IResult> Serve(string path, Visit visit, CurrentEdition current, HttpContext http, CancellationToken cancellation)
    {
        if (!LibraryPath.TryParse(path, out var file)
            || file.IsHidden
            || !Types.TryGetValue(file.Extension, out var type)
            || !visit.Reader.MaySee(Reader.Both(visit.Settings.AccessOf(file), visit.Today.Settings.AccessOf(file)))
            || visit.Edition.FindFile(file) is not { } blob)
        {
            return Results.NotFound();
        }

        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = SecurityHeaders.FilePolicy;
        var tag = new EntityTagHeaderValue($"\"{blob.Hex}\"");
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            headers.ETag = tag.ToString();
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        if ((await current.Blobs.ReadAsync([blob], Largest, cancellation))[0] is not { } bytes)
        {
            return Results.NotFound();
        }

        var disposition = new ContentDispositionHeaderValue(type.Shown ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(bytes, type.ContentType, entityTag: tag, enableRangeProcessing: true);
    }
}
