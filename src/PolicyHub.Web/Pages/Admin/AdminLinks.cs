using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.Admin;

/// <summary>The addresses of looking after the library.</summary>
public static class AdminLinks
{
    public static string Problems(string? code = null) => FindLinks.Query("/problems", ("code", code));
}
