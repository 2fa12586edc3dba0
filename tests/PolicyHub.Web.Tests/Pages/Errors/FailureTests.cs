using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Testing;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Tests.Pages.Errors;

/// <summary>The pages that nobody wants to see.</summary>
public sealed class FailureTests
{
    private const string Secret = "the/secret/path";

    [Fact]
    public async Task Get_FailingPage_Is500WithARequestIdAndNothingElse()
    {
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n").Flush();
        await using var site = await RunningSite.StartAsync(
            null,
            app => app.MapGet("/{place}/fails", string (string place) => throw new InvalidOperationException(Secret + place)),
            ("PolicyHub:Library", repository.Folder));

        using var page = await site.Client.GetAsync("/page/fails");
        using var api = await site.Client.GetAsync("/api/fails");

        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        var parsed = await RunningSite.ParseAsync(page);
        Assert.NotEmpty(parsed.QuerySelector("h1")!.TextContent);
        Assert.NotEmpty(parsed.QuerySelector(".quiet-line code")!.TextContent);
        Assert.Contains("Content-Security-Policy", page.Headers.Select(header => header.Key));
        Assert.DoesNotContain(Secret, parsed.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", parsed.Source.Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.InternalServerError, api.StatusCode);
        var json = await api.Content.ReadAsStringAsync();
        using var problem = JsonDocument.Parse(json);
        Assert.NotEmpty(problem.RootElement.GetProperty("requestId").GetString()!);
        Assert.DoesNotContain(Secret, json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_TooManySearches_Is429WithAWayOnAndOtherPagesStayOpen()
    {
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n").Flush();
        await using var site = await RunningSite.StartAsync(
            null, ("PolicyHub:Library", repository.Folder), ("PolicyHub:SearchesPerSecond", "1"));

        var answers = new List<HttpResponseMessage>();
        for (var asked = 0; asked < 200 && answers.LastOrDefault()?.StatusCode != HttpStatusCode.TooManyRequests; asked++)
        {
            answers.Add(await site.Client.GetAsync("/search?q=a"));
        }

        Assert.All(answers.Take(10), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var refused = answers[^1];
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.NotEmpty((await RunningSite.ParseAsync(refused)).QuerySelector("h1")!.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await site.Client.GetAsync("/docs/a")).StatusCode);
        answers.ForEach(answer => answer.Dispose());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs/a")]
    [InlineData("/search?q=a")]
    [InlineData("/files/a.png")]
    public async Task Get_BeforeTheFirstEdition_Is503ThatTriesAgain(string asked)
    {
        // The program builds its first edition before it listens; a host that does not is answered all the same.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(PolicyHubSite).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--urls", "http://127.0.0.1:0"],
        });
        builder.Services.AddSingleton<RefreshStatus>();
        builder.Services.AddPolicyHub(new SiteOptions { ThemesFolder = Path.Combine(AppContext.BaseDirectory, "none"), SearchesPerSecond = 100, IsOpen = true });
        await using var site = builder.Build();
        site.UsePolicyHub();
        await site.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };

        using var answer = await client.GetAsync(asked);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), answer.Headers.RetryAfter!.Delta);
        Assert.Equal("3", Assert.Single(answer.Headers.GetValues("Refresh")));
        Assert.NotEmpty((await RunningSite.ParseAsync(answer)).QuerySelector("h1")!.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);
        await site.StopAsync();
    }
}
