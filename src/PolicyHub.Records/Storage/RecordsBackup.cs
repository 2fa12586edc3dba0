using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace PolicyHub.Records.Storage;

/// <summary>The records of a file of SQLite as one file that stands by itself, made while the site goes on (<c>VACUUM INTO</c>, sqlite.org/lang_vacuum.html).</summary>
public static class RecordsBackup
{
    /// <summary>Writes a copy as of one moment, and looks it over.</summary>
    /// <exception cref="RecordsUnusableException">There are no records, they can't be read or written, or what was written is not sound.</exception>
    public static async Task WriteAsync(RecordsLocation location, string copy, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (location.File is not { } file || !File.Exists(file))
        {
            throw new RecordsUnusableException($"There are no records to copy ({location}).");
        }

        try
        {
            // Without a pool: no handle stays.
            await using var from = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 60 }.ToString());
            await from.OpenAsync(cancellation);
            await using var write = from.CreateCommand();
            write.CommandText = "VACUUM INTO $copy;";
            write.Parameters.AddWithValue("$copy", copy);
            await write.ExecuteNonQueryAsync(cancellation);
            await CheckAsync(copy, cancellation);
        }
        catch (DbException failure)
        {
            throw new RecordsUnusableException($"The records could not be copied ({location}): {failure.Message}", failure);
        }
    }

    /// <exception cref="RecordsUnusableException">The file is no sound database.</exception>
    public static async Task CheckAsync(string file, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            await connection.OpenAsync(cancellation);
            await using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check(1);";
            if (await check.ExecuteScalarAsync(cancellation) as string is not "ok")
            {
                throw new RecordsUnusableException($"{file} is damaged.");
            }
        }
        catch (DbException failure)
        {
            throw new RecordsUnusableException($"{file} can't be read as records: {failure.Message}", failure);
        }
    }
}
