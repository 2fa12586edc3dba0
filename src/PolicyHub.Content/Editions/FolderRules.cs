using System.Collections.Frozen;
using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Editions;

/// <summary>
/// The access rules of folders in every settings file that there was: a text that was replaced while its folder was closed was never open,
/// whatever the folder is today.
/// </summary>
internal sealed class FolderRules
{
    private readonly FrozenDictionary<BlobId, LibrarySettings> read;
    private readonly ImmutableArray<(DateTimeOffset Since, LibrarySettings Settings)> states;

    private FolderRules(FrozenDictionary<BlobId, LibrarySettings> read, ImmutableArray<(DateTimeOffset Since, LibrarySettings Settings)> states) => (this.read, this.states) = (read, states);

    /// <summary>Before anything was read: no folder has a rule.</summary>
    public static FolderRules None { get; } = new(FrozenDictionary<BlobId, LibrarySettings>.Empty, [(DateTimeOffset.MinValue, LibrarySettings.Default)]);

    /// <param name="versions">Of the settings file.</param>
    /// <param name="before">What was read before, which is not read again.</param>
    /// <param name="zone">The organisation's, for settings that take effect on a day.</param>
    public static async Task<FolderRules> ReadAsync(ImmutableArray<FileVersion> versions, IBlobStore blobs, FolderRules before, TimeZoneInfo zone, CancellationToken cancellation)
    {
        BlobId[] all = [.. versions.Select(version => version.Blob).OfType<BlobId>().Distinct()];
        BlobId[] unread = [.. all.Where(blob => !before.read.ContainsKey(blob))];
        var bytes = unread.Length == 0 ? [] : await blobs.ReadAsync([.. unread], EditionBuilder.LargestDocument, cancellation);
        var known = all.Where(before.read.ContainsKey).Select(blob => KeyValuePair.Create(blob, before.read[blob]))
            .Concat(unread.Zip(bytes).Select(pair => KeyValuePair.Create(pair.First, LibrarySettings.Default with { Access = SettingsReader.Read(pair.Second ?? []).Settings.Access })))
            .ToFrozenDictionary();
        var changes = versions.SelectMany(version => new[] { version.Published, version.EffectiveInstant(zone) }).Distinct().Order()
            .Select(since => (since, PointInTime.On(since).Version(versions, zone)?.Blob is { } blob ? known[blob] : LibrarySettings.Default));
        return new FolderRules(known, [.. None.states, .. changes]);
    }

    /// <summary>The label for a path at an instant.</summary>
    public string At(LibraryPath path, DateTimeOffset instant) => states[Index(instant)].Settings.AccessOf(path);

    /// <summary>Whether a reader was ever admitted to a path in a stretch of time.</summary>
    /// <param name="until">Its end, no longer part of it; null: it has none.</param>
    public bool Admitted(LibraryPath path, DateTimeOffset from, DateTimeOffset? until, Reader reader)
    {
        for (var index = Index(from); index < states.Length && (index == Index(from) || until is null || states[index].Since < until); index++)
        {
            if (reader.MaySee(states[index].Settings.AccessOf(path)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The last state that began by an instant; the first began before all.</summary>
    private int Index(DateTimeOffset instant)
    {
        var (low, high) = (0, states.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = states[middle].Since <= instant ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
