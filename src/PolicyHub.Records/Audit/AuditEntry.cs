using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PolicyHub.Records.Audit;

/// <summary>One row of the log, as it stands in the database: never changed, never removed. <see cref="AuditHash"/> says what is hashed.</summary>
public sealed class AuditEntry
{
    /// <summary>1, 2, 3 …, without a gap.</summary>
    public required long Number { get; init; }

    /// <summary>When it was written, by the clock of the machine that wrote it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The word of an <see cref="AuditKind"/>, of this version or a later one.</summary>
    public required string Kind { get; init; }

    /// <summary>See <see cref="AuditActor.Reference"/>.</summary>
    public required string Actor { get; init; }

    public required string Position { get; init; }

    public required string What { get; init; }

    public required string Subject { get; init; }

    public required string Commit { get; init; }

    /// <summary>A JSON object of texts.</summary>
    public required string Details { get; init; }

    public required int Count { get; init; }

    /// <summary>A JSON object: for each personal field, the salted hash of its value, which stands in <see cref="AuditPersonal"/> until it is erased.</summary>
    public required string Personal { get; init; }

    /// <summary>Which form of <see cref="AuditHash"/> was used.</summary>
    public required int Form { get; init; }

    /// <summary>The hash of the row before; for the first, <see cref="AuditHash.BeforeFirst"/>.</summary>
    public required string Previous { get; init; }

    public required string Hash { get; init; }

    public AuditHead Head => new(Number, Hash, At);
}

/// <summary>A value about a person, beside the chain: taken out by <see cref="AuditLog.EraseAsync"/> when its time has come.</summary>
public sealed class AuditPersonal
{
    public required long Entry { get; init; }

    public required string Field { get; init; }

    public required string Value { get; init; }

    /// <summary>Chance that goes into the hash, so that a value which was erased can't be guessed from it.</summary>
    public required string Salt { get; init; }
}

/// <summary>A row that the log ended with at some time: whoever keeps it elsewhere can tell later whether what led to it was changed.</summary>
public sealed record AuditHead(long Number, string Hash, DateTimeOffset At);

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable(AuditGuard.Entries);
        builder.HasKey(entry => entry.Number);
        builder.Ignore(entry => entry.Head);
        builder.Property(entry => entry.Number).ValueGeneratedNever();
        builder.Property(entry => entry.Kind).HasMaxLength(40);
        builder.Property(entry => entry.Actor).HasMaxLength(AuditWriter.ShortText);
        builder.Property(entry => entry.Position).HasMaxLength(AuditWriter.ShortText);
        builder.Property(entry => entry.What).HasMaxLength(AuditWriter.ShortText);
        builder.Property(entry => entry.Subject).HasMaxLength(AuditWriter.LongText);
        builder.Property(entry => entry.Commit).HasMaxLength(64);
        builder.Property(entry => entry.Previous).HasMaxLength(64);
        builder.Property(entry => entry.Hash).HasMaxLength(64);
        builder.HasIndex(entry => new { entry.Kind, entry.Number });
        builder.HasIndex(entry => new { entry.Actor, entry.Number });
        builder.HasIndex(entry => entry.At);
    }
}

internal sealed class AuditPersonalConfiguration : IEntityTypeConfiguration<AuditPersonal>
{
    public void Configure(EntityTypeBuilder<AuditPersonal> builder)
    {
        builder.ToTable(AuditGuard.Personal);
        builder.HasKey(field => new { field.Entry, field.Field });
        builder.Property(field => field.Field).HasMaxLength(40);
        builder.Property(field => field.Salt).HasMaxLength(64);
        builder.HasOne<AuditEntry>().WithMany().HasForeignKey(field => field.Entry).OnDelete(DeleteBehavior.Restrict);
    }
}
