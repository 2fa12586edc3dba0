using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Refresh;

/// <summary>Which commits are held back, by the settings and the records; without the setting none are.</summary>
internal static class HoldBackRule
{
    /// <param name="location">The records; null: there are none, so nothing is confirmed.</param>
    /// <param name="ready">Ends when the records are in the form that this program knows.</param>
    public static Func<LibraryRepository, HoldBack?> Of(HubOptions options, RecordsLocation? location, Task ready)
    {
        if (string.IsNullOrWhiteSpace(options.HoldBackAfter))
        {
            return _ => null;
        }

        var approved = location is null ? null : new ApprovedCommits(new RecordsFactory(location));
        return repository => new HoldBack
        {
            After = options.HoldBackAfter.Trim(),
            Confirm = async (commits, cancellation) =>
            {
                await ready.WaitAsync(cancellation);
                return approved is null ? new HashSet<CommitId>() : await approved.ConfirmAsync(repository, commits, cancellation);
            },
        };
    }

    /// <summary>For a command that serves nothing: records that are not there confirm nothing.</summary>
    public static HoldBack? Of(HubOptions options, LibraryRepository repository)
    {
        var location = string.IsNullOrWhiteSpace(options.HoldBackAfter) ? null : RecordsPlace.Of(options);
        return Of(options, location is { File: { } file } && !File.Exists(file) ? null : location, Task.CompletedTask)(repository);
    }
}
