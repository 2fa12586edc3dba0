using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Content.Documents;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Retention;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Security;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Privacy;

/// <summary>All records about a topic or of some days, as one file, for whoever may ask for them by law.</summary>
[Authorize(Policies.Administrator)]
[EnableRateLimiting(RateLimits.Export)]
public sealed class RecordsRequestModel(Visit visit, RecordsKept records, AuditTrail trail, IServiceProvider services) : HubPage(visit)
{
    /// <summary>In UTF-16 units.</summary>
    public const int LongestTopic = 200;

    public string Topic { get; private set; } = "";

    public string From { get; private set; } = "";

    public string Until { get; private set; } = "";

    public string? Wrong { get; private set; }

    public IActionResult OnGet() => records.Are ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync([FromForm] string? topic, [FromForm] string? from, [FromForm] string? until)
    {
        if (!records.Are)
        {
            return NotFound();
        }

        (Topic, From, Until) = ((topic ?? "").Trim(), from ?? "", until ?? "");
        var (first, last) = (Day(From), Day(Until));
        if (Topic.Length > LongestTopic || (From.Length > 0 && first is null) || (Until.Length > 0 && last is null) || last?.Date < first?.Date || (Topic.Length == 0 && first is null && last is null))
        {
            Wrong = Visit["request.wrong"];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var asked = new RecordsAsked { Topic = Topic, From = first?.FirstInstant(Visit.Settings.Zone), Until = last?.LastInstant(Visit.Settings.Zone).AddTicks(1) };

        // Told before it is made, so that it is in the log it gives out; what was asked for may name a person, and can be erased.
        await trail.TellAsync(HttpContext, AuditKind.Export, "records-request", details: AuditFields.Of(("from", From), ("until", Until)), personal: AuditFields.Of(("topic", Topic)));

        // Written aside first: a file that breaks off half-way would look like an answer.
        var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        try
        {
            await services.GetRequiredService<RecordsRequest>().WriteAsync(file, asked, Visit.Person?.Name ?? "", HttpContext.RequestAborted);
            file.Position = 0;
            return File(file, "application/zip", $"records-{Visit.Clock.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.zip");
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static DeclaredMoment? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DeclaredMoment(day) : null;
}
