using System.Collections.Frozen;
using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Catalogue;

/// <summary>Finds what is wrong with a history as a whole. It looks at the finished catalogue only, so that every way to build it finds the same.</summary>
internal static class HistoryProblems
{
    public static ImmutableArray<Problem> Find(
        ImmutableArray<DocumentHistory> documents,
        FrozenDictionary<LibraryPath, ImmutableArray<FileVersion>> files,
        IReadOnlyDictionary<string, string> ignored) =>
    [
        .. DuplicateIds(documents),
        .. documents.SelectMany(Cancelled),
        .. documents.Where(document => document.HoldsRecord).Select(document => ProblemCatalogue.RecordedOnTop(document.Path.Value)),
        .. CaseClashes(documents, files),
        .. ignored.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => ProblemCatalogue.NotServed(entry.Key, entry.Value)),
    ];

    private static IEnumerable<Problem> DuplicateIds(ImmutableArray<DocumentHistory> documents)
    {
        var owners = new Dictionary<string, DocumentHistory>(StringComparer.OrdinalIgnoreCase);
        foreach (var document in documents)
        {
            if (document.Id is { } id)
            {
                owners[id] = document;
            }
        }

        return
            from document in documents
            where IsAlive(document) && document.CarriedId is not null
            let owner = owners.GetValueOrDefault(document.CarriedId!)
            where owner is not null && owner != document
            select ProblemCatalogue.IdOfAnother(document.Path.Value, document.CarriedId!, owner.Path.Value);
    }

    /// <summary>
    /// A version whose day had not come was replaced, outside PolicyHub, by one that is not for a later day, and nobody has planned that
    /// day again or published since it came. The zone is a setting with a history of its own; UTC is near enough for a warning.
    /// </summary>
    private static IEnumerable<Problem> Cancelled(DocumentHistory document)
    {
        var versions = document.Versions.RemoveAll(version => version.IsRecorded);
        for (var index = 0; index + 1 < versions.Length; index++)
        {
            if (versions[index] is not { Effective: { } planned, Blob: not null })
            {
                continue;
            }

            var day = planned.FirstInstant(TimeZoneInfo.Utc);
            var next = versions[index + 1];
            var rest = versions.AsSpan()[(index + 2)..];
            if (day > next.Published && !IsUpcoming(next) && !CommitMessage.NamesProposal(next.Commit.Trailers) && !IsMended(rest, planned, day))
            {
                yield return ProblemCatalogue.UpcomingCancelled(
                    document.Path.Value, versions[index].Label.ToString(), planned.ToString(), next.Commit.Id.Abbreviated, next.Commit.Author);
            }
        }
    }

    private static bool IsUpcoming(DocumentVersion version) =>
        version.Blob is not null && version.Effective is { } effective && effective.FirstInstant(TimeZoneInfo.Utc) > version.Published;

    private static bool IsMended(ReadOnlySpan<DocumentVersion> later, DeclaredMoment planned, DateTimeOffset day)
    {
        foreach (var version in later)
        {
            if (version.Effective == planned || version.Published >= day)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Problem> CaseClashes(
        ImmutableArray<DocumentHistory> documents, FrozenDictionary<LibraryPath, ImmutableArray<FileVersion>> files)
    {
        var standing = documents.Where(IsAlive).Select(document => document.Path.Value)
            .Concat(files.Where(file => file.Value[^1].Blob is not null).Select(file => file.Key.Value));
        return
            from alike in standing.GroupBy(path => path, StringComparer.OrdinalIgnoreCase)
            where alike.Skip(1).Any()
            let paths = alike.Order(StringComparer.Ordinal).ToList()
            orderby paths[0]
            from path in paths.Skip(1)
            select ProblemCatalogue.PathDiffersInCase(path, paths[0]);
    }

    private static bool IsAlive(DocumentHistory document) => document.Versions[^1].Blob is not null;
}
