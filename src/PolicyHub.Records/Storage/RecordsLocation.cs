using Microsoft.Data.Sqlite;
using Npgsql;

namespace PolicyHub.Records.Storage;

/// <summary>Which database holds the records.</summary>
public enum RecordsProvider
{
    /// <summary>A file of our own; nothing to set up.</summary>
    Sqlite,

    /// <summary>A server that several processes share.</summary>
    PostgreSql,
}

/// <summary>Where the records are: a file under the folder of state, or a PostgreSQL database.</summary>
public sealed record RecordsLocation
{
    private RecordsLocation(RecordsProvider provider, string connection, string? file) => (Provider, Connection, File) = (provider, connection, file);

    public RecordsProvider Provider { get; }

    /// <summary>May hold a password: for no log and no message.</summary>
    public string Connection { get; }

    /// <summary>The file of SQLite; null on a server.</summary>
    public string? File { get; }

    /// <summary>A file of SQLite, made when it is missing; writers wait for each other up to half a minute.</summary>
    public static RecordsLocation OfFile(string file) => new(
        RecordsProvider.Sqlite,
        new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 }.ToString(),
        file);

    /// <summary>A PostgreSQL database, by its connection string in Npgsql's form (<c>Host=…;Database=…;Username=…;Password=…</c>).</summary>
    /// <exception cref="ArgumentException">The text is no connection string, or names no host.</exception>
    public static RecordsLocation OfServer(string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        return string.IsNullOrWhiteSpace(parts.Host)
            ? throw new ArgumentException("The connection string of the database names no Host.", nameof(connection))
            : new(RecordsProvider.PostgreSql, parts.ToString(), null);
    }

    /// <summary>Without the connection string, which may hold a password.</summary>
    public override string ToString() => File ?? "PostgreSQL";
}
