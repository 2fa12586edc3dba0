using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Api;

/// <summary>Ready once a first edition can be read.</summary>
public sealed class EditionCheck(CurrentEdition current) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(current.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The first edition is still being built."));
}

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        endpoints.MapHealthChecks("/health/ready");
    }
}
