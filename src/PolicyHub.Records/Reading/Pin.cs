using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PolicyHub.Records.People;

namespace PolicyHub.Records.Reading;

/// <summary>A document that a person keeps at hand: for them alone.</summary>
public sealed class Pin
{
    public required Guid PersonId { get; init; }

    /// <summary>Where it stands, without extension; its title is that of the day on which it is shown.</summary>
    public required string Path { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A document that a person opened, and when last: for them alone.</summary>
public sealed class RecentPage
{
    public required Guid PersonId { get; init; }

    /// <summary>Where it stands, without extension.</summary>
    public required string Path { get; init; }

    public required DateTimeOffset At { get; set; }
}

internal sealed class PinConfiguration : IEntityTypeConfiguration<Pin>
{
    public void Configure(EntityTypeBuilder<Pin> builder)
    {
        builder.ToTable("Pins");
        builder.HasKey(pin => new { pin.PersonId, pin.Path });
        builder.Property(pin => pin.Path).HasMaxLength(ReadingBook.LongestPath);
        builder.HasOne<Person>().WithMany().HasForeignKey(pin => pin.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RecentPageConfiguration : IEntityTypeConfiguration<RecentPage>
{
    public void Configure(EntityTypeBuilder<RecentPage> builder)
    {
        builder.ToTable("RecentPages");
        builder.HasKey(page => new { page.PersonId, page.Path });
        builder.Property(page => page.Path).HasMaxLength(ReadingBook.LongestPath);
        builder.HasIndex(page => page.At);
        builder.HasOne<Person>().WithMany().HasForeignKey(page => page.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
