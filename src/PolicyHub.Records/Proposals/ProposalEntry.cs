using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PolicyHub.Records.People;

namespace PolicyHub.Records.Proposals;

/// <summary>A line of what happened to a proposal: a comment, or something that was done with it.</summary>
public sealed class ProposalEntry
{
    /// <summary>In UTF-16 units.</summary>
    public const int LongestText = 5_000;

    public required Guid Id { get; init; }

    public required Guid ProposalId { get; init; }

    public required ProposalAct Act { get; init; }

    /// <summary>The comment that it answers; null: none.</summary>
    public Guid? Answers { get; init; }

    /// <summary>Null: the program itself, or somebody whose account is gone.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Empty: the program itself.</summary>
    public string Name { get; init; } = "";

    /// <summary>The position in which they did it; empty: as its author.</summary>
    public string Position { get; init; } = "";

    public required DateTimeOffset At { get; init; }

    /// <summary>The revision that it was about.</summary>
    public int Revision { get; init; }

    public string Text { get; init; } = "";
}

internal sealed class ProposalEntryConfiguration : IEntityTypeConfiguration<ProposalEntry>
{
    public void Configure(EntityTypeBuilder<ProposalEntry> builder)
    {
        builder.ToTable("ProposalEntries");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Act).HasConversion<string>().HasMaxLength(20);
        builder.Property(entry => entry.Name).HasMaxLength(200);
        builder.Property(entry => entry.Position).HasMaxLength(200);
        builder.Property(entry => entry.Text).HasMaxLength(ProposalEntry.LongestText);
        builder.HasIndex(entry => new { entry.ProposalId, entry.At });
        builder.HasIndex(entry => entry.PersonId);
        builder.HasOne<Proposal>().WithMany().HasForeignKey(entry => entry.ProposalId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(entry => entry.PersonId).OnDelete(DeleteBehavior.SetNull);
    }
}
