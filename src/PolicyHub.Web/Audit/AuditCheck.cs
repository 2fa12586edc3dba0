using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PolicyHub.Web.Audit;

/// <summary>Degraded where the head of the audit log is not kept out of reach of this machine, or the log was changed. An empty log has no head to keep.</summary>
public sealed class AuditCheck(AuditStatus status) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((status.Report, status.Failure) switch
        {
            ({ IsWhole: false } report, _) => HealthCheckResult.Degraded($"The audit log was changed. {report.Faults[0].Sentence} Run policyhub verify --log."),
            (_, { } reason) when status.Head is not null => HealthCheckResult.Degraded($"The audit log is not anchored. {reason}"),
            _ => HealthCheckResult.Healthy(),
        });
}
