using PolicyHub.Web.Pages;
using PolicyHub.Web.Reading;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Api;

/// <summary><c>GET /api/mine</c>: what whoever asks has pinned and opened lately. There is no way to ask for another's.</summary>
public static class MineEndpoint
{
    public const string Address = "/api/mine";

    private static readonly string[] Reads = ["GET", "HEAD"];

    public static void MapMine(this IEndpointRouteBuilder endpoints) => endpoints.MapMethods(Address, Reads, (Delegate)FindAsync).RequireAuthorization(Policies.Acting);

    private static async Task<IResult> FindAsync(HttpContext http, Visit visit, MyReading mine)
    {
        http.Response.Headers.CacheControl = "no-store";
        return visit.Acting is { } person ? Results.Ok(await mine.OfAsync(person, visit, http.RequestAborted)) : Results.NotFound();
    }
}
