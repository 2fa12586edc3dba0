using Microsoft.EntityFrameworkCore;

namespace PolicyHub.Records.Storage;

/// <summary>Makes contexts on one database. Which provider that takes is settled with the first one: until records are asked something they cost nothing.</summary>
/// <param name="location">The database.</param>
/// <param name="services">What the contexts log to; null: they do not.</param>
public sealed class RecordsFactory(RecordsLocation location, IServiceProvider? services = null) : IDbContextFactory<RecordsDb>
{
    private readonly Lazy<DbContextOptions<RecordsDb>> options = new(() =>
    {
        var builder = new DbContextOptionsBuilder<RecordsDb>();
        builder.UseRecords(location);
        if (services is not null)
        {
            builder.UseApplicationServiceProvider(services);
        }

        return builder.Options;
    });

    public RecordsDb CreateDbContext() => new(options.Value);
}
