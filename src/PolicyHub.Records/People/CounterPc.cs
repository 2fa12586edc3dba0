using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PolicyHub.Records.People;

/// <summary>A browser at a counter that reads as staff without anybody signing in. Its cookie, and a link to enrol it, hold random keys; here stand only hashes.</summary>
public sealed class CounterPc
{
    /// <summary>How long a link to enrol can be used.</summary>
    public static readonly TimeSpan LinkLasts = TimeSpan.FromDays(1);

    public required Guid Id { get; init; }

    /// <summary>What people call it, such as <c>Counter 2</c>.</summary>
    public required string Name { get; set; }

    /// <summary>The slug of its desk; empty: none.</summary>
    public string Desk { get; set; } = "";

    /// <summary>The slug of its audience; empty: none.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The hash of the key in its cookie; null: it is not enrolled yet.</summary>
    public string? KeyHash { get; set; }

    /// <summary>The hash of the key of its link; null: it has none, or it was used.</summary>
    public string? LinkHash { get; set; }

    public DateTimeOffset? LinkEnds { get; set; }

    /// <summary>Who set it up.</summary>
    public required Guid By { get; init; }

    public required DateTimeOffset Made { get; init; }

    public DateTimeOffset? Enrolled { get; set; }

    /// <summary>When it was last used, to within an hour.</summary>
    public DateTimeOffset? Seen { get; set; }

    /// <summary>When it was taken out of use; null: it was not.</summary>
    public DateTimeOffset? Revoked { get; set; }
}

internal sealed class CounterPcConfiguration : IEntityTypeConfiguration<CounterPc>
{
    public void Configure(EntityTypeBuilder<CounterPc> builder)
    {
        builder.ToTable("CounterPcs");
        builder.Property(pc => pc.Name).HasMaxLength(100);
        builder.Property(pc => pc.Desk).HasMaxLength(200);
        builder.Property(pc => pc.Audience).HasMaxLength(200);
        builder.Property(pc => pc.KeyHash).HasMaxLength(64);
        builder.Property(pc => pc.LinkHash).HasMaxLength(64);
        builder.HasIndex(pc => pc.KeyHash).IsUnique();
        builder.HasIndex(pc => pc.LinkHash).IsUnique();
    }
}
