using PolicyHub.Records.Storage;

namespace PolicyHub.Web.Hosting;

/// <summary>Where the settings say that the records are.</summary>
internal static class RecordsPlace
{
    public const string FileName = "policyhub.db";

    /// <exception cref="StartRefusedException">The settings contradict each other, or a file they name can't be read.</exception>
    public static RecordsLocation Of(HubOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Database is { Length: > 0 } && options.DatabaseFile is { Length: > 0 })
        {
            throw new StartRefusedException("PolicyHub:Database and PolicyHub:DatabaseFile both name the database of the records. Keep one.");
        }

        try
        {
            var connection = options.DatabaseFile is { Length: > 0 } file ? File.ReadAllText(HubFolders.Absolute(file)).Trim() : options.Database;
            return connection is { Length: > 0 }
                ? RecordsLocation.OfServer(connection)
                : RecordsLocation.OfFile(Path.Combine(options.DataFolder(), FileName));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"PolicyHub:DatabaseFile can't be read: {unreadable.Message}", unreadable);
        }
        catch (ArgumentException wrong)
        {
            // The message of the parser would repeat what stands there, a password perhaps.
            throw new StartRefusedException("The connection string of the records (PolicyHub:Database) can't be read. It looks like Host=localhost;Database=policyhub;Username=policyhub;Password=…", wrong);
        }
    }
}
