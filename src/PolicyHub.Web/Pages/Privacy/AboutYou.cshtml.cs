using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Retention;
using PolicyHub.Web.Audit;
using PolicyHub.Web.Security;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Privacy;

/// <summary>What is recorded about whoever asks, why, how long and who sees it; and their own data.</summary>
[EnableRateLimiting(RateLimits.Export)]
public sealed class AboutYouModel(Visit visit, RecordsKept records, RetentionRules rules, AuditTrail trail, IServiceProvider services) : HubPage(visit)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All kinds that say anything about anybody, or about how the library is used.</summary>
    public IEnumerable<RecordKind> Kinds => RecordKinds.All.Where(kind => !kind.IsSecret);

    public IActionResult OnGet() => records.Are ? Page() : NotFound();

    public async Task<IActionResult> OnPostDownloadAsync()
    {
        if (!records.Are || Visit.Person is not { } person)
        {
            return NotFound();
        }

        await trail.TellAsync(HttpContext, AuditKind.Export, "own-data", AuditActor.ReferenceOf(person.Id));
        var own = await services.GetRequiredService<RecordsRequest>().OfAsync(person.Id, HttpContext.RequestAborted);
        return File(Encoding.UTF8.GetBytes(own.ToJsonString(Indented)), "application/json; charset=utf-8", "about-you.json");
    }

    /// <summary>How long a kind is kept, as people say it, and whether a hold stands.</summary>
    public string Kept(RecordKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var days = Visit.Count("about-you.days", (int)(rules[kind].Kept ?? TimeSpan.Zero).TotalDays);
        return Visit.Format($"record.{kind.Name}.kept", days) + (rules[kind].IsHeld ? " " + Visit["about-you.held"] : "");
    }
}
