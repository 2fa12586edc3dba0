using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PolicyHub.Web.Mail;

/// <summary>Degraded while the mail server takes nothing from this process.</summary>
internal sealed class MailCheck(MailRoundSignal signal) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(signal.Failure is { } failure ? HealthCheckResult.Degraded(failure) : HealthCheckResult.Healthy());
}
