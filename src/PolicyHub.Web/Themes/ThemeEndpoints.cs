using System.Runtime.InteropServices;
using Microsoft.Net.Http.Headers;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Pages.About;
using PolicyHub.Web.Pages.Find;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Themes;

/// <summary>The stylesheet and pictures of the themes, and the switch of light and dark.</summary>
public static class ThemeEndpoints
{
    private static readonly string[] Reads = ["GET", "HEAD"];

    public static string Stylesheet(Theme theme) => FindLinks.Query("/theme/theme.css", ("theme", theme.Name), ("v", theme.Version));

    public static string Picture(Theme theme, string picture) => FindLinks.Query("/theme/" + picture, ("theme", theme.Name), ("v", theme.Version));

    public static void MapThemes(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/theme/theme.css", Reads, (HttpContext http, ThemeStore themes, Visit visit, string? theme, string? v) =>
            themes.Find(theme ?? visit.Settings.Theme) is { } found
                ? Kept(http, found, v, Results.Text(found.Stylesheet, "text/css; charset=utf-8"))
                : Results.NotFound()).AllowAnonymous();
        foreach (var picture in new[] { "logo", "favicon" })
        {
            endpoints.MapMethods("/theme/" + picture, Reads, (HttpContext http, ThemeStore themes, Visit visit, string? theme, string? v) =>
                ServePicture(http, themes.Find(theme ?? visit.Settings.Theme), picture, v)).AllowAnonymous();
        }

        // A preference of this browser and nothing else: no antiforgery token, and only a local way back.
        endpoints.MapPost(AboutLinks.Look, (Delegate)Choose).AllowAnonymous().DisableAntiforgery();
    }

    private static IResult ServePicture(HttpContext http, Theme? theme, string picture, string? version)
    {
        if (theme is null || (picture == "logo" ? theme.Logo : theme.Favicon) is not { } found)
        {
            return Results.NotFound();
        }

        http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.FilePolicy;
        return Kept(http, theme, version, Results.Bytes(ImmutableCollectionsMarshal.AsArray(found.Bytes)!, found.ContentType));
    }

    private static IResult Kept(HttpContext http, Theme theme, string? version, IResult result)
    {
        if (version == theme.Version)
        {
            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        }

        http.Response.Headers[HeaderNames.ETag] = $"\"{theme.Version}\"";
        return result;
    }

    private static async Task<IResult> Choose(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        http.Response.Cookies.Append(Look.Cookie, Look.Value(form["mode"], form["contrast"] == "on"), new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            IsEssential = true,
        });
        var back = form["back"].ToString();
        return Results.LocalRedirect(IsLocal(back) ? back : FindLinks.Home);
    }

    private static bool IsLocal(string address) =>
        address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\') && !address.Any(char.IsControl);
}
