using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Storage;

namespace PolicyHub.Web.Audit;

/// <summary>What the audit log confirms of approvals, read anew when a row was added to it.</summary>
public sealed class ApprovalProofs(IServiceProvider services)
{
    private (long Rows, ApprovalProof Proof) kept = (0, ApprovalProof.None);

    /// <summary>Without records nothing is confirmed.</summary>
    public async Task<ApprovalProof> ReadAsync(CancellationToken cancellation)
    {
        if (services.GetService<RecordsLocation>() is null)
        {
            return ApprovalProof.None;
        }

        var head = await services.GetRequiredService<AuditLog>().HeadAsync(cancellation);
        if (head is not null && head.Number != kept.Rows)
        {
            kept = (head.Number, await ApprovalProof.ReadAsync(services.GetRequiredService<IDbContextFactory<RecordsDb>>(), cancellation));
        }

        return kept.Proof;
    }
}
