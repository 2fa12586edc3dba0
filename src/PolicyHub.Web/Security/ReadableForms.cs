using System.Text;
using Microsoft.Net.Http.Headers;

namespace PolicyHub.Web.Security;

/// <summary>Forms as browsers send them: what says that it is written in another encoding than UTF-8 is refused before anything reads it, as the framework fails on some.</summary>
public sealed class ReadableForms(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Request.ContentType is null || !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        // What shows the refusal must not read it either.
        context.Request.ContentType = null;
        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    }

    /// <summary>The form of a request; null where it has none, or one that breaks off or goes over the limits.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(cancellation) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
