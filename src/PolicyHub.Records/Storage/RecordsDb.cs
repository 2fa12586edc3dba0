using System.Collections.Immutable;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;

namespace PolicyHub.Records.Storage;

/// <summary>
/// What people did: facts about people, and never published text. The same tables in SQLite and PostgreSQL; each entity says how it is
/// stored in a configuration beside it.
/// </summary>
public sealed class RecordsDb(DbContextOptions<RecordsDb> options)
    : IdentityUserContext<Person, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, IdentityUserToken<Guid>, IdentityUserPasskey<Guid>>(options)
{
    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<CounterPc> CounterPcs => Set<CounterPc>();

    public DbSet<DataKey> DataKeys => Set<DataKey>();

    /// <summary>Passkeys are there from the first migration.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>().HaveMaxLength(InstantConverter.Length);
        configurationBuilder.Properties<DateOnly>().HaveConversion<DayConverter>().HaveMaxLength(DayConverter.Length);
        configurationBuilder.Properties<ImmutableArray<string>>().HaveConversion<WordsConverter, WordsComparer>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(RecordsDb).Assembly);
    }
}
