using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>A text that was planned for a day and, after a change, will not be in effect on it.</summary>
/// <param name="At">The day that was planned.</param>
/// <param name="Instead">The day on which a text of the change takes effect instead, later or earlier; null: what was planned is gone.</param>
public sealed record LostUpcoming(LibraryPath Path, BlobId Blob, DateTimeOffset At, DateTimeOffset? Instead)
{
    /// <summary>
    /// What a change would remove or move, so that nobody does so without saying it. A text that the change replaces by another of the very same instant is not lost.
    /// A document that the change moves to another path is known by its number only; one without a number counts as taken away.
    /// </summary>
    /// <param name="edition">Today's.</param>
    /// <param name="blobs">Holds the texts of the change.</param>
    /// <exception cref="GitException">A text of the change can't be read.</exception>
    public static async Task<ImmutableArray<LostUpcoming>> ByAsync(Edition edition, ChangeSet change, IBlobStore blobs, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(edition);
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(blobs);
        var fresh = change.Steps.SelectMany(step => step.Paths).Where(path => path.Path.IsDocument).Select(path => path.New).OfType<BlobId>().Distinct().ToList();
        var fields = fresh.Zip(await blobs.ReadAsync(fresh, EditionBuilder.LargestDocument, cancellation))
            .ToDictionary(pair => pair.First, pair => pair.Second is { } bytes ? VersionFieldsReader.Read(bytes) : default);
        var lost = ImmutableArray.CreateBuilder<LostUpcoming>();
        foreach (var path in change.Bases.Keys)
        {
            var before = path.IsDocument
                ? (PathTexts.HistoryAt(edition, path)?.Versions ?? []).Where(version => !version.IsRecorded).Select(version => new PublishingPlan.Dated(version.Blob?.Hex ?? "", version.Published, version.Effective))
                : edition.Catalogue.Files.GetValueOrDefault(path, []).Where(version => !version.IsRecorded).Select(version => new PublishingPlan.Dated(version.Blob?.Hex ?? "", version.Published, version.Effective));
            var id = path.IsDocument ? PathTexts.HistoryAt(edition, path)?.Id : null;
            lost.AddRange(Of(edition.Settings.Zone, path, [.. before], [.. Published(change, path, id, fields, now)], now));
        }

        return lost.ToImmutable();
    }

    /// <summary>What the change publishes at a path, or where the document of that number goes.</summary>
    private static IEnumerable<PublishingPlan.Dated> Published(ChangeSet change, LibraryPath path, string? id, Dictionary<BlobId, VersionFields> fields, DateTimeOffset now)
    {
        foreach (var (index, step) in change.Steps.Index())
        {
            var entry = step.Paths.FirstOrDefault(changed => changed.Path == path);
            var moved = id is null ? null : step.Paths.FirstOrDefault(changed => changed.Path != path && changed.New is { } text && fields.GetValueOrDefault(text).Id is { } other && other.Equals(id, StringComparison.OrdinalIgnoreCase));
            if ((entry?.New is null ? moved ?? entry : entry) is { } taken)
            {
                var effective = taken.New is not { } blob ? null : taken.Path.IsDocument ? fields.GetValueOrDefault(blob).Effective : step.Effective;
                yield return new PublishingPlan.Dated(taken.New?.Hex ?? "", now.AddTicks(1 + index), effective);
            }
        }
    }

    private static IEnumerable<LostUpcoming> Of(
        TimeZoneInfo zone, LibraryPath path, ImmutableArray<PublishingPlan.Dated> before, ImmutableArray<PublishingPlan.Dated> published, DateTimeOffset now)
    {
        var after = before.AddRange(published);
        var upcoming = from version in before
                       let at = version.EffectiveInstant(zone)
                       where at > now && version.Name.Length > 0 && ReferenceEquals(Resolver.InEffect(before, at, zone), version)
                       orderby at
                       select (version, at);
        foreach (var (version, at) in upcoming)
        {
            var then = Resolver.InEffect(after, at, zone);
            if (ReferenceEquals(then, version) || (then is { Name.Length: > 0 } && then.Effective is not null && then.EffectiveInstant(zone) == at))
            {
                continue;
            }

            var planned = published.Where(text => text.Name.Length > 0 && text.EffectiveInstant(zone) > now.AddTicks(1 + published.Length) && !before.Any(other => other.Name == text.Name && other.EffectiveInstant(zone) != at))
                .Select(text => (DateTimeOffset?)text.EffectiveInstant(zone)).Where(day => !before.Any(other => other.EffectiveInstant(zone) == day)).ToList();
            yield return new LostUpcoming(path, new BlobId(version.Name), at, planned.FirstOrDefault());
        }
    }
}
