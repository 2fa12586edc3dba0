using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PolicyHub.Records.People;

/// <summary>A link that lets one person choose how they sign in, once. The link holds a random key; here stands only its hash.</summary>
public sealed class Invitation
{
    /// <summary>How long a link can be used.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <summary>The SHA-256 of the key, in lower-case hexadecimal.</summary>
    public required string Id { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTimeOffset Made { get; init; }

    public required DateTimeOffset Ends { get; init; }

    /// <summary>When it was used; null: not yet.</summary>
    public DateTimeOffset? Used { get; set; }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations");
        builder.Property(invitation => invitation.Id).HasMaxLength(64);
        builder.HasIndex(invitation => invitation.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(invitation => invitation.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
