using Microsoft.Net.Http.Headers;
using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Security;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Propose;

/// <summary><c>GET /changes/{id}/files/{path}</c>: a picture or file that a change brings, for whoever may see the change.</summary>
public static class ChangeFileEndpoint
{
    private static readonly string[] Reads = ["GET", "HEAD"];

    public static void MapChangeFiles(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/changes/{id:guid}/files/{**path}", Reads, (Delegate)ServeAsync).RequireAuthorization(Policies.Person);

    private static async Task<IResult> ServeAsync(Guid id, string path, HttpContext http, Visit visit, RecordsKept kept, WritingDesk desk)
    {
        if (!kept.Are || !LibraryPath.TryParse(path, out var file) || !AttachmentTypes.TryGet(file, out var type) || await desk.ReadFileAsync(http, visit, id, path) is not { } bytes)
        {
            return Results.NotFound();
        }

        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = SecurityHeaders.FilePolicy;
        headers.CacheControl = "no-store";
        var disposition = new ContentDispositionHeaderValue(type.IsImage ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(bytes, type.ContentType);
    }
}
