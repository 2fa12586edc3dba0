using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PolicyHub.Content.Git;
using PolicyHub.Records.Audit;

namespace PolicyHub.Records.Storage;

/// <summary>
/// Brings the database to the form that this program knows, before anything else touches it. Several processes may do so at once: on
/// SQLite a lock file lets one through at a time, on PostgreSQL an advisory lock. A database that is already as it should be costs three short
/// queries, and no model. Where the guard of the audit log is missing or altered it is made anew, and the log says so.
/// </summary>
public static class RecordsOpening
{
    /// <summary>How long a process waits for another that migrates.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private enum Standing
    {
        /// <summary>Migrations are missing.</summary>
        Behind,

        /// <summary>Someone took the guard of the audit log away, or altered it.</summary>
        Unguarded,

        Ready,
    }

    /// <summary>Names our advisory lock among all that share the server: "phub" in ASCII.</summary>
    private const long ServerLock = 0x70687562;

    /// <exception cref="RecordsUnusableException">The database is newer than the program, can't be reached or can't be written; the message says what to do.</exception>
    /// <exception cref="GitException">The folder of state can't be made or written.</exception>
    public static Task OpenAsync(RecordsLocation location, CancellationToken cancellation) => OpenAsync(location, TimeProvider.System, cancellation);

    /// <inheritdoc cref="OpenAsync(RecordsLocation, CancellationToken)" />
    public static async Task OpenAsync(RecordsLocation location, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(location);
        try
        {
            if (location.Provider == RecordsProvider.Sqlite)
            {
                await OpenFileAsync(location, time, cancellation);
            }
            else
            {
                await OpenServerAsync(location, time, cancellation);
            }
        }
        catch (DbException failure)
        {
            throw new RecordsUnusableException($"The records can't be opened ({location}): {failure.Message} See that the database runs, and that this account may use it.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RecordsUnusableException($"The records can't be opened ({location}): {failure.Message}", failure);
        }
    }

    private static async Task OpenFileAsync(RecordsLocation location, TimeProvider time, CancellationToken cancellation)
    {
        var file = location.File!;
        if (File.Exists(file) && await FindAsync(location, cancellation) == Standing.Ready)
        {
            return;
        }

        DataFolder.Prepare(Path.GetDirectoryName(file)!);
        await using var held = await LockAsync(file + ".lock", cancellation);
        var standing = File.Exists(file) ? await FindAsync(location, cancellation) : Standing.Behind;
        if (File.Exists(file) && standing == Standing.Behind)
        {
            await KeepCopyAsync(location, cancellation);

            // Whoever wrote this row held our lock file, and we hold it now: it died.
            await ExecuteAsync(location, """DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancellation);
        }

        await CompleteAsync(location, standing, time, cancellation);
    }

    private static async Task OpenServerAsync(RecordsLocation location, TimeProvider time, CancellationToken cancellation)
    {
        if (await FindAsync(location, cancellation) == Standing.Ready)
        {
            return;
        }

        // Held by the connection: it is free again when this process ends, however it ends.
        await using var connection = new NpgsqlConnection(location.Connection);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({ServerLock});", cancellation);
        try
        {
            await CompleteAsync(location, await FindAsync(location, cancellation), time, cancellation);
        }
        finally
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({ServerLock});", CancellationToken.None);
        }
    }

    /// <summary>Does what is still to be done, under the lock.</summary>
    private static async Task CompleteAsync(RecordsLocation location, Standing standing, TimeProvider time, CancellationToken cancellation)
    {
        if (standing == Standing.Ready)
        {
            return;
        }

        if (standing == Standing.Behind)
        {
            await MigrateAsync(location, cancellation);
        }

        await using var connection = Connect(location);
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await AuditGuard.MakeAsync(connection, transaction, cancellation);
        if (standing == Standing.Unguarded)
        {
            var told = new AuditEvent { Kind = AuditKind.Problem, Who = AuditActor.Hub, What = "guard-missing" };
            await AuditWriter.WriteAsync(connection, transaction, [told], time, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Whether the database has exactly the migrations that this program knows, and all that is made after them.</summary>
    /// <exception cref="RecordsUnusableException">It has one that this program does not know.</exception>
    private static async Task<Standing> FindAsync(RecordsLocation location, CancellationToken cancellation)
    {
        await using var connection = Connect(location);
        await connection.OpenAsync(cancellation);
        if (await ScalarAsync(connection, location.Provider == RecordsProvider.Sqlite
            ? "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory';"
            : "SELECT count(*) FROM pg_tables WHERE tablename = '__EFMigrationsHistory' AND schemaname = current_schema();", cancellation) is 0L)
        {
            return Standing.Behind;
        }

        var last = await ScalarAsync(connection, """SELECT max("MigrationId") FROM "__EFMigrationsHistory";""", cancellation) as string;
        return string.CompareOrdinal(last, RecordsModel.LastMigration) switch
        {
            0 => await AuditGuard.StandsAsync(connection, cancellation) ? Standing.Ready : Standing.Unguarded,
            < 0 => Standing.Behind,
            _ => throw new RecordsUnusableException(
                $"The records ({location}) were written by a newer PolicyHub (migration {last}; this one knows {RecordsModel.LastMigration}). "
                + "Start that version, or put back the copy that was made before it first ran."),
        };
    }

    /// <summary>The file as it was, beside it: a migration that went wrong costs nothing.</summary>
    private static async Task KeepCopyAsync(RecordsLocation location, CancellationToken cancellation)
    {
        var copy = $"{location.File}.before-{RecordsModel.LastMigration}";
        if (!File.Exists(copy))
        {
            await using var from = new SqliteConnection(location.Connection);
            await using var to = new SqliteConnection(RecordsLocation.OfFile(copy + ".part").Connection);
            await from.OpenAsync(cancellation);
            await to.OpenAsync(cancellation);
            from.BackupDatabase(to);
            SqliteConnection.ClearPool(to);
            File.Move(copy + ".part", copy);
        }
    }

    private static async Task MigrateAsync(RecordsLocation location, CancellationToken cancellation)
    {
        var options = new DbContextOptionsBuilder<RecordsDb>();
        options.UseRecords(location);
        await using var db = new RecordsDb(options.Options);
        await db.Database.MigrateAsync(cancellation);
    }

    private static async Task<FileStream> LockAsync(string file, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < LongestWait && File.Exists(file))
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    private static DbConnection Connect(RecordsLocation location) =>
        location.Provider == RecordsProvider.Sqlite ? new SqliteConnection(location.Connection) : new NpgsqlConnection(location.Connection);

    private static async Task ExecuteAsync(RecordsLocation location, string sql, CancellationToken cancellation)
    {
        await using var connection = Connect(location);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, sql, cancellation);
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = (int)LongestWait.TotalSeconds;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<object?> ScalarAsync(DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellation);
    }
}
