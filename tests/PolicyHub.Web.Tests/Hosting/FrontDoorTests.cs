using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using PolicyHub.Testing;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Tests.Hosting;

/// <summary>The site in Production, as the network meets it.</summary>
public sealed class FrontDoorTests
{
    [Theory]
    [InlineData("127.0.0.1", "203.0.113.9", true)]
    [InlineData("10.1.0.0/16, 127.0.0.0/8", "203.0.113.9", true)]
    [InlineData("10.1.0.0/16", "127.0.0.1", false)]
    [InlineData("", "127.0.0.1", false)]
    public async Task Get_WithForwardedHeaders_BelievesOnlyNamedProxies(string proxies, string seenFrom, bool seenAsSecure)
    {
        await using var site = await StartAsync(("PolicyHub:Proxies", proxies));
        using var client = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/seen");
        request.Headers.Host = "hub.example";
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal($"{seenFrom} {(seenAsSecure ? "https" : "http")} hub.example", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(seenAsSecure, answer.Headers.Contains("Strict-Transport-Security"));
        await site.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("hub.example", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    public async Task Get_WithAllowedHosts_AnswersToThoseAlone(string host, HttpStatusCode status)
    {
        await using var site = await StartAsync(("AllowedHosts", "hub.example"));
        using var client = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/seen");
        request.Headers.Host = host;

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        await site.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Get_OverHttpWhereHttpsIsServed_IsLedThere()
    {
        await using var site = await StartAsync(("https_port", "443"));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(site.Urls.First()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/seen?a=b");
        request.Headers.Host = "hub.example";

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("https://hub.example/seen?a=b", answer.Headers.Location?.AbsoluteUri);
        await site.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("PolicyHub:Proxies", "10.0.0.5, everyone")]
    [InlineData("PolicyHub:Logs", "xml")]
    [InlineData("PolicyHub:Telemetry:Endpoint", "collector")]
    [InlineData("PolicyHub:Telemetry:TracesPercent", "101")]
    [InlineData("PolicyHub:ExportsPerMinute", "0")]
    public async Task Start_WithAWrongSetting_IsRefusedAndNamesIt(string key, string value)
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync((key, value)));

        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(params (string Key, string? Value)[] settings)
    {
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n").Flush();
        using var data = new TemporaryFolder();
        var site = HubApp.Build([], builder =>
        {
            builder.Environment.EnvironmentName = "Production";
            builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), new("PolicyHub:Data", data.Path), new("PolicyHub:Library", repository.Folder), new("PolicyHub:SignIn:Local", "true"), new("PolicyHub:SignIn:Domain", "policies.example")]);
            builder.Configuration.AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
            builder.Logging.ClearProviders();
        });
        site.MapGet("/seen", (HttpContext context) => $"{context.Connection.RemoteIpAddress} {context.Request.Scheme} {context.Request.Host}").AllowAnonymous();
        await site.StartAsync();
        return site;
    }
}
