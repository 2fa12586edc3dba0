using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PolicyHub.Records.People;

namespace PolicyHub.Records.Notices;

/// <summary>What a lead tells their audience for some hours: plain text, nothing of the published library, kept after it has ended.</summary>
public sealed class PostedNotice
{
    public required Guid Id { get; init; }

    /// <summary>The slug of the desk in whose name it stands.</summary>
    public required string Desk { get; init; }

    /// <summary>The slug of the audience that sees it; empty: all staff.</summary>
    public required string Audience { get; init; }

    /// <summary>What is going on, in one line.</summary>
    public required string What { get; init; }

    /// <summary>What to do or say; may be empty.</summary>
    public required string Details { get; init; }

    /// <summary>Who posted it; null once their account is gone.</summary>
    public Guid? PostedById { get; init; }

    /// <summary>The name of who posted it.</summary>
    public required string PostedBy { get; init; }

    public required DateTimeOffset Posted { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset Until { get; set; }

    /// <summary>When it was last given more time; null: never.</summary>
    public DateTimeOffset? Extended { get; set; }

    /// <summary>The name of who gave it more time.</summary>
    public string ExtendedBy { get; set; } = "";

    /// <summary>When somebody ended it before its time; null: nobody did.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>The name of who ended it.</summary>
    public string EndedBy { get; set; } = "";

    /// <summary>When it ended or will end.</summary>
    public DateTimeOffset Over => Ended < Until ? Ended.Value : Until;

    public bool RunsAt(DateTimeOffset instant) => Posted <= instant && instant < Over;
}

internal sealed class PostedNoticeConfiguration : IEntityTypeConfiguration<PostedNotice>
{
    public void Configure(EntityTypeBuilder<PostedNotice> builder)
    {
        builder.ToTable("Notices");
        builder.Ignore(notice => notice.Over);
        builder.Property(notice => notice.Desk).HasMaxLength(200);
        builder.Property(notice => notice.Audience).HasMaxLength(200);
        builder.Property(notice => notice.What).HasMaxLength(NoticeBook.LongestWhat);
        builder.Property(notice => notice.Details).HasMaxLength(NoticeBook.LongestDetails);
        builder.Property(notice => notice.PostedBy).HasMaxLength(200);
        builder.Property(notice => notice.ExtendedBy).HasMaxLength(200);
        builder.Property(notice => notice.EndedBy).HasMaxLength(200);
        builder.HasIndex(notice => notice.Until);
        builder.HasIndex(notice => notice.PostedById);
        builder.HasOne<Person>().WithMany().HasForeignKey(notice => notice.PostedById).OnDelete(DeleteBehavior.SetNull);
    }
}
