using System.Diagnostics.Metrics;
using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Telemetry;

/// <summary>
/// Sends the figures of the framework and our own, and traces of some requests, to a collector (OTLP over HTTP, opentelemetry.io/docs/specs/otlp).
/// Made only where an endpoint is set. A collector that is away costs the site nothing but the figures.
/// </summary>
internal sealed class OtlpExport(TelemetryOptions options, CurrentEdition current, RefreshStatus refresh, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly string[] Meters =
        [HubMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Diagnostics", "System.Runtime"];

    private const int LongestExport = 5000;

    private Meter? ages;
    private MeterProvider? metrics;
    private TracerProvider? traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ages = new Meter(HubMeter.Name);
        ages.CreateObservableGauge("policyhub.edition.age", EditionAge, "s", "How long ago the edition that is served was made.");
        ages.CreateObservableGauge("policyhub.refresh.age", RefreshAge, "s", "How long ago the library was last looked at with success; a library on this machine is looked at when it changes.");

        var resource = ResourceBuilder.CreateEmpty().AddService("policyhub", serviceVersion: typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter((exporter, reader) =>
            {
                Address(exporter, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Every.TotalMilliseconds;
                reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = LongestExport;
            })
            .Build();

        // Whether a request is traced is ours to say, not the caller's: no parent is asked.
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore")
            .SetSampler(new TraceIdRatioBasedSampler(options.TracesPercent / 100d))
            .AddProcessor(new TraceScrub())
            .AddOtlpExporter(exporter => Address(exporter, "v1/traces"))
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>What was counted last is still sent, away from the thread that stops the site.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            metrics?.ForceFlush(LongestExport / 5);
            traces?.ForceFlush(LongestExport / 5);
        },
        cancellationToken);

    public void Dispose()
    {
        metrics?.Dispose();
        traces?.Dispose();
        ages?.Dispose();
    }

    private void Address(OtlpExporterOptions exporter, string path)
    {
        exporter.Endpoint = new Uri(new Uri(options.Endpoint!.TrimEnd('/') + "/"), path);
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.TimeoutMilliseconds = LongestExport;
    }

    private IEnumerable<Measurement<double>> EditionAge() =>
        current.IsReady ? [new((time.GetUtcNow() - current.Value.At).TotalSeconds)] : [];

    private IEnumerable<Measurement<double>> RefreshAge() =>
        refresh.LastSuccess is { } last ? [new((time.GetUtcNow() - last).TotalSeconds)] : [];
}
