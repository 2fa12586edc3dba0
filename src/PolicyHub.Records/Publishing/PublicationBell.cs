using Npgsql;
using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Publishing;

/// <summary>
/// Lets the processes on one PostgreSQL tell each other that the published branch has moved (<c>NOTIFY</c> and <c>LISTEN</c>), so that nobody waits until a remote is asked again.
/// What goes over it is the commit that the branch stands at, and no more; whoever hears it asks the remote. It can fail, and nothing is lost but time.
/// </summary>
/// <param name="location">The database; only a server has a bell.</param>
public sealed class PublicationBell(RecordsLocation location)
{
    /// <summary>What is listened to; one of each database.</summary>
    private const string Channel = "policyhub_published";

    /// <summary>In seconds: a connection that nobody hears of is asked this often whether it is still there.</summary>
    private const int KeepAlive = 20;

    private const int LongestTry = 10;

    public static bool IsOn(RecordsLocation location) => location is { Provider: RecordsProvider.PostgreSql };

    /// <summary>Tells every process that listens, this one too.</summary>
    /// <param name="head">The commit, in hexadecimal.</param>
    /// <exception cref="NpgsqlException">It could not be told.</exception>
    public async Task RingAsync(string head, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(location.Connection);
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_notify($1, $2);";
        command.CommandTimeout = LongestTry;
        command.Parameters.AddWithValue(Channel);
        command.Parameters.AddWithValue(head);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Listens until it is called off, or the connection is lost.</summary>
    /// <param name="listening">Called when whatever is told from then on is heard.</param>
    /// <param name="heard">Called with what was told.</param>
    /// <exception cref="NpgsqlException">The connection could not be made, or was lost.</exception>
    public async Task ListenAsync(Action listening, Action<string> heard, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(listening);
        ArgumentNullException.ThrowIfNull(heard);

        // It waits for hours and belongs to no pool.
        var alone = new NpgsqlConnectionStringBuilder(location.Connection) { Pooling = false, Multiplexing = false, KeepAlive = KeepAlive, Timeout = LongestTry };
        await using var connection = new NpgsqlConnection(alone.ToString());
        connection.Notification += (_, told) => heard(told.Payload);
        await connection.OpenAsync(cancellation);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = $"LISTEN {Channel};";
            await command.ExecuteNonQueryAsync(cancellation);
        }

        listening();
        while (!cancellation.IsCancellationRequested)
        {
            await connection.WaitAsync(cancellation);
        }
    }
}
