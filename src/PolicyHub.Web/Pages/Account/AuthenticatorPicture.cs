using System.Globalization;
using System.Text;
using PolicyHub.Records.People;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.SignIn.Local;
using QRCoder;

namespace PolicyHub.Web.Pages.Account;

/// <summary><c>GET /account/authenticator.svg</c>: the key of an authenticator that is being set up, as a picture to read with it. No page holds it, as no image may stand in a page's text.</summary>
internal static class AuthenticatorPicture
{
    public static void MapAuthenticatorPicture(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(AccountLinks.AuthenticatorPicture, Draw).RequireAuthorization(Policies.Person);

    private static IResult Draw(HttpContext http, Visit visit, SealedCookies cookies)
    {
        http.Response.Headers.CacheControl = "no-cache, no-store";
        return cookies.Read(http, SealedCookies.NewAuthenticator)?.Split(' ') is [var id, var key] && id == visit.Person!.Id.ToString()
            ? Results.Text(Svg(Totp.Address(visit.Settings.Name, visit.Person.Name, key)), "image/svg+xml")
            : Results.NotFound();
    }

    /// <summary>Dark squares on white with the quiet zone that readers need, whatever the page looks like.</summary>
    private static string Svg(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Length; x++)
            {
                if (rows[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {rows.Count} {rows.Count}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{rows.Count}v{rows.Count}H0z"/><path d="{path}"/></svg>""");
    }
}
