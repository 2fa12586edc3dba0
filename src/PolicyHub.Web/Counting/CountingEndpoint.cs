using Microsoft.AspNetCore.Mvc;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Security;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Counting;

/// <summary><c>POST /api/search/outcome</c>: pages tell how a search ended. The words stand in the body, where no log has them.</summary>
public static class CountingEndpoint
{
    public const string Address = "/api/search/outcome";

    /// <summary>A longest question, percent-encoded, and a word; less than any other endpoint takes.</summary>
    private const int MostBytes = 4 * 1024;

    // It counts and answers nothing: what another site could send would be one more count, and browsers say where it comes from.
    public static void MapCounting(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(Address, (Delegate)CountAsync).RequireAuthorization(Policies.Reading).DisableAntiforgery().RequireRateLimiting(SearchLimit.Policy)
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes));

    /// <summary>Counts a search of the one who asks.</summary>
    public static void Count(this QueryCounts counts, string typed, QueryOutcome outcome, HttpContext http, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(counts);
        counts.Count(typed, outcome, $"{http.Connection.RemoteIpAddress}\n{http.Request.Headers.UserAgent}", DateOnly.FromDateTime(visit.Dates.Local));
    }

    private static async Task<IResult> CountAsync(HttpContext http, Visit visit, QueryCounts counts)
    {
        if (!http.Request.HasFormContentType || http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin"))
        {
            return Results.BadRequest();
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var typed = form["q"].ToString();
        if (typed.Length is 0 or > SearchLimit.LongestQuery || Parse(form["outcome"]) is not { } outcome)
        {
            return Results.BadRequest();
        }

        counts.Count(typed, outcome, http, visit);
        return Results.NoContent();
    }

    /// <summary>A report comes by its own form.</summary>
    private static QueryOutcome? Parse(string? outcome) => outcome switch
    {
        "results" => QueryOutcome.Results,
        "chosen" => QueryOutcome.Chosen,
        "reformulated" => QueryOutcome.Reformulated,
        "abandoned" => QueryOutcome.Abandoned,
        "none" => QueryOutcome.None,
        _ => null,
    };
}
