using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PolicyHub.Web.Tests.Telemetry;

/// <summary>A collector on a free port of this machine: keeps what it is sent. Texts stand in the protocol buffers as UTF-8, so that they are found as they are.</summary>
internal sealed class TestCollector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Path, string? Type, string Body)> received = [];

    private TestCollector(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    public IEnumerable<string> Types => received.Select(sent => sent.Type ?? "").Distinct();

    public static async Task<TestCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var collector = new TestCollector(builder.Build());
        collector.app.MapPost("/v1/{kind}", collector.TakeAsync);
        await collector.app.StartAsync();
        return collector;
    }

    public string All(string path) => string.Concat(received.Where(sent => sent.Path == path).Select(sent => sent.Body));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        received.Enqueue((context.Request.Path.Value ?? "", context.Request.ContentType, Encoding.UTF8.GetString(body.ToArray())));
    }
}
