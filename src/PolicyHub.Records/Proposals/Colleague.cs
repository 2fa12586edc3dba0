using System.Collections.Immutable;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Audit;

namespace PolicyHub.Records.Proposals;

/// <summary>Somebody who does something with a proposal.</summary>
/// <param name="Positions">Slugs of the positions that they hold.</param>
/// <param name="Address">What tells two people of one name apart in a commit: their mail address, else their id.</param>
/// <param name="Told">As the audit log names them.</param>
public sealed record Colleague(Guid Id, string Name, string Address, ImmutableArray<string> Positions, AuditActor Told)
{
    /// <summary>The day in the organisation's zone, by which deputies stand for others.</summary>
    public required DateOnly Today { get; init; }

    public bool IsAuditor { get; init; }

    public bool IsAdministrator { get; init; }

    public Signatory Signatory => new(Name, Address);

    /// <summary>As <see cref="Proposal.Writers"/> names them.</summary>
    public string Key => Id.ToString("D");
}
