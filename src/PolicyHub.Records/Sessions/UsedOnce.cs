using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Sessions;

/// <summary>Something that counts once and was used, such as a challenge of a passkey; kept until it would not be taken any more in any case.</summary>
public sealed class UsedOnce
{
    /// <summary>The SHA-256 of what was used and for what, in lower-case hexadecimal.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset Ends { get; init; }
}

/// <summary>Takes what counts once, whichever process is asked: what was taken before is not taken again.</summary>
public sealed class UsedOnceBook(IDbContextFactory<RecordsDb> records, TimeProvider time)
{
    /// <summary>False: it was taken before, perhaps by another at this moment.</summary>
    /// <param name="purpose">What it is for, as <c>passkey</c>; one thing may be used once for each.</param>
    /// <param name="ends">From when on nobody would take it anyway.</param>
    public async Task<bool> TakeAsync(string purpose, string what, DateTimeOffset ends, CancellationToken cancellation)
    {
        await using var db = await records.CreateDbContextAsync(cancellation);
        return await TakeInAsync(db, purpose, what, ends, time.GetUtcNow(), cancellation);
    }

    /// <summary>As <see cref="TakeAsync"/>, within a transaction of the caller's: where that is taken back, it was not taken.</summary>
    internal static async Task<bool> TakeInAsync(RecordsDb db, string purpose, string what, DateTimeOffset ends, DateTimeOffset now, CancellationToken cancellation)
    {
        await db.Set<UsedOnce>().Where(one => one.Ends < now).ExecuteDeleteAsync(cancellation);
        var (id, until) = (SessionBook.IdOf(purpose + " " + what), InstantConverter.Write(ends));
        return await db.Database.ExecuteSqlAsync($"INSERT INTO \"UsedOnce\" (\"Id\", \"Ends\") VALUES ({id}, {until}) ON CONFLICT DO NOTHING", cancellation) == 1;
    }
}

internal sealed class UsedOnceConfiguration : IEntityTypeConfiguration<UsedOnce>
{
    public void Configure(EntityTypeBuilder<UsedOnce> builder)
    {
        builder.ToTable("UsedOnce");
        builder.Property(one => one.Id).HasMaxLength(64);
        builder.HasIndex(one => one.Ends);
    }
}
