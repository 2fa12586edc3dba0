using System.Net;
using System.Text.Json;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Pages.Errors;

public sealed class ErrorTests(SampleSite sample)
{
    [Fact]
    public async Task Get_UnknownAddress_SearchesForWhatWasAsked()
    {
        using var response = await sample.Site.Client.GetAsync("/docs/policies/late-fee-rules");
        var page = await RunningSite.ParseAsync(response);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(page.QuerySelectorAll(".hit a"), link => link.GetAttribute("href")!.StartsWith("/docs/policies/late-fees", StringComparison.Ordinal));
        Assert.NotEmpty(page.QuerySelector("code")!.TextContent);
    }

    [Fact]
    public async Task Get_UnknownApi_IsProblemDetails()
    {
        using var response = await sample.Site.Client.GetAsync("/api/none");
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(404, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.RootElement.GetProperty("requestId").GetString()!);
    }

    [Fact]
    public async Task Post_Page_IsNotAllowedAndExplained()
    {
        using var response = await sample.Site.Client.PostAsync("/nothing-here", null);

        Assert.InRange((int)response.StatusCode, 400, 405);
        Assert.NotEmpty((await RunningSite.ParseAsync(response)).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("/error/500")]
    [InlineData("/error/200")]
    public async Task Get_ErrorPageItself_IsNotFound(string asked)
    {
        using var response = await sample.Site.Client.GetAsync(asked);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Get_Problems_NamesFileAndWhatToDo()
    {
        var page = await sample.Site.GetPageAsync("/problems");

        Assert.Contains(page.QuerySelectorAll(".file-name"), file => file.TextContent.Contains("standard.md", StringComparison.Ordinal));
        var code = page.QuerySelector(".problem-list a")!;
        Assert.NotEmpty((await sample.Site.GetPageAsync(code.GetAttribute("href")!)).QuerySelectorAll(".problem-list li"));
    }

    [Fact]
    public async Task Get_Health_SaysThatItIsReady()
    {
        Assert.Equal("Healthy", await sample.Site.Client.GetStringAsync("/health/live"));
        Assert.True(RunningSite.IsWell(await sample.Site.Client.GetStringAsync("/health/ready")));
    }
}
