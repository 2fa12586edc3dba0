using System.Globalization;
using PolicyHub.Records.Audit;

namespace PolicyHub.Records.Proposals;

/// <summary>What the audit log holds of a proposal: which one, which revision, and the hash of what was seen.</summary>
internal static class ProposalTold
{
    public static string Subject(Proposal proposal) => $"proposal:{proposal.Id:D}";

    public static AuditEvent Of(AuditActor who, AuditKind kind, string what, Proposal proposal, string reason = "", params (string Name, string Value)[] details) => new()
    {
        Kind = kind,
        Who = who,
        What = what,
        Subject = Subject(proposal),
        Commit = proposal.Commit,
        Details = AuditFields.Of([.. new[]
        {
            ("number", proposal.Number?.ToString(CultureInfo.InvariantCulture) ?? ""),
            ("revision", proposal.Revision == 0 ? "" : proposal.Revision.ToString(CultureInfo.InvariantCulture)),
            ("hash", proposal.Hash),
        }.Concat(details).Where(pair => pair.Item2.Length > 0)]),
        Personal = reason.Length == 0 ? AuditFields.None : AuditFields.Of((AuditFields.Reason, reason)),
    };
}
