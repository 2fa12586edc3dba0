namespace PolicyHub.Web.Telemetry;

/// <summary>Where figures and traces go: a collector that speaks OTLP over HTTP.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The collector's address, such as <c>http://collector.example:4318</c>. Empty: nothing is collected or sent.</summary>
    public string? Endpoint { get; set; }

    /// <summary>How often figures are sent.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Of a hundred requests so many are traced.</summary>
    public int TracesPercent { get; set; } = 10;
}
