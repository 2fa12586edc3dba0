using PolicyHub.Records.Audit;

namespace PolicyHub.Web.Audit;

internal static class AuditServices
{
    /// <summary>The audit log and what looks after it; only where records are kept.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services, AuditOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<AuditBook>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<AuditRefusals>();
        services.AddSingleton<AuditStatus>();
        services.AddHostedService<AuditSchedule>();
        services.AddHealthChecks().AddCheck<AuditCheck>("audit");
        return services;
    }
}
