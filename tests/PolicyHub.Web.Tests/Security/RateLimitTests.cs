using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PolicyHub.Testing;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Tests.Security;

/// <summary>How fast and how much one address may ask; each limit is set low, met, and told with a time to wait.</summary>
public sealed class RateLimitTests
{
    [Theory]
    [InlineData("/history/a?format=csv", "/changes?format=csv")]
    [InlineData("/evidence/a?version=1", "/evidence/a?on=2026-06-01")]
    public async Task Export_BeyondTheLimit_IsRefusedWhilePagesAreNot(string file, string another)
    {
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n").Flush();
        await using var site = await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder), ("PolicyHub:ExportsPerMinute", "2"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(site, file), await StatusAsync(site, another)));

        using var refused = await site.Client.GetAsync(file);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);
        foreach (var page in new[] { "/history/a", "/history/a?on=2026-06-01", "/changes", "/evidence/a", "/docs/a", "/search?q=a" })
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(site, page));
        }
    }

    [Fact]
    public async Task SignIn_BeyondTheLimit_IsRefusedWhileThePageIsNot()
    {
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n").Flush();
        await using var site = await RunningSite.StartAsync(
            null,
            app => app.MapMethods("/attempt", ["GET", "POST"], () => "tried").DisableAntiforgery().RequireRateLimiting(RateLimits.SignIn),
            ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignInsPerMinute", "2"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], new[] { await PostAsync(site, 1), await PostAsync(site, 1), await PostAsync(site, 1) });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(site, "/attempt"));
    }

    [Fact]
    public async Task Post_LargerThanItsEndpointTakes_IsRefused()
    {
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n").Flush();
        await using var site = await RunningSite.StartAsync(null, app => app.MapPost("/attempt", (HttpContext context) => context.Request.Body.CopyToAsync(Stream.Null)), ("PolicyHub:Library", repository.Folder));

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(site, 200, "/api/search/outcome"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(site, 5000, "/api/search/outcome"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(site, 5000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(site, 70_000));
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningSite site, string address)
    {
        using var answer = await site.Client.GetAsync(address);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> PostAsync(RunningSite site, int length, string address = "/attempt")
    {
        using var body = new StringContent("outcome=none&q=" + new string('a', length));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        using var answer = await site.Client.PostAsync(address, body);
        return answer.StatusCode;
    }
}
