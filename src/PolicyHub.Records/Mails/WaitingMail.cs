using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PolicyHub.Records.People;

namespace PolicyHub.Records.Mails;

/// <summary>An e-mail on its way: it is here until a server has taken it, or it is given up.</summary>
public sealed class WaitingMail
{
    public const int LongestAddress = 400;

    public required Guid Id { get; init; }

    /// <summary>Whom it is to; it goes with their account.</summary>
    public Guid? PersonId { get; init; }

    public required string Address { get; init; }

    public required string Subject { get; init; }

    /// <summary>Plain text.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset Made { get; init; }

    /// <summary>How often its delivery was begun.</summary>
    public int Tries { get; set; }

    /// <summary>
    /// When it is tried next. Whoever delivers it puts this off first, and only the one who does so from what it was has it: no other process tries it meanwhile, and where
    /// that one is killed it is due again.
    /// </summary>
    public required DateTimeOffset Due { get; set; }
}

internal sealed class WaitingMailConfiguration : IEntityTypeConfiguration<WaitingMail>
{
    public void Configure(EntityTypeBuilder<WaitingMail> builder)
    {
        builder.ToTable("Mails");
        builder.Property(mail => mail.Id).ValueGeneratedNever();
        builder.Property(mail => mail.Address).HasMaxLength(WaitingMail.LongestAddress);
        builder.HasIndex(mail => mail.Due);
        builder.HasOne<Person>().WithMany().HasForeignKey(mail => mail.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
