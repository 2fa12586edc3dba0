using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;

namespace PolicyHub.Content.Editions;

/// <summary>The four states of a version at an instant; there is no fifth.</summary>
public enum VersionState
{
    InEffect,
    Upcoming,
    Superseded,
    Rescinded,
}

/// <summary>
/// Decides what is in effect, for documents, attachments and settings alike; nothing else does. In effect at an instant is
/// the version published last by then among those whose effective instant has come by then: the newest wins once its day has
/// come, and a later publication replaces every earlier one, upcoming ones included.
/// </summary>
public static class Resolver
{
    /// <summary>The version in effect; null before the first. A version without a blob, or past its <c>rescinded</c> date, says that the document is rescinded.</summary>
    public static DocumentVersion? InEffect(ImmutableArray<DocumentVersion> versions, DateTimeOffset at, TimeZoneInfo zone)
    {
        for (var index = versions.Length - 1; index >= 0; index--)
        {
            if (HasCome(versions[index], at, zone))
            {
                return versions[index];
            }
        }

        return null;
    }

    /// <summary>The state of a version as it is known at an instant; null when it was not yet published then.</summary>
    public static VersionState? StateOf(DocumentVersion version, ImmutableArray<DocumentVersion> versions, DateTimeOffset at, TimeZoneInfo zone)
    {
        if (version.Published > at)
        {
            return null;
        }

        if (ReferenceEquals(InEffect(versions, at, zone), version))
        {
            return IsRescinded(version, at, zone) ? VersionState.Rescinded : VersionState.InEffect;
        }

        var start = version.EffectiveInstant(zone);
        return start > at && ReferenceEquals(InEffect(KnownAt(versions, at), start, zone), version)
            ? VersionState.Upcoming
            : VersionState.Superseded;
    }

    /// <summary>Whether a version ends its document: the file is gone, or its own date has come.</summary>
    public static bool IsRescinded(DocumentVersion version, DateTimeOffset at, TimeZoneInfo zone) =>
        version.Blob is null || version.Rescinded?.FirstInstant(zone) <= at;

    /// <summary>The version that takes over next, as known at an instant, and when; null when none is planned.</summary>
    public static (DocumentVersion Version, DateTimeOffset At)? Upcoming(ImmutableArray<DocumentVersion> versions, DateTimeOffset at, TimeZoneInfo zone)
    {
        (DocumentVersion Version, DateTimeOffset At)? next = null;
        foreach (var version in versions)
        {
            if (StateOf(version, versions, at, zone) == VersionState.Upcoming
                && version.EffectiveInstant(zone) is var start
                && (next is null || start < next.Value.At))
            {
                next = (version, start);
            }
        }

        return next;
    }

    /// <summary>The state of a file that is no document, by the same rule; null before the first.</summary>
    public static FileVersion? InEffect(ImmutableArray<FileVersion> versions, DateTimeOffset at, TimeZoneInfo zone)
    {
        for (var index = versions.Length - 1; index >= 0; index--)
        {
            if (versions[index].Commit.Published <= at && versions[index].EffectiveInstant(zone) <= at)
            {
                return versions[index];
            }
        }

        return null;
    }

    /// <summary>Every instant after <paramref name="at"/> at which, as known then, something starts or ends by its date.</summary>
    public static IEnumerable<DateTimeOffset> Starts(LibraryCatalogue catalogue, DateTimeOffset at, TimeZoneInfo zone)
    {
        foreach (var version in catalogue.Documents.SelectMany(document => document.Versions))
        {
            if (version.Published > at)
            {
                // A head dated a little ahead is taken, and starts when its time has come.
                yield return version.Published;
            }

            if (version.Effective?.FirstInstant(zone) is { } start && start > at)
            {
                yield return start;
            }

            if (version.Rescinded?.FirstInstant(zone) is { } end && end > at)
            {
                yield return end;
            }
        }

        foreach (var file in catalogue.Files.Values.SelectMany(versions => versions))
        {
            var published = file.Commit.Published;
            if ((published > file.EffectiveInstant(zone) ? published : file.EffectiveInstant(zone)) is var start && start > at)
            {
                yield return start;
            }
        }
    }

    private static bool HasCome(DocumentVersion version, DateTimeOffset at, TimeZoneInfo zone) =>
        version.Published <= at && (version.Effective is null || version.EffectiveInstant(zone) <= at);

    private static ImmutableArray<DocumentVersion> KnownAt(ImmutableArray<DocumentVersion> versions, DateTimeOffset at) =>
        versions[^1].Published <= at ? versions : versions.RemoveAll(version => version.Published > at);
}
