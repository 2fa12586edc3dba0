using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;
using PolicyHub.Records.Storage;

namespace PolicyHub.Testing;

/// <summary>
/// A real PostgreSQL of the tests' own: a folder, a port of loopback and a password, all made for it and gone with it. It ends with the
/// process that started it, however that ends.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly Lock Making = new();
    private static Task<PostgreSqlServer>? shared;

    private readonly string place;
    private readonly Func<Process> serve;
    private Process running;
    private readonly string administration;
    private readonly string service;
    private int databases;

    private PostgreSqlServer(string folder, Func<Process> serve, int port, string password)
    {
        (place, this.serve, running) = (folder, serve, serve());
        var parts = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Password = password, Username = "postgres", Database = "postgres", Pooling = false };
        administration = parts.ToString();
        parts = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Password = password, Username = "policyhub", MaxPoolSize = 20 };
        service = parts.ToString();
    }

    /// <summary>One for all tests of a project that need no other; started when first asked for. It does not survive a power cut.</summary>
    public static Task<PostgreSqlServer> SharedAsync()
    {
        lock (Making)
        {
            return shared ??= StartAsync(survivesPowerCuts: false);
        }
    }

    /// <summary>Ends the shared one, where one was started.</summary>
    public static async Task StopSharedAsync()
    {
        Task<PostgreSqlServer>? started;
        lock (Making)
        {
            (started, shared) = (shared, null);
        }

        if (started is not null)
        {
            await (await started).DisposeAsync();
        }
    }

    /// <param name="survivesPowerCuts">Whether a commit waits for the disk (<c>fsync</c>), as it does wherever PolicyHub is served.</param>
    public static async Task<PostgreSqlServer> StartAsync(bool survivesPowerCuts)
    {
        var programs = Programs();
        var folder = Path.Combine(Path.GetTempPath(), "policyhub-postgresql-" + Guid.NewGuid().ToString("N"));
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var isRoot = Environment.UserName == "root";

        // The server refuses to run as root, and to use a folder of another's.
        await RunAsync("install", isRoot ? ["-d", "-o", "postgres", "-m", "700", folder] : ["-d", "-m", "700", folder]);
        await File.WriteAllTextAsync(Path.Combine(folder, "password"), password);
        await RunAsync("chmod", ["644", Path.Combine(folder, "password")]);
        string[] initialise =
        [
            Path.Combine(programs, "initdb"), "--pgdata=" + Path.Combine(folder, "data"), "--auth=scram-sha-256", "--username=postgres",
            "--pwfile=" + Path.Combine(folder, "password"), "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        ];
        await RunAsync(isRoot ? "runuser" : initialise[0], isRoot ? ["-u", "postgres", "--", .. initialise] : initialise[1..]);
        var port = FreePort();
        var server = new PostgreSqlServer(folder, () => Serve(programs, folder, port, survivesPowerCuts, isRoot), port, password);
        try
        {
            await server.ReadyAsync($"CREATE ROLE policyhub LOGIN PASSWORD '{password}';");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>An empty database of its own, owned by an account that may do nothing else.</summary>
    public async Task<RecordsLocation> NewDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"records{Interlocked.Increment(ref databases)}");
        await ExecuteAsync($"CREATE DATABASE {name} OWNER policyhub;");
        return RecordsLocation.OfServer(new NpgsqlConnectionStringBuilder(service) { Database = name }.ToString());
    }

    /// <summary>The same database, by the account that may do everything: for whoever tampers with it.</summary>
    public string AsAdministrator(RecordsLocation database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return new NpgsqlConnectionStringBuilder(administration) { Database = new NpgsqlConnectionStringBuilder(database.Connection).Database }.ToString();
    }

    /// <summary>Ends the server, as an upgrade does, whoever is connected; nobody can connect until it is started again.</summary>
    public async Task StopAsync()
    {
        await EndAsync();
        running.Dispose();
    }

    /// <summary>Starts it again, at the same place and with all that was in it.</summary>
    public async Task StartAgainAsync()
    {
        running = serve();
        await ReadyAsync("SELECT 1;");
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        running.Dispose();
        Directory.Delete(place, recursive: true);
    }

    private async Task EndAsync()
    {
        // The shell ends the server when nobody holds its input any more.
        running.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        await running.WaitForExitAsync(limit.Token);
    }

    private static Process Serve(string programs, string folder, int port, bool survivesPowerCuts, bool isRoot)
    {
        const string untilClosed = "\"$@\" >/dev/null 2>&1 & id=$!; cat >/dev/null; kill -QUIT $id; wait $id; exit 0";
        string[] arguments =
        [
            "-c", untilClosed, "sh", Path.Combine(programs, "postgres"), "-D", Path.Combine(folder, "data"), "-k", folder,
            "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300",
            "-c", "fsync=" + (survivesPowerCuts ? "on" : "off"), "-c", "logging_collector=on", "-c", "log_directory=" + folder,
        ];
        var start = new ProcessStartInfo(isRoot ? "runuser" : "/bin/sh") { UseShellExecute = false, RedirectStandardInput = true, WorkingDirectory = "/" };
        foreach (var argument in isRoot ? ["-u", "postgres", "--", "/bin/sh", .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private async Task ReadyAsync(string first)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                await ExecuteAsync(first);
                return;
            }
            catch (NpgsqlException) when (watch.Elapsed < Patience && !running.HasExited)
            {
                // It is not up yet.
            }
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(administration);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Debian keeps the programs of the server out of the path, in a folder a version.</summary>
    private static string Programs() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(Directory.Exists("/usr/lib/postgresql")
                ? Directory.EnumerateDirectories("/usr/lib/postgresql")
                    .OrderByDescending(version => int.TryParse(Path.GetFileName(version), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
                    .Select(version => Path.Combine(version, "bin"))
                : [])
            .FirstOrDefault(place => File.Exists(Path.Combine(place, "initdb")))
        ?? throw new InvalidOperationException("PostgreSQL is not installed; tests/run.sh does that (on Debian: apt-get install postgresql).");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {await errors}");
        }
    }
}
