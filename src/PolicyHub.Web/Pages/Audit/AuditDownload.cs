using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using PolicyHub.Records.Audit;
using PolicyHub.Web.Pages.History;

namespace PolicyHub.Web.Pages.Audit;

/// <summary>Rows of the log as a file, sent page by page as they are read, however many there are.</summary>
/// <param name="isCsv">Else lines of JSON.</param>
public sealed class AuditDownload(AuditBook book, AuditQuestion question, bool isCsv) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, cancellation) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(isCsv ? "audit.csv" : "audit.jsonl");
        response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";
        response.Headers.ContentDisposition = disposition.ToString();
        if (isCsv)
        {
            await response.Body.WriteAsync(Encoding.UTF8.GetPreamble(), cancellation);
            await response.WriteAsync(Csv.Write([AuditTable.Head]), cancellation);
        }

        await foreach (var row in book.ReadAllAsync(question, cancellation))
        {
            await response.WriteAsync(isCsv ? Csv.Write([AuditTable.Cells(row)]) : AuditTable.Line(row) + "\n", cancellation);
        }
    }
}
