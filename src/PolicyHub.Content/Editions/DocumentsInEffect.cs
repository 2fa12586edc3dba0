using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Editions;

/// <summary>Reads, parses and renders what the resolver says is in effect at one instant.</summary>
/// <param name="known">Editions with the same settings, the likeliest first: what they have of the same blob at the same path is taken from them.</param>
/// <param name="today">For an edition of another day, that of today, whose access rules count as well; null otherwise.</param>
internal sealed class DocumentsInEffect(IBlobStore blobs, LibrarySettings settings, PointInTime point, IReadOnlyList<Edition> known, Edition? today)
{
    private readonly DocumentRenderer renderer = new(settings.Words);

    /// <summary>Documents in the order in which they began, and the problems of texts that could not be read.</summary>
    public async Task<(ImmutableArray<EditionDocument> Documents, ImmutableArray<Problem> Problems)> ReadAsync(
        LibraryCatalogue catalogue, CancellationToken cancellation)
    {
        var documents = new EditionDocument?[catalogue.Documents.Length];
        var problems = new List<Problem>();
        var unread = new List<Wanted>();
        for (var place = 0; place < catalogue.Documents.Length; place++)
        {
            var history = catalogue.Documents[place];
            if (point.Version(history.Versions, settings.Zone) is { } version
                && !version.HasEnded(point.At, settings.Zone))
            {
                if (Reuse(history, version) is { } same)
                {
                    documents[place] = same;
                }
                else
                {
                    unread.Add(new Wanted(place, history, version, version));
                }
            }
        }

        // A text that can't be read falls back to the version before it, until one can: each round reads all that are left at once.
        while (unread.Count > 0)
        {
            var bytes = await blobs.ReadAsync([.. unread.Select(item => item.Version.Blob!.Value)], EditionBuilder.LargestDocument, cancellation);
            var read = new Reading[unread.Count];
            Parallel.For(0, read.Length, new ParallelOptions { CancellationToken = cancellation }, i => read[i] = Read(unread[i], bytes[i]));
            unread.Clear();
            foreach (var (wanted, document, found) in read)
            {
                problems.AddRange(found);
                if (document is not null)
                {
                    documents[wanted.Place] = document;
                }
                else if (Before(wanted.History, wanted.Version) is { } earlier)
                {
                    unread.Add(wanted with { Version = earlier });
                }
            }
        }

        return ([.. documents.OfType<EditionDocument>()], [.. problems]);
    }

    private EditionDocument? Reuse(DocumentHistory history, DocumentVersion version)
    {
        var path = point.PathOf(history);
        foreach (var edition in known)
        {
            if (edition.ByPath.GetValueOrDefault(path) is { NewerIsUnreadable: false } same && same.Version.Blob == version.Blob)
            {
                return same with
                {
                    History = history,
                    Version = version,
                    InEffectSince = version.EffectiveInstant(settings.Zone),
                    Access = AccessOf(same.Document, path, history),
                    Upcoming = UpcomingOf(history),
                };
            }
        }

        return null;
    }

    private (DocumentVersion Version, DateTimeOffset At)? UpcomingOf(DocumentHistory history) =>
        Resolver.Upcoming(history.Versions, point.Question == DateQuestion.On ? point.At : point.KnownAt, settings.Zone);

    /// <summary>The document's own label, else its folder's; on another day, together with the one that it has today.</summary>
    /// <param name="unreadable">The version that should stand here: where it closes the document to the public, so it is, though staff read the last good one.</param>
    private string AccessOf(Document document, LibraryPath path, DocumentHistory history, DocumentVersion? unreadable = null)
    {
        var access = document.Access.Length > 0 ? document.Access : settings.AccessOf(path);
        if (access == Reader.Public && unreadable is not null && (unreadable.Access ?? settings.AccessOf(path)) != Reader.Public)
        {
            access = "";
        }

        return today is null ? access : Reader.Both(access, today.AccessOf(history));
    }

    private Reading Read(Wanted wanted, byte[]? bytes)
    {
        var (_, history, version, newest) = wanted;
        var path = point.PathOf(history);
        if (bytes is null)
        {
            return new Reading(wanted, null, [ProblemCatalogue.DocumentNotRead(path.Value, EditionBuilder.LargestDocument)]);
        }

        var (document, problems) = DocumentReader.Read(path, bytes, settings);
        if (document is null)
        {
            return new Reading(wanted, null, problems);
        }

        return new Reading(wanted, new EditionDocument(new Lazy<RenderedBody>(() => renderer.Render(document)))
        {
            Path = path,
            Document = document,
            History = history,
            Version = version,
            InEffectSince = version.EffectiveInstant(settings.Zone),
            Access = AccessOf(document, path, history, ReferenceEquals(version, newest) ? null : newest),
            Upcoming = UpcomingOf(history),
            RescindedAt = document.Rescinded?.FirstInstant(settings.Zone),
            NewerIsUnreadable = !ReferenceEquals(version, newest),
            Problems = problems,
        }, []);
    }

    /// <summary>What would be in effect had this version, and all after it, not been published.</summary>
    private DocumentVersion? Before(DocumentHistory history, DocumentVersion version)
    {
        var earlier = history.Versions[..history.Versions.IndexOf(version)];
        return earlier.IsEmpty || point.Version(earlier, settings.Zone) is not { Blob: not null } last ? null : last;
    }

    /// <param name="Newest">The one in effect, which <paramref name="Version"/> stands for where it can't be read.</param>
    /// <param name="Place">Its place in the catalogue.</param>
    private sealed record Wanted(int Place, DocumentHistory History, DocumentVersion Version, DocumentVersion Newest);

    private sealed record Reading(Wanted Wanted, EditionDocument? Document, ImmutableArray<Problem> Problems);
}
