using System.Globalization;

namespace PolicyHub.Web.Pages;

/// <summary>Numbers and names of days and months read as the library's language has them, whoever asks.</summary>
public sealed class LibraryCulture(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context, Visit visit)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Dates.CultureOf(visit.Settings);
        return next(context);
    }
}
