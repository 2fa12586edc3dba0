using Microsoft.EntityFrameworkCore;
using Npgsql;
using PolicyHub.Records.Storage;

namespace PolicyHub.Testing;

/// <summary>Records of one test's own, in a file or on the tests' PostgreSQL.</summary>
public sealed class TestRecords : IDbContextFactory<RecordsDb>, IDisposable
{
    private readonly RecordsFactory factory;

    private TestRecords(RecordsLocation location, TemporaryFolder folder) => (Location, Folder, factory) = (location, folder, new RecordsFactory(location));

    public RecordsLocation Location { get; }

    /// <summary>A folder that goes with the records.</summary>
    public TemporaryFolder Folder { get; }

    /// <summary>A place where no records are yet.</summary>
    /// <param name="server">Another server than the shared one.</param>
    public static async Task<TestRecords> NoneYetAsync(RecordsProvider provider, PostgreSqlServer? server = null)
    {
        var folder = new TemporaryFolder();
        var location = provider == RecordsProvider.Sqlite
            ? RecordsLocation.OfFile(folder["policyhub.db"])
            : await (server ?? await PostgreSqlServer.SharedAsync()).NewDatabaseAsync();
        return new TestRecords(location, folder);
    }

    /// <summary>Records that something else made.</summary>
    public static TestRecords At(RecordsLocation location) => new(location, new TemporaryFolder());

    /// <summary>Records that are open, with nothing in them.</summary>
    public static async Task<TestRecords> OpenAsync(RecordsProvider provider, PostgreSqlServer? server = null)
    {
        var records = await NoneYetAsync(provider, server);
        await RecordsOpening.OpenAsync(records.Location, CancellationToken.None);
        return records;
    }

    public RecordsDb CreateDbContext() => factory.CreateDbContext();

    /// <summary>Runs a statement that nothing of ours would.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var db = CreateDbContext();
        return await db.Database.ExecuteSqlRawAsync(sql);
    }

    public void Dispose()
    {
        if (Location.Provider == RecordsProvider.PostgreSql)
        {
            // Connections that nobody uses any more count against what the server allows.
            using var connection = new NpgsqlConnection(Location.Connection);
            NpgsqlConnection.ClearPool(connection);
        }

        Folder.Dispose();
    }
}
