using System.Collections.Immutable;
using Microsoft.AspNetCore.WebUtilities;
using PolicyHub.Web.Pages.SignIn;

namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>
/// Takes a failed sign-in to its page. By a redirect: the address of the callback, with its spent code, would be no place to try again from,
/// and only a word from a list goes along.
/// </summary>
internal static class OidcTrouble
{
    public const string Down = "down";
    public const string Denied = "denied";
    public const string Again = "again";
    public const string NotAdmitted = "not-admitted";
    public const string Refused = "refused";

    public static ImmutableArray<string?> All { get; } = [Down, Denied, Again, NotAdmitted, Refused];

    /// <summary>The status of each page.</summary>
    public static int StatusOf(string why) => why switch
    {
        Down => StatusCodes.Status503ServiceUnavailable,
        Denied or NotAdmitted => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status400BadRequest,
    };

    public static string WhyOf(OidcReason reason) => reason switch
    {
        OidcReason.ProviderDown or OidcReason.ProviderMisconfigured => Down,
        OidcReason.DeniedAtProvider => Denied,
        OidcReason.BadState or OidcReason.NotThisBrowser or OidcReason.CodeRefused => Again,
        OidcReason.TenantNotAllowed or OidcReason.PersonRefused => NotAdmitted,
        _ => Refused,
    };

    /// <summary>Tells the log the reason, the audit log that it happened, and the person what to do.</summary>
    public static async Task ShowAsync(HttpContext context, OidcOptions options, ILogger log, Exception failure, string? returnUrl)
    {
        var known = failure as OidcFailedException ?? new OidcFailedException(OidcReason.Unexpected, failure.GetType().Name);
        log.LogWarning("Sign-in at the provider failed: {Reason}. Request {Request}.", known.Message, context.TraceIdentifier);
        await options.OnRefused(context, known.Reason);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(QueryHelpers.AddQueryString(OidcLinks.Trouble, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["why"] = WhyOf(known.Reason),
            [SignInLinks.Return] = OidcLinks.Local(returnUrl),
            ["id"] = context.TraceIdentifier,
        }));
    }
}
