using PolicyHub.Records.Storage;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.CommandLine;

/// <summary>The records, for a command that serves nothing: as the settings say, and in the form that this program knows.</summary>
internal static class CommandRecords
{
    /// <exception cref="StartRefusedException">The settings name no database that can be read.</exception>
    /// <exception cref="RecordsUnusableException">The records can't be used; the message says what to do.</exception>
    public static async Task<RecordsFactory> OpenAsync(HubOptions options, CancellationToken cancellation)
    {
        var location = RecordsPlace.Of(options);
        await RecordsOpening.OpenAsync(location, cancellation);
        return new RecordsFactory(location);
    }

    /// <summary>Without making or mending anything: for a check, which must find things as they are. Null: there are no records yet.</summary>
    /// <exception cref="StartRefusedException">The settings name no database that can be read.</exception>
    public static RecordsFactory? Find(HubOptions options)
    {
        var location = RecordsPlace.Of(options);
        return location.File is null || File.Exists(location.File) ? new RecordsFactory(location) : null;
    }
}
