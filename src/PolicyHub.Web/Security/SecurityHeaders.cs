using Microsoft.Net.Http.Headers;

namespace PolicyHub.Web.Security;

/// <summary>The headers that every answer carries, errors included. An answer that set its own (a file) keeps it.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Nothing but our own scripts, styles, images and fonts; no frame, no plug-in, no inline code.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>For bytes that people put into the library: shown, never run.</summary>
    public const string FilePolicy =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        // Set at the last moment: the error handler clears what was set before it.
        context.Response.OnStarting(static state => Apply((HttpResponse)state), context.Response);
        return next(context);
    }

    private static Task Apply(HttpResponse response)
    {
        var headers = response.Headers;
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, ContentSecurityPolicy);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        if (!headers.ContainsKey(HeaderNames.CacheControl))
        {
            // What is in effect changes by the minute: a kept copy is asked about again before it is shown.
            headers.CacheControl = "private, no-cache";
        }

        return Task.CompletedTask;
    }
}
