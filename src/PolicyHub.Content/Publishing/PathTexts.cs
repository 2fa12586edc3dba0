using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>A text that is published and waits for its day.</summary>
/// <param name="At">The first instant at which it will be in effect.</param>
public sealed record UpcomingText(BlobId Blob, DocumentVersion Version, DateTimeOffset At);

/// <summary>The texts that a path has at an instant: the one that is read, those that wait for their day, and the one that the published branch holds.</summary>
/// <param name="Tip">What every change of the path is compared with and replaces, be it today's text or an upcoming one; null: nothing stands there.</param>
/// <param name="Today">What is in effect; null: nothing is.</param>
/// <param name="Upcoming">In the order of their days.</param>
public sealed record PathTexts(LibraryPath Path, BlobId? Tip, BlobId? Today, ImmutableArray<UpcomingText> Upcoming)
{
    /// <summary>What stands at the path and is held back, which then is the tip; null: what is published is served.</summary>
    public HeldPath? Held { get; init; }

    /// <summary>The life of the document; empty for a path where none stands.</summary>
    internal ImmutableArray<DocumentVersion> Versions { get; init; } = [];

    /// <summary>The texts of a document, as the catalogue of an edition knows them.</summary>
    /// <param name="edition">Today's.</param>
    public static PathTexts Of(Edition edition, LibraryPath path, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(edition);
        var held = edition.Catalogue.HeldBack?.Paths.GetValueOrDefault(path);
        if (HistoryAt(edition, path) is not { } history)
        {
            return new PathTexts(path, held?.Blob, null, []) { Held = held };
        }

        var (versions, zone) = (history.Versions, edition.Settings.Zone);
        return new PathTexts(
            path,
            held is not null ? held.Blob : FileOf(history),
            Resolver.InEffect(versions, now, zone)?.Blob,
            [
                .. from version in versions
                   where version.Blob is not null && Resolver.StateOf(version, versions, now, zone) == VersionState.Upcoming
                   let at = version.EffectiveInstant(zone)
                   orderby at
                   select new UpcomingText(version.Blob!.Value, version, at),
            ])
        { Versions = versions, Held = held };
    }

    /// <summary>What the published branch would hold at a path if nothing were held back; null: nothing.</summary>
    public static BlobId? ServedAt(Edition edition, LibraryPath path) => HistoryAt(edition, path) is { } history ? FileOf(history) : null;

    private static BlobId? FileOf(DocumentHistory history) =>
        history.HoldsRecord ? history.Versions[^1].Blob : history.Versions.LastOrDefault(version => !version.IsRecorded)?.Blob;

    /// <summary>The document that stands at a path on the published branch, as far as it is served; null: none does.</summary>
    public static DocumentHistory? HistoryAt(Edition edition, LibraryPath path) =>
        edition.Catalogue.Documents.LastOrDefault(history => history.Path == path && history.Versions[^1].Blob is not null);
}
