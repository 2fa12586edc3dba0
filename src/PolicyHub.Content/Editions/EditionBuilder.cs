using System.Collections.Frozen;
using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Checking;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Editions;

/// <summary>
/// Builds the edition of an instant from a catalogue. What an earlier edition has parsed and rendered of the same blob at the
/// same path under the same settings is taken from it, so one changed document costs about one document.
/// </summary>
public sealed class EditionBuilder(IBlobStore blobs)
{
    /// <summary>A larger document is not read at all: nobody reads a page of that size in a call.</summary>
    public const int LargestDocument = 512 * 1024;

    private static readonly LibraryPath SettingsPath = LibraryPath.Parse("library.yml");
    private static readonly LibraryPath SynonymsPath = LibraryPath.Parse(SynonymsReader.FileName);
    private static readonly LibraryPath PinsPath = LibraryPath.Parse(PinsReader.FileName);
    private static readonly LibraryPath ContractsPath = LibraryPath.Parse(ContractsReader.FileName);

    /// <summary>Builds what can be read at an instant; bad content becomes problems of the edition.</summary>
    /// <exception cref="GitException">The store cannot be read.</exception>
    public Task<Edition> BuildAsync(
        LibraryCatalogue catalogue, DateTimeOffset at, Edition? previous, bool isPreview, CancellationToken cancellation) =>
        BuildAsync(catalogue, PointInTime.On(at), previous is null ? [] : [previous], today: null, isPreview, cancellation);

    /// <summary>Builds the answer to a question about another day, for readers of today: both days' access rules count.</summary>
    /// <param name="known">Editions whose texts may be used again, the likeliest first.</param>
    /// <exception cref="GitException">The store cannot be read.</exception>
    public Task<Edition> BuildAsync(Edition today, PointInTime point, IReadOnlyList<Edition> known, CancellationToken cancellation) =>
        BuildAsync(today.Catalogue, point, known, today, today.IsPreview, cancellation);

    private async Task<Edition> BuildAsync(
        LibraryCatalogue catalogue, PointInTime point, IReadOnlyList<Edition> known, Edition? today, bool isPreview, CancellationToken cancellation)
    {
        var at = point.At;
        var (settings, settingsBlob, settingsProblems) = await ReadSettingsAsync(catalogue, point, known, today, cancellation);
        Edition[] reusable = [.. known.Where(edition => ReferenceEquals(edition.Settings, settings))];
        var previous = reusable.Length > 0 ? reusable[0] : known.Count > 0 ? known[0] : null;
        var inEffect = await new DocumentsInEffect(blobs, settings, point, reusable, today).ReadAsync(catalogue, cancellation);
        var (byPath, clashes) = EditionMaps.OnePerPath(inEffect.Documents);
        var all = byPath.Values
            .OrderBy(document => document.Title, StringComparer.Create(settings.Culture, ignoreCase: true))
            .ThenBy(document => document.Path)
            .ToImmutableArray();
        var files = EditionMaps.FilesAt(catalogue, point, settings.Zone);
        var steering = await ReadSteeringAsync(files, cancellation);
        var sizes = await ReadSizesAsync(files, previous, cancellation);

        return new Edition(
            edition => SearchIndex.Build([.. edition.All.Select(document => document.Searchable)], settings.Language, previous?.Index, steering.Synonyms, edition.PinsNow),
            [.. settingsProblems, .. catalogue.Problems, .. inEffect.Problems, .. clashes, .. steering.Problems])
        {
            Point = point,
            Today = today,
            Catalogue = catalogue,
            Settings = settings,
            SettingsBlob = settingsBlob,
            SettingsProblems = settingsProblems,
            IsPreview = isPreview,
            NextStart = Resolver.Starts(catalogue, at, settings.Zone)
                .Concat(steering.Pins.Select(pin => pin.Until.LastInstant(settings.Zone).AddTicks(1)).Where(end => end > at))
                .Select(start => (DateTimeOffset?)start).Min(),
            All = all,
            ByPath = byPath,
            ById = EditionMaps.ById(all),
            Redirects = EditionMaps.RedirectsOf(all, byPath),
            Desks = EditionMaps.Desks(all),
            Files = files,
            Sizes = sizes,
            Contracts = steering.Contracts,
            Pins = steering.Pins,
            Synonyms = steering.Synonyms,
            PublicIndexBefore = previous?.ForPublicIfMade is { HasIndex: true } before ? before.Index : previous?.PublicIndexBefore,
        };
    }

    private async Task<(LibrarySettings Settings, BlobId? Blob, ImmutableArray<Problem> Problems)> ReadSettingsAsync(
        LibraryCatalogue catalogue, PointInTime point, IReadOnlyList<Edition> known, Edition? today, CancellationToken cancellation)
    {
        var versions = catalogue.Files.GetValueOrDefault(SettingsPath, []);

        // A date without an offset needs the zone that the file itself sets: read as UTC first, then as what that says.
        var zone = (today ?? (known.Count > 0 ? known[0] : null))?.Settings.Zone ?? TimeZoneInfo.Utc;
        for (var pass = 0; ; pass++)
        {
            if (point.Version(versions, zone)?.Blob is not { } blob)
            {
                // Where the organisation had written none yet, its days were what they are today.
                return (today?.SettingsBefore ?? LibrarySettings.Default, null, []);
            }

            if (known.FirstOrDefault(edition => edition.SettingsBlob == blob) is { } same)
            {
                return (same.Settings, blob, same.SettingsProblems);
            }

            var bytes = (await blobs.ReadAsync([blob], LargestDocument, cancellation))[0];
            var (settings, problems) = SettingsReader.Read(bytes ?? []);
            if (pass == 1 || settings.Zone.Equals(zone))
            {
                return (settings, blob, problems);
            }

            zone = settings.Zone;
        }
    }

    /// <summary>Reads the files by which owners steer search, those that are there in one batch.</summary>
    private async Task<(SynonymSet Synonyms, ImmutableArray<Pin> Pins, ImmutableArray<Contract> Contracts, ImmutableArray<Problem> Problems)> ReadSteeringAsync(
        FrozenDictionary<LibraryPath, BlobId> files, CancellationToken cancellation)
    {
        LibraryPath[] there = [.. new[] { SynonymsPath, PinsPath, ContractsPath }.Where(files.ContainsKey)];
        var bytes = there.Zip(await blobs.ReadAsync([.. there.Select(path => files[path])], LargestDocument, cancellation)).ToDictionary(pair => pair.First, pair => pair.Second);
        var synonyms = bytes.GetValueOrDefault(SynonymsPath) is { } read ? SynonymsReader.Read(System.Text.Encoding.UTF8.GetString(read)) : (SynonymSet.Empty, []);
        var pins = bytes.TryGetValue(PinsPath, out var pinned) ? PinsReader.Read(pinned) : ([], []);
        var contracts = bytes.TryGetValue(ContractsPath, out var lines) ? ContractsReader.Read(lines) : ([], []);
        return (synonyms.Item1, pins.Item1, contracts.Item1, [.. synonyms.Item2, .. pins.Item2, .. contracts.Item2]);
    }

    private async Task<FrozenDictionary<BlobId, long>> ReadSizesAsync(
        FrozenDictionary<LibraryPath, BlobId> files, Edition? previous, CancellationToken cancellation)
    {
        var known = previous?.Sizes ?? FrozenDictionary<BlobId, long>.Empty;
        var unknown = files.Values.Where(blob => !known.ContainsKey(blob)).Distinct().ToList();
        if (unknown.Count == 0)
        {
            return known;
        }

        var sizes = await blobs.SizesAsync(unknown, cancellation);
        return known.Concat(unknown.Zip(sizes, KeyValuePair.Create)).ToFrozenDictionary();
    }
}
