using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;
using PolicyHub.Content.Search;
using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.Errors;

/// <summary>What a person sees when a request fails: what happened, what to do, and an id to tell an administrator.</summary>
[IgnoreAntiforgeryToken] // It only shows; it is reached by requests of any method that failed.
public sealed class ErrorModel(Visit visit) : HubPage(visit)
{
    private static readonly int[] Explained = [400, 401, 403, 404, 429, 500, 503];

    public int Status { get; private set; }

    /// <summary>The group of words for the status.</summary>
    public string Key => $"error.{(Explained.Contains(Status) ? Status : Status < 500 ? 400 : 500)}";

    public string RequestId => HttpContext.TraceIdentifier;

    /// <summary>What was typed by somebody whose session had ended; null: nothing was.</summary>
    public TypedForm? Typed { get; private set; }

    /// <summary>What was asked for, as words to search for; null unless nothing was found at an address.</summary>
    public SearchView? Search { get; private set; }

    /// <summary>Runs whatever the method was.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var asked = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
            ?? HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        Status = asked is null ? StatusCodes.Status404NotFound : Response.StatusCode;
        Response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized && TypedForm.IsOurs(Request))
        {
            Typed = new TypedForm(asked!, HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalQueryString ?? "", Request.Form);
        }

        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            Response.Headers.RetryAfter = "3";
            Response.Headers["Refresh"] = "3";
        }

        if (asked is not null && asked.StartsWith("/api/", StringComparison.Ordinal))
        {
            context.Result = new ObjectResult(new ProblemDetails { Status = Status, Title = ReasonPhrases.GetReasonPhrase(Status), Detail = FailureReason.Of(HttpContext), Extensions = { ["requestId"] = RequestId } });
            return;
        }

        if (Status == StatusCodes.Status404NotFound && Visit.HasEdition && Visit.MayRead && WordsOf(asked ?? "") is { Length: > 0 } words)
        {
            Search = new SearchView(new SearchQuery { Text = words, Limit = 5, Unfinished = false }, Visit);
        }
    }

    public void OnGet()
    {
        // All is done above, for requests of every method.
    }

    /// <summary>The last two parts of an address as words, short enough to search for.</summary>
    private static string WordsOf(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).TakeLast(2)
            .Where(part => part is not ("docs" or "id" or "files" or "kind" or "tag"))
            .Select(Path.GetFileNameWithoutExtension);
        var words = string.Join(' ', parts).Replace('-', ' ').Replace('_', ' ').Replace('+', ' ').Trim();
        return words.Length > 100 ? words[..100] : words;
    }
}
