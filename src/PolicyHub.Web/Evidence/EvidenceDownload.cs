using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using PolicyHub.Content.Evidence;

namespace PolicyHub.Web.Evidence;

/// <summary>A pack as an answer: a file to save, sent as it is made.</summary>
public sealed class EvidenceDownload(EvidencePack pack, EvidenceService service) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(pack.FileName);
        response.ContentType = "application/zip";
        response.Headers.ContentDisposition = disposition.ToString();
        if (!HttpMethods.IsHead(request.Method))
        {
            await service.WriteAsync(pack, response.Body, context.HttpContext.RequestAborted);
        }
    }
}
