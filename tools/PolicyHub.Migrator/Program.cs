using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using PolicyHub.Records.Storage;

namespace PolicyHub.Migrator;

/// <summary>Gives dotnet ef a context for the database named on its command line; neither is connected to.</summary>
internal sealed class DesignTimeRecords : IDesignTimeDbContextFactory<RecordsDb>
{
    public RecordsDb CreateDbContext(string[] args)
    {
        var location = args is ["Sqlite", ..] ? RecordsLocation.OfFile("design.db") : RecordsLocation.OfServer("Host=localhost;Database=design");
        var options = new DbContextOptionsBuilder<RecordsDb>();
        options.UseRecords(location);
        return new RecordsDb(options.Options);
    }
}

internal static class Program
{
    public static int Main()
    {
        Console.Error.WriteLine("This program is run by tools/migrate.sh, through dotnet ef.");
        return 2;
    }
}
