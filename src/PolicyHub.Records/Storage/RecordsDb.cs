using System.Collections.Immutable;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
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
    private static readonly ServiceProvider Version3 =
        new ServiceCollection().Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3).BuildServiceProvider();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<CounterPc> CounterPcs => Set<CounterPc>();

    public DbSet<DataKey> DataKeys => Set<DataKey>();

    /// <summary>Passkeys are there from the first migration.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    // The framework's part of the model asks the services of the program which version it is; where there are none (migrations, a command),
    // it would be the first, without passkeys.
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (optionsBuilder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider?.GetService(typeof(IOptions<IdentityOptions>)) is null)
        {
            optionsBuilder.UseApplicationServiceProvider(Version3);
        }
    }

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
