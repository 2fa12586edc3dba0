using Microsoft.EntityFrameworkCore;

namespace PolicyHub.Records.Storage;

/// <summary>How a context is made for each database, in one place for the program, its tests and the migrations.</summary>
public static class RecordsModel
{
    /// <summary>The last migration that this program knows; a test holds it to the migrations that there are.</summary>
    public const string LastMigration = "00010000000000_Initial";

    private const string Assemblies = "PolicyHub.Records.";

    public static DbContextOptionsBuilder UseRecords(this DbContextOptionsBuilder builder, RecordsLocation location)
    {
        var migrations = Assemblies + location.Provider;
        return location.Provider == RecordsProvider.Sqlite
            ? builder.UseSqlite(location.Connection, sqlite => sqlite.MigrationsAssembly(migrations))
            : builder.UseNpgsql(location.Connection, server => server.MigrationsAssembly(migrations));
    }
}
