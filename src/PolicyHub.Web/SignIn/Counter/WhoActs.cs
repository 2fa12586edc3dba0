using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PolicyHub.Web.SignIn.Counter;

/// <summary>How the form of an act asks who does it; the partial <c>_WhoActs</c> writes it.</summary>
public sealed record WhoActs
{
    /// <summary>Begins the ids of the fields, so that several forms of one page can ask.</summary>
    public string Id { get; init; } = "who";

    /// <summary>Whether it is asked though the PC remembers somebody: of what is done in the name of a desk.</summary>
    public bool IsAfresh { get; init; }

    /// <summary>Whether the act can be done by nobody by name.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether they may have themselves remembered for a while.</summary>
    public bool OffersStay { get; init; } = true;

    /// <summary>The badge number that was typed; a PIN is never shown again.</summary>
    public string Badge { get; init; } = "";

    /// <summary>The key of the words for what was wrong with it; null: nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>The same question about a form that was sent and is shown again.</summary>
    public WhoActs Again(HttpContext context, string? fault = null) => this with { Badge = ActingPerson.BadgeOf(context), Fault = fault };
}

/// <summary>The answer to a form of which it is not known who sent it.</summary>
internal static class WhoActsAnswer
{
    /// <summary>The page again, with the status that says so to a script, and how long to wait to whoever tries too fast.</summary>
    public static PageResult AskAgain(this PageModel page, string fault)
    {
        var isTooFast = fault == ActingPerson.TooFast;
        page.Response.StatusCode = isTooFast ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity;
        if (isTooFast)
        {
            page.Response.Headers.RetryAfter = "10";
        }

        return page.Page();
    }
}
