using System.Net;
using System.Net.Http.Headers;

namespace PolicyHub.Web.Tests.Api;

public sealed class FileEndpointTests(SampleSite sample)
{
    [Fact]
    public async Task Get_ActiveSvg_IsSandboxedAndNotSniffed()
    {
        using var response = await sample.Site.Client.GetAsync("/files/forms/u-15.svg");

        Assert.Equal(SampleSite.ActiveSvg, await response.Content.ReadAsStringAsync());
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("sandbox; default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Get_WithTheTagOfTheBlob_IsNotModified()
    {
        using var first = await sample.Site.Client.GetAsync("/files/forms/u-15.pdf");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/files/forms/u-15.pdf");
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var second = await sample.Site.Client.SendAsync(again);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/files/forms/macro.html")]
    [InlineData("/files/library.yml")]
    [InlineData("/files/policies/late-fees.md")]
    [InlineData("/files/forms/none.pdf")]
    [InlineData("/files/../library.yml")]
    [InlineData("/files/%2e%2e/library.svg")]
    [InlineData("/files/.git/config")]
    public async Task Get_OtherFile_IsNotFound(string asked)
    {
        using var response = await sample.Site.Client.GetAsync(asked);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
