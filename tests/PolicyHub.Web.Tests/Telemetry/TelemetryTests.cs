using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Telemetry;

/// <summary>What a collector is sent, and what it never is.</summary>
public sealed class TelemetryTests
{
    private const string Typed = "quaggaquestion";
    private const string Secret = "quaggasecret";

    [Fact]
    public async Task Requests_WithACollector_ReachItAsFiguresAndTracesWithoutWords()
    {
        // Heard before the site begins to listen, so before anything is taken out: what there was to leak.
        var heard = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => heard.Enqueue(string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))),
        };
        ActivitySource.AddActivityListener(listener);
        await using var collector = await TestCollector.StartAsync();
        using var repository = new TestRepository().Commit(Secret, $"{Secret}.md", $"---\ntitle: {Secret} title\n---\n# A\n\n{Secret} text.\n").Flush();
        await using (var site = await RunningSite.StartAsync(
            null,
            app => app.MapGet("/fails", string () => throw new InvalidOperationException(Secret)),
            ("PolicyHub:Library", repository.Folder), ("PolicyHub:Telemetry:Endpoint", collector.Address), ("PolicyHub:Telemetry:TracesPercent", "100")))
        {
            foreach (var address in new[] { $"/search?q={Typed}", $"/api/search?q={Secret}", $"/docs/{Secret}?q={Typed}", $"/{Secret}?{Typed}={Secret}", "/fails", "/health/ready" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.Add("User-Agent", Secret);
                request.Headers.Add("Cookie", "look=" + Secret);
                request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
                request.Headers.Add("tracestate", "vendor=" + Secret);
                request.Headers.Add("baggage", "person=" + Secret);
                using var answer = await site.Client.SendAsync(request);
            }
        }

        // Both were sent when the site stopped.
        var (metrics, traces) = (collector.All("/v1/metrics"), collector.All("/v1/traces"));
        foreach (var figure in new[] { "policyhub.searches", "policyhub.search.duration", "policyhub.edition.age", "policyhub.refresh.age", "http.server.request.duration", "kestrel.active_connections" })
        {
            Assert.Contains(figure, metrics, StringComparison.Ordinal);
        }

        Assert.Contains("none", metrics, StringComparison.Ordinal);
        Assert.Contains("found", metrics, StringComparison.Ordinal);
        Assert.Contains("GET docs/{**path}", traces, StringComparison.Ordinal);
        Assert.Contains("http.response.status_code", traces, StringComparison.Ordinal);
        Assert.Equal(["application/x-protobuf"], collector.Types);
        Assert.Contains(heard, tags => tags.Contains("url.path=/docs/" + Secret, StringComparison.Ordinal));
        foreach (var word in new[] { Typed, Secret, "url.query", "url.path", "url.full", "client.address", "user_agent" })
        {
            Assert.DoesNotContain(word, metrics, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(word, traces, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Refresh_ThatFails_IsCounted()
    {
        await using var collector = await TestCollector.StartAsync();
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n").Branch("other").Commit("Second", "a.md", "# A again\n").Flush();
        await using (var site = await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder), ("PolicyHub:Telemetry:Endpoint", collector.Address)))
        {
            repository.Commit("Elsewhere", "b.md", "# B\n", "other").MoveBranch("main", "other").Flush();
            await site.UntilAsync("/health/ready", text => !RunningSite.IsWell(text), TimeSpan.FromSeconds(60));
        }

        Assert.Contains("policyhub.refresh.failures", collector.All("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("policyhub.git.calls", collector.All("/v1/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_WithoutAnEndpoint_SendsNothing()
    {
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n").Flush();
        await using var site = await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder));

        Assert.DoesNotContain(site.Services.GetServices<IHostedService>(), service => service.GetType().Name == "OtlpExport");
    }

    [Fact]
    public async Task Site_WhoseCollectorIsAway_Serves()
    {
        using var repository = new TestRepository().Commit("First", "a.md", "# A\n").Flush();
        await using var site = await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder), ("PolicyHub:Telemetry:Endpoint", "http://127.0.0.1:1"), ("PolicyHub:Telemetry:Every", "00:00:01"));

        Assert.Contains("A", await site.Client.GetStringAsync(new Uri("/docs/a", UriKind.Relative)), StringComparison.Ordinal);
    }
}
