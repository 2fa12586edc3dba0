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

/// <summary>A stretch of time for which a version answers.</summary>
/// <param name="From">Its first instant.</param>
/// <param name="Until">The first instant at which it answers no more; null: no end is known.</param>
public sealed record VersionSpan(DocumentVersion Version, DateTimeOffset From, DateTimeOffset? Until)
{
    public bool Holds(DateTimeOffset at) => From <= at && (Until is null || at < Until);
}

/// <summary>
/// Decides what is in effect, for documents, attachments and settings alike; nothing else does. In effect at an instant is
/// the version published last by then among those whose effective instant has come by then: the newest wins once its day has
/// come, and a later publication replaces every earlier one, upcoming ones included.
/// Versions are given oldest first, in the order of publication.
/// </summary>
public static class Resolver
{
    /// <summary>
    /// What staff could read at an instant: the version in effect; null before the first. One that has ended by then
    /// (<see cref="IDatedVersion.HasEnded"/>) says that there is nothing any more.
    /// </summary>
    public static T? InEffect<T>(ImmutableArray<T> versions, DateTimeOffset at, TimeZoneInfo zone)
        where T : class, IDatedVersion
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

    /// <summary>
    /// Which version applies to a bill, service or incident of an instant, as known at another: what was in effect then, unless a text
    /// published since says that it has applied from an earlier day, but from no earlier than that one; of several, the one of the
    /// latest effective date. What had been withdrawn by then gives way to any text that claims the time. Texts recorded
    /// from before PolicyHub answer for days on which nothing was in effect yet.
    /// </summary>
    /// <param name="knownAt">What was published after it is not known.</param>
    public static T? AppliesTo<T>(ImmutableArray<T> versions, DateTimeOffset day, DateTimeOffset knownAt, TimeZoneInfo zone)
        where T : class, IDatedVersion
    {
        T? read = null, claimed = null, recorded = null;
        foreach (var version in versions)
        {
            if (version.Published > knownAt || version.EffectiveInstant(zone) > day)
            {
                continue;
            }

            if (version.IsRecorded)
            {
                recorded = Later(recorded, version);
            }
            else if (version.Published <= day)
            {
                read = version;
            }
            else
            {
                claimed = Later(claimed, version);
            }
        }

        return read is null
            ? claimed is null || recorded?.EffectiveInstant(zone) > claimed.EffectiveInstant(zone) ? recorded : claimed
            : claimed is not null && (ReferenceEquals(Later(read, claimed), claimed) || (read.HasEnded(day, zone) && !claimed.HasEnded(day, zone)))
                ? claimed
                : read;

        T Later(T? earlier, T later) => earlier is null || later.EffectiveInstant(zone) >= earlier.EffectiveInstant(zone) ? later : earlier;
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
            return version.HasEnded(at, zone) ? VersionState.Rescinded : VersionState.InEffect;
        }

        var start = version.EffectiveInstant(zone);
        return start > at && ReferenceEquals(InEffect(KnownAt(versions, at), start, zone), version)
            ? VersionState.Upcoming
            : VersionState.Superseded;
    }

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

    /// <summary>
    /// When each version was, is or, as known at an instant, will be in effect, in the order of time; a version that never was has no
    /// span, nor has one that withdrew the document.
    /// </summary>
    public static ImmutableArray<VersionSpan> Spans(ImmutableArray<DocumentVersion> versions, DateTimeOffset knownAt, TimeZoneInfo zone)
    {
        var known = KnownAt(versions, knownAt);
        return Spans(Boundaries(known, zone), instant => InEffect(known, instant, zone), zone);
    }

    /// <summary>To which days each version applies, as known at an instant, in the order of time.</summary>
    public static ImmutableArray<VersionSpan> Applied(ImmutableArray<DocumentVersion> versions, DateTimeOffset knownAt, TimeZoneInfo zone) =>
        Spans(Boundaries(KnownAt(versions, knownAt), zone), day => AppliesTo(versions, day, knownAt, zone), zone);

    /// <summary>Every instant at which something starts or ends in a library, by publication or by date, in the order of time.</summary>
    public static ImmutableArray<DateTimeOffset> Boundaries(LibraryCatalogue catalogue, TimeZoneInfo zone) =>
    [
        .. catalogue.Documents.SelectMany(document => Boundaries(document, zone))
            .Concat(catalogue.Files.Values.SelectMany(versions => Boundaries(versions, zone)))
            .Distinct()
            .Order(),
    ];

    /// <summary>Every instant at which something of a document starts or ends, by publication, by date or by a move; in no order.</summary>
    public static IEnumerable<DateTimeOffset> Boundaries(DocumentHistory document, TimeZoneInfo zone) =>
        Boundaries(document.Versions, zone).Concat(document.Paths.Select(span => span.Since));

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

    private static bool HasCome<T>(T version, DateTimeOffset at, TimeZoneInfo zone)
        where T : class, IDatedVersion =>
        version.Published <= at && !version.IsRecorded && version.EffectiveInstant(zone) <= at;

    private static IEnumerable<DateTimeOffset> Boundaries<T>(ImmutableArray<T> versions, TimeZoneInfo zone)
        where T : class, IDatedVersion
    {
        foreach (var version in versions)
        {
            yield return version.Published;
            yield return version.EffectiveInstant(zone);
            if (version is DocumentVersion { Rescinded: { } rescinded })
            {
                yield return rescinded.FirstInstant(zone);
            }
        }
    }

    /// <summary>What a question answers at one boundary stays its answer until the next.</summary>
    private static ImmutableArray<VersionSpan> Spans(IEnumerable<DateTimeOffset> boundaries, Func<DateTimeOffset, DocumentVersion?> ask, TimeZoneInfo zone)
    {
        var spans = ImmutableArray.CreateBuilder<VersionSpan>();
        DocumentVersion? current = null;
        foreach (var instant in boundaries.Distinct().Order())
        {
            var version = ask(instant) is { } found && !found.HasEnded(instant, zone) ? found : null;
            if (ReferenceEquals(version, current))
            {
                continue;
            }

            if (current is not null)
            {
                spans[^1] = spans[^1] with { Until = instant };
            }

            if (version is not null)
            {
                spans.Add(new VersionSpan(version, instant, null));
            }

            current = version;
        }

        return spans.ToImmutable();
    }

    private static ImmutableArray<DocumentVersion> KnownAt(ImmutableArray<DocumentVersion> versions, DateTimeOffset at) =>
        versions[^1].Published <= at ? versions : versions.RemoveAll(version => version.Published > at);
}
