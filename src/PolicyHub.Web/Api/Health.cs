using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PolicyHub.Web.Packs;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Api;

/// <summary>Ready once a first edition can be read; degraded, and saying why, while it is not brought up to date.</summary>
public sealed class EditionCheck(CurrentEdition current, RefreshStatus refresh, PackStatus pack, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((current.IsReady, refresh.Failure, current.DueSince(time.GetUtcNow())) switch
        {
            (false, _, _) => HealthCheckResult.Unhealthy("The first edition is still being built."),
            (true, { } failure, _) => HealthCheckResult.Degraded(failure.Reason),
            (true, _, { } due) => HealthCheckResult.Degraded($"What takes effect at {due.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC is not served yet; readers still get the text before it."),
            (true, _, _) when pack.Failure is { } unwritten => HealthCheckResult.Degraded(unwritten.Reason),
            _ => HealthCheckResult.Healthy(),
        });
}

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var reasons = report.Entries.Values.Select(entry => entry.Description).OfType<string>();
        return context.Response.WriteAsync(string.Join('\n', reasons.Prepend(report.Status.ToString())));
    }
}
