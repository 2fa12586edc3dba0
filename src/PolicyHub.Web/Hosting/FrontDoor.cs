using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.Options;
using PolicyHub.Web.Telemetry;

namespace PolicyHub.Web.Hosting;

/// <summary>What stands between the network and the site: proxies that are believed, https, how the log is written and where figures go.</summary>
internal static class FrontDoor
{
    public const string TextLogs = "text";
    public const string JsonLogs = "json";

    private static readonly TimeSpan HttpsKept = TimeSpan.FromDays(365);

    public static void Add(WebApplicationBuilder builder, HubOptions options)
    {
        if (options.Logs == JsonLogs)
        {
            // No scopes: the framework's hold the path of each request.
            builder.Logging.ClearProviders().AddJsonConsole(console =>
            {
                console.IncludeScopes = false;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }

        if (options.Telemetry.Endpoint is { Length: > 0 })
        {
            AddExport(builder.Services, options.Telemetry);
        }

        builder.Services.Configure<HstsOptions>(hsts => hsts.MaxAge = HttpsKept);
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in Networks(options.Proxies) ?? [])
            {
                forwarded.KnownIPNetworks.Add(network);
            }

            // Nobody is believed where nobody is named. The host is the proxy's own to pass on, and AllowedHosts' to judge.
            forwarded.ForwardedHeaders = forwarded.KnownIPNetworks.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
        });
    }

    public static void Use(WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value.ForwardedHeaders != ForwardedHeaders.None)
        {
            app.UseForwardedHeaders();
        }

        if (app.Services.GetService<TelemetryOptions>() is not null)
        {
            app.Use(TellRouteAsync);
        }

        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
            if (HasHttps(app.Configuration))
            {
                app.UseHttpsRedirection();
            }
        }
    }

    /// <summary>The networks of a list of addresses and networks; null where a part of it is neither.</summary>
    public static IReadOnlyList<System.Net.IPNetwork>? Networks(string? list)
    {
        var networks = new List<System.Net.IPNetwork>();
        foreach (var part in (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(part, out var address))
            {
                networks.Add(new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (System.Net.IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else
            {
                return null;
            }
        }

        return networks;
    }

    /// <summary>The framework's trace of a request names its path, which never leaves, and not the pattern that it fits.</summary>
    private static async Task TellRouteAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        context.Features.Get<IHttpActivityFeature>()?.Activity
            .SetTag("http.route", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText)
            .SetTag("http.response.status_code", context.Response.StatusCode);
    }

    /// <summary>By itself, so that a site that sends nothing does not load what would send it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddExport(IServiceCollection services, TelemetryOptions options)
    {
        // The framework's own switch (.NET 10): without it a request's trace has a name and nothing else.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        services.AddSingleton(options).AddHostedService<OtlpExport>();
    }

    private static bool HasHttps(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration["https_port"] ?? configuration["https_ports"])
        || (configuration["urls"] ?? "").Split(';').Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? ""))
            .Any(url => url.Trim().StartsWith("https:", StringComparison.OrdinalIgnoreCase));
}
