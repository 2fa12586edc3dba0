using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PolicyHub.Records.Proposals;

/// <summary>A text or file of a proposal as it was saved last.</summary>
public sealed class ProposalFile
{
    public required Guid ProposalId { get; init; }

    /// <summary>0: what is published first, as a rule the only one; 1: the upcoming text that is carried along.</summary>
    public required int Step { get; init; }

    /// <summary>Where it will stand in the library.</summary>
    public required string Path { get; init; }

    /// <summary>Where it stands today, when it is renamed; empty: where it will.</summary>
    public string From { get; init; } = "";

    /// <summary>The text that stands on the published branch and is replaced; empty: none stands there.</summary>
    public string Base { get; set; } = "";

    /// <summary>The published text that this one was begun from, which is another than the base where an upcoming text stands there; empty: it is new.</summary>
    public string Origin { get; set; } = "";

    /// <summary>Its bytes; null: it is taken out of the library.</summary>
#pragma warning disable CA1819 // A column of bytes is an array to the database.
    public byte[]? Text { get; set; }
#pragma warning restore CA1819

    /// <summary>
    /// It came of a text that stands on the published branch and is held back: that is the base, and the origin is what is read. Left as it is, it is approved as it stands.
    /// </summary>
    public bool IsOutside { get; init; }

    /// <summary>Only the wording changes.</summary>
    public bool IsMinor { get; set; }

    /// <summary>Audiences that must read it.</summary>
    public ImmutableArray<string> MustRead { get; set; } = [];

    /// <summary>Counts its saves: whoever saves names the number that they saw.</summary>
    public int Stamp { get; set; }

    /// <summary>For an upcoming text: the save of today's text whose wording it has, or of which its author decided otherwise.</summary>
    public int Carried { get; set; }

    public required DateTimeOffset Changed { get; set; }

    public bool IsNew => (IsOutside ? Origin : Base).Length == 0 && From.Length == 0 && Step == 0;

    public bool IsRescinded => Text is null;
}

internal sealed class ProposalFileConfiguration : IEntityTypeConfiguration<ProposalFile>
{
    public void Configure(EntityTypeBuilder<ProposalFile> builder)
    {
        builder.ToTable("ProposalFiles");
        builder.HasKey(file => new { file.ProposalId, file.Step, file.Path });
        builder.Ignore(file => file.IsNew);
        builder.Ignore(file => file.IsRescinded);
        builder.Property(file => file.Path).HasMaxLength(1000);
        builder.Property(file => file.From).HasMaxLength(1000);
        builder.Property(file => file.Base).HasMaxLength(64);
        builder.Property(file => file.Origin).HasMaxLength(64);
        builder.Property(file => file.Stamp).IsConcurrencyToken();
        builder.HasIndex(file => file.Path);
        builder.HasOne<Proposal>().WithMany().HasForeignKey(file => file.ProposalId).OnDelete(DeleteBehavior.Cascade);
    }
}
