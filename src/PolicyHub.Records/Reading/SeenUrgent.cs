using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;

namespace PolicyHub.Records.Reading;

/// <summary>
/// An urgent text that a person opened before anybody had approved it: so that they are told where it is taken back. For them alone; gone when it is approved, or when they have put
/// the note away.
/// </summary>
public sealed class SeenUrgent
{
    public const int LongestTitle = 500;

    public required Guid PersonId { get; init; }

    public required Guid ProposalId { get; init; }

    /// <summary>Where it stands, without extension.</summary>
    public required string Path { get; init; }

    /// <summary>As they saw it.</summary>
    public required string Title { get; init; }

    /// <summary>From when on the text could be read as in effect.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When they opened it first.</summary>
    public required DateTimeOffset At { get; init; }
}

internal sealed class SeenUrgentConfiguration : IEntityTypeConfiguration<SeenUrgent>
{
    public void Configure(EntityTypeBuilder<SeenUrgent> builder)
    {
        builder.ToTable("SeenUrgent");
        builder.HasKey(seen => new { seen.PersonId, seen.ProposalId, seen.Path });
        builder.Property(seen => seen.Path).HasMaxLength(ReadingBook.LongestPath);
        builder.Property(seen => seen.Title).HasMaxLength(SeenUrgent.LongestTitle);
        builder.HasIndex(seen => seen.ProposalId);
        builder.HasOne<Person>().WithMany().HasForeignKey(seen => seen.PersonId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Proposal>().WithMany().HasForeignKey(seen => seen.ProposalId).OnDelete(DeleteBehavior.Cascade);
    }
}
