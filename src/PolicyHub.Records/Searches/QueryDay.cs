using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PolicyHub.Records.Searches;

/// <summary>
/// How often one wording was searched for on one day, as one process counted it: figures, and nobody's name. Each process writes rows of
/// its own, so that writing them again after a failure counts nothing twice; who reads adds them up.
/// </summary>
public sealed class QueryDay
{
    public required DateOnly Day { get; init; }

    /// <summary>The wording, masked, once it may be kept; empty: all searches of the day together.</summary>
    public required string Words { get; init; }

    /// <summary>Names one run of one process.</summary>
    public required string Source { get; init; }

    /// <summary>People of that day.</summary>
    public int People { get; set; }

    public int Results { get; set; }

    public int Chosen { get; set; }

    public int Reformulated { get; set; }

    public int Abandoned { get; set; }

    public int None { get; set; }

    public int Reported { get; set; }
}

internal sealed class QueryDayConfiguration : IEntityTypeConfiguration<QueryDay>
{
    public void Configure(EntityTypeBuilder<QueryDay> builder)
    {
        builder.ToTable("Searches");
        builder.HasKey(row => new { row.Day, row.Words, row.Source });
        builder.Property(row => row.Words).HasMaxLength(QueryBook.LongestWords);
        builder.Property(row => row.Source).HasMaxLength(32);
    }
}
