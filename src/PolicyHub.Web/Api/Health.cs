using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PolicyHub.Web.Packs;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Api;

/// <summary>Ready once a first edition can be read; degraded while what takes effect by its date is late.</summary>
public sealed class EditionCheck(CurrentEdition current, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((current.IsReady, current.DueSince(time.GetUtcNow())) switch
        {
            (false, _) => HealthCheckResult.Unhealthy("The first edition is still being built."),
            (true, { } due) => HealthCheckResult.Degraded($"What takes effect at {due.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC is not served yet; readers still get the text before it."),
            _ => HealthCheckResult.Healthy(),
        });
}

/// <summary>Degraded, and saying why, while the library can't be brought up to date.</summary>
public sealed class LibraryCheck(RefreshStatus refresh) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(refresh.Failure is { } failure ? HealthCheckResult.Degraded(failure.Reason) : HealthCheckResult.Healthy());
}

/// <summary>Degraded while a remote has not been reached for long, be there a failure that says so or not.</summary>
internal sealed class RefreshAgeCheck(ILibraryFeed feed, RefreshStatus refresh, Hosting.HubOptions options, TimeProvider time) : IHealthCheck
{
    /// <summary>Fetches that may be missed, and the time that a slow one may take.</summary>
    private const int Missed = 10;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var age = time.GetUtcNow() - refresh.LastSuccess;
        return Task.FromResult(feed.Repository?.HasRemote == true && age > (Missed * options.Remote.Interval) + options.GitTimeout
            ? HealthCheckResult.Degraded($"The remote was last reached {age.Value.TotalMinutes:0} minutes ago.")
            : HealthCheckResult.Healthy());
    }
}

/// <summary>Degraded while the pack for an outage can't be written.</summary>
public sealed class PackCheck(PackStatus pack) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(pack.Failure is { } unwritten ? HealthCheckResult.Degraded(unwritten.Reason) : HealthCheckResult.Healthy());
}

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve; each check by its name, and to whoever asks on this machine
/// also why. From elsewhere only names and states: a reason may name a file, a branch or an address.
/// </summary>
public static class Health
{
    /// <summary>Our checks; others are added in the framework's way and show by themselves.</summary>
    public static void AddHubHealth(this IServiceCollection services)
    {
        var checks = services.AddHealthChecks().AddCheck<EditionCheck>("edition").AddCheck<LibraryCheck>("library").AddCheck<PackCheck>("pack");
        if (services.Any(service => service.ServiceType == typeof(ILibraryFeed)))
        {
            checks.AddCheck<RefreshAgeCheck>("refresh");
        }
    }

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        var isHere = context.Connection.RemoteIpAddress is { } asker && IPAddress.IsLoopback(asker)
            && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("status", report.Status.ToString());
        json.WriteStartArray("checks");
        foreach (var (name, entry) in report.Entries)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("status", entry.Status.ToString());
            if (isHere && entry.Description is { } reason)
            {
                json.WriteString("reason", reason);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }
}
