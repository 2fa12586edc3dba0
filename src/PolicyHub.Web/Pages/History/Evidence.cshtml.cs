using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Evidence;
using PolicyHub.Records.Audit;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Evidence;
using PolicyHub.Web.Pages.Errors;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Pages.History;

/// <summary>
/// Evidence of a document or of everything: with a version or a date in the address a ZIP file, without one a page to choose it on. The
/// address names the day itself, whatever day other pages are read for.
/// </summary>
[EnableRateLimiting(RateLimits.Evidence)]
public sealed class EvidenceModel(Visit visit, EvidenceService service, AuditTrail trail) : HubPage(visit)
{
    private const int LongestArgument = 200;

    /// <summary>The document to choose a version of; null: everything.</summary>
    public DocumentHistory? History { get; private set; }

    /// <summary>Where it stands, or stood last.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Versions with a text that the reader may see, the newest first.</summary>
    public IReadOnlyList<DocumentVersion> Versions { get; private set; } = [];

    /// <summary>Today, as a field for a date takes it.</summary>
    public string Today => Visit.Dates.Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync(string? path, string? version, string? on, CancellationToken cancellation)
    {
        var document = string.IsNullOrWhiteSpace(path) ? null : path.Trim('/');
        (version, on) = (string.IsNullOrWhiteSpace(version) ? null : version.Trim(), string.IsNullOrWhiteSpace(on) ? null : on.Trim());
        if (!service.HasHistory)
        {
            return Failed(StatusCodes.Status404NotFound, Visit["evidence.wrong.preview"]);
        }

        if ((version is not null && (document is null || on is not null)) || version?.Length > LongestArgument || Request.Query.ContainsKey("for"))
        {
            return Failed(StatusCodes.Status400BadRequest, Visit["evidence.wrong.question"]);
        }

        DeclaredMoment? moment = null;
        if (on is not null)
        {
            if (!DeclaredMoment.TryParse(on, out var parsed))
            {
                return Failed(StatusCodes.Status400BadRequest, Visit["asof.wrong.date"]);
            }

            moment = parsed;
        }

        return version is null && moment is null ? Choose(document) : await GiveAsync(new EvidenceRequest(document, version, moment), cancellation);
    }

    private IActionResult Choose(string? document)
    {
        if (document is null)
        {
            return Page();
        }

        History = Visit.Today.FindHistory(document, Reader) ?? Visit.Today.FindHistoryById(document, Reader);
        if (History is null)
        {
            return Failed(StatusCodes.Status404NotFound, Visit["evidence.wrong.document"]);
        }

        Versions = [.. History.Versions.Where(version => version.Blob is not null && Visit.Today.MaySee(History, version, Reader)).Reverse()];
        Title = Visit.Today.Find(History.Path, Reader)?.Title ?? Versions.FirstOrDefault(version => version.Title is not null)?.Title ?? History.Path.Value;
        return Page();
    }

    private async Task<IActionResult> GiveAsync(EvidenceRequest request, CancellationToken cancellation) =>
        await service.PlanAsync(request, Visit.Today, Reader, Visit.Clock, cancellation) switch
        {
            EvidenceAnswer.Planned planned => await SendAsync(request, planned.Pack),
            EvidenceAnswer.Refused refused => Failed(StatusCodes.Status404NotFound, Sentence(refused, request.Version)),
            _ => throw new InvalidOperationException("An answer that nobody thought of."),
        };

    /// <summary>Told before the first byte goes out.</summary>
    private async Task<IActionResult> SendAsync(EvidenceRequest request, EvidencePack pack)
    {
        if (!HttpMethods.IsHead(Request.Method))
        {
            await trail.TellAsync(
                HttpContext, AuditKind.Evidence, "pack", request.Document ?? "", Visit.Today.Head.Hex, AuditFields.Of(("file", pack.FileName)));
        }

        return new EvidenceDownload(pack, service);
    }

    private string Sentence(EvidenceAnswer.Refused refused, string? version) => refused.Reason switch
    {
        EvidenceRefusal.NoDocument => Visit["evidence.wrong.document"],
        EvidenceRefusal.NoVersion => Visit.Format("evidence.wrong.version", refused.Title, version),
        EvidenceRefusal.NoText => Visit.Format("evidence.wrong.text", refused.Title, version),
        EvidenceRefusal.NotThen when refused.Starts is { } starts => Visit.Format("evidence.wrong.not-yet", refused.Title, Visit.Dates.DayText(starts)),
        EvidenceRefusal.NotThen => Visit.Format("evidence.wrong.not-then", refused.Title),
        _ => Visit["evidence.wrong.nothing"],
    };

    private StatusCodeResult Failed(int status, string sentence)
    {
        FailureReason.Set(HttpContext, sentence);
        return StatusCode(status);
    }
}
