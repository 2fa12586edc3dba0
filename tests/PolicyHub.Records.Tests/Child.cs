using PolicyHub.Records.Storage;

namespace PolicyHub.Records.Tests;

/// <summary>What the tests have another process do to their records.</summary>
internal static class Child
{
    /// <summary>Where the connection string stands: it holds a password, and arguments are seen by all.</summary>
    public const string Database = "POLICYHUB_TESTS_DATABASE";

    public static async Task<int> RunAsync(string[] args)
    {
        var text = Environment.GetEnvironmentVariable(Database)!;
        var location = args[1] == nameof(RecordsProvider.Sqlite) ? RecordsLocation.OfFile(text) : RecordsLocation.OfServer(text);
        switch (args[0])
        {
            case "open":
                await RecordsOpening.OpenAsync(location, CancellationToken.None);
                return 0;
            default:
                return 2;
        }
    }
}
