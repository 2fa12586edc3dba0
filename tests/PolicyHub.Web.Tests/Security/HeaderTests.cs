using System.Net;
using PolicyHub.Web.Security;

namespace PolicyHub.Web.Tests.Security;

public sealed class HeaderTests(SampleSite sample)
{
    public static TheoryData<string> Addresses =>
        ["/", "/search?q=fee", "/docs/policies/late-fees", "/nothing-here", "/kind/policy", "/problems", "/api/search?q=fee", "/theme/theme.css", "/health/live", "/id/UB-014"];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Get_AnyAnswer_CarriesThePolicyOfTheSite(string asked)
    {
        using var response = await sample.Site.Client.GetAsync(asked);

        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("noindex", Assert.Single(response.Headers.GetValues("X-Robots-Tag")), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Get_AnyPage_HoldsNothingInline(string asked)
    {
        var page = await sample.Site.GetPageAsync(asked);

        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src]), [src^='data:'], [href^='data:'], [href^='javascript:']"));
        Assert.DoesNotContain(page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("riverton.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.7")]
    public async Task Get_ByAnotherName_IsRefused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/docs/policies/late-fees");
        request.Headers.Host = host;
        using var response = await sample.Site.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain("21 days", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ThroughAProxy_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        using var response = await sample.Site.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task Get_ByALocalName_IsAnswered(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = host;
        using var response = await sample.Site.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public void FilePolicy_GivesScriptsNoWay() => Assert.DoesNotContain("script", SecurityHeaders.FilePolicy, StringComparison.Ordinal);
}
