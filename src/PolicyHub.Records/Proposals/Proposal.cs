using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PolicyHub.Records.People;

namespace PolicyHub.Records.Proposals;

/// <summary>
/// A change to documents that take effect together, on its way. What is being written stands here and in <see cref="ProposalFile"/>; what was
/// sent stands in git as well, under the ref of its number, and is what counts.
/// </summary>
public sealed class Proposal
{
    /// <summary>In UTF-16 units: what staff do differently from now on, one line.</summary>
    public const int LongestNote = 300;

    /// <summary>In UTF-16 units.</summary>
    public const int LongestWhy = 5_000;

    public required Guid Id { get; init; }

    /// <summary>Its number once it was sent; null: it never was.</summary>
    public int? Number { get; set; }

    public ProposalState State { get; set; }

    /// <summary>Who writes it now; null once their account is gone.</summary>
    public Guid? AuthorId { get; set; }

    public required string AuthorName { get; set; }

    /// <summary>Ids of all who saved something of it: none of them can approve it.</summary>
    public ImmutableArray<string> Writers { get; set; } = [];

    /// <summary>What staff do differently from now on; they read it.</summary>
    public string Note { get; set; } = "";

    /// <summary>Why, and under what authority.</summary>
    public string Why { get; set; } = "";

    /// <summary>A day, or a day and time, as <c>DeclaredMoment</c> writes it; empty: when it is published.</summary>
    public string Effective { get; set; } = "";

    /// <summary>The planned texts that it takes away or moves, each as <c>LostUpcoming.Key</c> writes it: those that its author has confirmed.</summary>
    public ImmutableArray<string> Loses { get; set; } = [];

    /// <summary>Why a search contract may be broken, or an upcoming text be cancelled by it; empty: neither is.</summary>
    public string Exception { get; set; } = "";

    /// <summary>Why it could not wait for its approval; empty: it is not urgent.</summary>
    public string UrgentReason { get; set; } = "";

    /// <summary>Until when an urgent one needs its yes.</summary>
    public DateTimeOffset? Deadline { get; set; }

    public required DateTimeOffset Made { get; init; }

    public required DateTimeOffset Changed { get; set; }

    /// <summary>When its last revision was sent.</summary>
    public DateTimeOffset? Sent { get; set; }

    /// <summary>When it came to an end.</summary>
    public DateTimeOffset? Closed { get; set; }

    /// <summary>The number of its last revision; 0: none was sent.</summary>
    public int Revision { get; set; }

    /// <summary>The commit of its last revision.</summary>
    public string Commit { get; set; } = "";

    /// <summary>The hash of the change set of its last revision: what is approved.</summary>
    public string Hash { get; set; } = "";

    /// <summary>The commits that published it, in their order.</summary>
    public ImmutableArray<string> Published { get; set; } = [];

    /// <summary>The commits that took an urgent one back.</summary>
    public ImmutableArray<string> TakenBackBy { get; set; } = [];

    /// <summary>Why it has not been published yet, as a sentence; empty: nothing stood in its way.</summary>
    public string Waits { get; set; } = "";

    /// <summary>Counts its changes: whoever changes it names the number that they saw.</summary>
    public int Stamp { get; set; }

    public bool IsUrgent => UrgentReason.Length > 0;
}

internal sealed class ProposalConfiguration : IEntityTypeConfiguration<Proposal>
{
    public void Configure(EntityTypeBuilder<Proposal> builder)
    {
        builder.ToTable("Proposals");
        builder.Ignore(proposal => proposal.IsUrgent);
        builder.Property(proposal => proposal.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(proposal => proposal.AuthorName).HasMaxLength(200);
        builder.Property(proposal => proposal.Note).HasMaxLength(Proposal.LongestNote);
        builder.Property(proposal => proposal.Why).HasMaxLength(Proposal.LongestWhy);
        builder.Property(proposal => proposal.Effective).HasMaxLength(40);
        builder.Property(proposal => proposal.Exception).HasMaxLength(1000);
        builder.Property(proposal => proposal.UrgentReason).HasMaxLength(1000);
        builder.Property(proposal => proposal.Commit).HasMaxLength(64);
        builder.Property(proposal => proposal.Hash).HasMaxLength(64);
        builder.Property(proposal => proposal.Waits).HasMaxLength(1000);
        builder.Property(proposal => proposal.Stamp).IsConcurrencyToken();
        builder.HasIndex(proposal => proposal.Number).IsUnique();
        builder.HasIndex(proposal => proposal.State);
        builder.HasIndex(proposal => proposal.AuthorId);
        builder.HasOne<Person>().WithMany().HasForeignKey(proposal => proposal.AuthorId).OnDelete(DeleteBehavior.SetNull);
    }
}
