using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.CommandLine;

/// <summary>How commands that serve nothing read a library: once, into one edition. What the site remembers as served is left as it is.</summary>
internal static class LibraryReading
{
    /// <summary>A plain folder, all of it taken as in effect; needs no git.</summary>
    public static async Task<Edition> OfFolderAsync(string folder, DateTimeOffset now, CancellationToken cancellation)
    {
        var library = new FolderLibrary(folder);
        return await new EditionBuilder(library).BuildAsync(library.Scan(now), now, previous: null, isPreview: true, cancellation);
    }

    /// <summary>What the settings name as the library, a plain folder included, as it stands now or stood at a moment.</summary>
    /// <param name="on">A date alone means its last instant in the zone of the library as of then, and today means now.</param>
    /// <exception cref="StartRefusedException">A plain folder was asked for its history.</exception>
    /// <exception cref="GitException">There is nothing that can be read; the message says what to do.</exception>
    public static async Task<Edition> ReadAsync(HubOptions options, DeclaredMoment? on, DateTimeOffset now, CancellationToken cancellation)
    {
        if (options.Library is { Length: > 0 } folder && Directory.Exists(folder) && !RepositoryFolder.IsAt(folder))
        {
            return on is null && string.IsNullOrEmpty(options.Branch)
                ? await OfFolderAsync(Inside(folder, options.Folder), now, cancellation)
                : throw new StartRefusedException($"{folder} is a plain folder: it has no branch and no history to look back into.");
        }

        using var repository = await LibrarySource.OpenAsync(options.Location(), options.Git(), cancellation);
        var reading = await new ServedCatalogue(repository, options.DataFolder(), HoldBackRule.Of(options, repository)).ReadAsync(previous: null, now, cancellation);
        var builder = new EditionBuilder(repository.Blobs);
        var edition = await builder.BuildAsync(reading.Catalogue, on is { } first ? InstantOf(first, TimeZoneInfo.Utc, now) : now, previous: null, isPreview: false, cancellation);

        // Which zone counts is itself said by the library as of then, so a reading may show that another instant was meant.
        return on is { } moment && InstantOf(moment, edition.Settings.Zone, now) is var instant && instant != edition.At
            ? await builder.BuildAsync(reading.Catalogue, instant, edition, isPreview: false, cancellation)
            : edition;
    }

    private static DateTimeOffset InstantOf(DeclaredMoment on, TimeZoneInfo zone, DateTimeOffset now) =>
        on is { Time: null, Offset: null } && on.Date == DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime) ? now : on.LastInstant(zone);

    private static string Inside(string library, string? folder) => string.IsNullOrEmpty(folder)
        ? library
        : Path.Combine(library, folder) is var inside && Directory.Exists(inside) && Path.GetFullPath(inside).StartsWith(Path.GetFullPath(library), StringComparison.Ordinal)
            ? inside
            : throw new StartRefusedException($"There is no folder “{folder}” in {library}.");
}
