using Microsoft.Net.Http.Headers;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Refresh;
using PolicyHub.Web.Security;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Api;

/// <summary><c>GET /files/{path}</c>: attachments of the library, of a few known types, shown in a sandbox or downloaded.</summary>
public static class FileEndpoint
{
    private static readonly string[] Reads = ["GET", "HEAD"];

    public static void MapFiles(this IEndpointRouteBuilder endpoints) => endpoints.MapMethods("/files/{**path}", Reads, Serve).RequireAuthorization(Policies.Reading);

    private static async Task<IResult> Serve(string path, Visit visit, CurrentEdition current, HttpContext http, CancellationToken cancellation)
    {
        if (!LibraryPath.TryParse(path, out var file)
            || !AttachmentTypes.TryGet(file, out var type)
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

        if ((await current.Blobs.ReadAsync([blob], AttachmentTypes.Largest, cancellation))[0] is not { } bytes)
        {
            return Results.NotFound();
        }

        var disposition = new ContentDispositionHeaderValue(type.IsImage ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(bytes, type.ContentType, entityTag: tag, enableRangeProcessing: true);
    }
}
