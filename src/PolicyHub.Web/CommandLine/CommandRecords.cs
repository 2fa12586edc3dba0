using Microsoft.EntityFrameworkCore;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.CommandLine;

/// <summary>The records, for a command that serves nothing: as the settings say, and in the form that this program knows.</summary>
internal sealed class CommandRecords : IDbContextFactory<RecordsDb>
{
    private readonly DbContextOptions<RecordsDb> options;

    private CommandRecords(RecordsLocation location)
    {
        var builder = new DbContextOptionsBuilder<RecordsDb>();
        builder.UseRecords(location);
        options = builder.Options;
    }

    /// <exception cref="StartRefusedException">The settings name no database that can be read.</exception>
    /// <exception cref="RecordsUnusableException">The records can't be used; the message says what to do.</exception>
    public static async Task<CommandRecords> OpenAsync(HubOptions options, CancellationToken cancellation)
    {
        var location = RecordsPlace.Of(options);
        await RecordsOpening.OpenAsync(location, cancellation);
        return new CommandRecords(location);
    }

    /// <summary>Without making or mending anything: for a check, which must find things as they are. Null: there are no records yet.</summary>
    /// <exception cref="StartRefusedException">The settings name no database that can be read.</exception>
    public static CommandRecords? Find(HubOptions options)
    {
        var location = RecordsPlace.Of(options);
        return location.File is null || File.Exists(location.File) ? new CommandRecords(location) : null;
    }

    public RecordsDb CreateDbContext() => new(options);
}
