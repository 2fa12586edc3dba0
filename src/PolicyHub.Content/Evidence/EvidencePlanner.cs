using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Evidence;

/// <summary>
/// Gives the edition that answers what could be read at an instant, of the same catalogue as today's; it may have been built for another instant
/// between the same two changes.
/// </summary>
public delegate Task<Edition> EditionAt(DateTimeOffset instant, CancellationToken cancellation);

/// <summary>Decides what a pack holds for a reader. What they may not see today is not in it, nor named by it.</summary>
/// <param name="today">The edition as of now; by it access is decided.</param>
public sealed class EvidencePlanner(LibraryRepository repository, Edition today, EditionAt editionAt, Reader reader, DateTimeOffset now)
{
    private readonly AccessToday access = new(today, reader);

    /// <exception cref="GitException">The repository cannot be read.</exception>
    public async Task<EvidenceAnswer> PlanAsync(EvidenceRequest request, CancellationToken cancellation)
    {
        if (request.Document is not { } asked)
        {
            var (at, everything) = await AtAsync(request.On, cancellation);
            var standing = everything.All.Where(access.MaySee).ToList();
            return standing.Count == 0
                ? new EvidenceAnswer.Refused(EvidenceRefusal.NothingThen)
                : await PackAsync(request, at, everything, [.. standing.Select(document => new Chosen(document.Path, document.History, document.Version))], everything.Files.Keys, cancellation);
        }

        var histories = access.Find(asked.Trim('/')).ToList();
        if (histories.Count == 0)
        {
            return new EvidenceAnswer.Refused(EvidenceRefusal.NoDocument);
        }

        return request.Version is { } label
            ? await VersionAsync(request, histories, label, cancellation)
            : await DocumentAsync(request, histories, cancellation);
    }

    private async Task<EvidenceAnswer> VersionAsync(EvidenceRequest request, List<DocumentHistory> histories, string label, CancellationToken cancellation)
    {
        var found = histories.SelectMany(history => history.Versions.Select(version => (History: history, Version: version)))
            .FirstOrDefault(pair => pair.Version.Label.ToString() == label && access.MaySee(pair.History, pair.Version));
        if (found.Version is null)
        {
            return new EvidenceAnswer.Refused(EvidenceRefusal.NoVersion, TitleOf(histories[0]));
        }

        if (found.Version.Blob is null)
        {
            return new EvidenceAnswer.Refused(EvidenceRefusal.NoText, TitleOf(found.History));
        }

        var edition = await editionAt(StartOf(found.Version, today.Settings.Zone), cancellation);
        var start = StartOf(found.Version, edition.Settings.Zone);
        edition = edition.Settings.Zone.Equals(today.Settings.Zone) ? edition : await editionAt(start, cancellation);
        return await PackAsync(request, start, edition, [new Chosen(found.Version.Path, found.History, found.Version)], null, cancellation);
    }

    private async Task<EvidenceAnswer> DocumentAsync(EvidenceRequest request, List<DocumentHistory> histories, CancellationToken cancellation)
    {
        var (at, edition) = await AtAsync(request.On, cancellation);
        var found = histories.Select(history => edition.All.FirstOrDefault(document => ReferenceEquals(document.History, history) && access.MaySee(document)))
            .FirstOrDefault(document => document is not null);
        if (found is not null)
        {
            return await PackAsync(request, at, edition, [new Chosen(found.Path, found.History, found.Version)], null, cancellation);
        }

        var first = histories[0].Versions.Where(version => !version.IsRecorded).Select(version => StartOf(version, today.Settings.Zone)).DefaultIfEmpty(at).Min();
        return new EvidenceAnswer.Refused(EvidenceRefusal.NotThen, TitleOf(histories[0]), first > at ? first : null);
    }

    /// <summary>The first instant at which a version can be in effect.</summary>
    internal static DateTimeOffset StartOf(DocumentVersion version, TimeZoneInfo zone) =>
        version.IsRecorded || version.EffectiveInstant(zone) is var effective && effective <= version.Published ? version.Published : effective;

    /// <summary>
    /// The edition of a date. A day that is not over is taken at the last instant by now at which anything started or ended: nothing has changed
    /// since, and the same request gives the same pack an hour later.
    /// </summary>
    private async Task<(DateTimeOffset At, Edition Edition)> AtAsync(DeclaredMoment? on, CancellationToken cancellation)
    {
        // Which zone counts is itself said by the library as of then.
        var at = InstantOf(on, today.Settings.Zone);
        var edition = await editionAt(at, cancellation);
        return InstantOf(on, edition.Settings.Zone) is var instant && instant != at ? (instant, await editionAt(instant, cancellation)) : (at, edition);
    }

    private DateTimeOffset InstantOf(DeclaredMoment? on, TimeZoneInfo zone)
    {
        if (on is { } moment && (moment.LastInstant(zone) <= now || moment.FirstInstant(zone) > now))
        {
            return moment.LastInstant(zone);
        }

        var changes = Resolver.Boundaries(today.Catalogue, zone);
        var last = changes.LastOrDefault(instant => instant <= now);
        return last == default ? now : last;
    }

    private string TitleOf(DocumentHistory history) =>
        access.Standing(history)?.Title ?? history.Versions.LastOrDefault(version => version.Title is not null && access.MaySee(history, version))?.Title ?? history.Path.Value;

    /// <param name="files">The attachments to take, as far as the reader may see them; null: those that the documents lead to.</param>
    private async Task<EvidenceAnswer> PackAsync(
        EvidenceRequest request, DateTimeOffset at, Edition edition, List<Chosen> documents, IEnumerable<LibraryPath>? files, CancellationToken cancellation)
    {
        using var objects = new GitObjects(repository);
        files ??= await new PackTexts(edition, objects).AttachmentsAsync(documents.Select(document => (document.Path, document.Version)), cancellation);
        var attachments =
            from path in files
            where AttachmentTypes.TryGet(path, out _) && access.MaySeeFile(path) && reader.MaySee(edition.Settings.AccessOf(path))
            let version = edition.Catalogue.Files.TryGetValue(path, out var versions) ? Resolver.InEffect(versions, at, edition.Settings.Zone) : null
            where version?.Blob is { } blob && edition.Sizes.GetValueOrDefault(blob) <= AttachmentTypes.Largest
            select File(PackList.AttachmentsFolder, path, null, version.Commit.Id, path, version.Blob!.Value);
        var texts = documents.Select(document => File(
            PackList.DocumentsFolder, document.Path, document.Version.Label.ToString(), document.Version.Commit.Id, document.Version.Path, document.Version.Blob!.Value));
        var (proved, leftOut) = await ProveAsync([.. texts, .. attachments], objects, GitObjectText.FormatOf(edition.Head.Hex), cancellation);
        var list = new PackList(
            PackList.CurrentFormat,
            PackList.ThisProgram,
            edition.Settings.Name,
            new PackRequest(request.Document is null ? null : documents[0].Path.Value, request.Version, request.Version is null ? request.On?.ToString() : null),
            at,
            edition.Settings.Zone.Id,
            new PackHead(edition.Head.Hex, edition.Catalogue.HeadPublished),
            GitObjectText.FormatOf(edition.Head.Hex),
            repository.Folder,
            [.. proved.Where(file => file.Version is not null).OrderBy(file => file.File, StringComparer.Ordinal)],
            [.. proved.Where(file => file.Version is null).OrderBy(file => file.File, StringComparer.Ordinal)],
            leftOut with
            {
                Diffs =
                [
                    .. from document in documents
                       where PackedDocument.BeforeOf(document.History, document.Version) is { } before && !access.MaySee(document.History, before)
                       orderby document.Path
                       select PackList.DocumentsFolder + document.Path.Value,
                ],
            })
        {
            Held = edition.Catalogue.HeldBack is { Commits: { IsEmpty: false } commits } held ? new PackHeld(held.After.Hex, [.. commits.Select(commit => commit.Id.Hex)]) : null,
        };
        return new EvidenceAnswer.Planned(new EvidencePack(list, edition));
    }

    private PackFile File(string folder, LibraryPath path, string? version, CommitId commit, LibraryPath place, BlobId blob) =>
        new(folder + path.Value, path.Value, version, commit.Hex, PackedDocument.PlaceOf(repository.Folder, place), blob.Hex, Complete: false);

    /// <summary>Looks which objects of each proof the reader may see.</summary>
    private async Task<(List<PackFile> Files, PackLeftOut LeftOut)> ProveAsync(
        List<PackFile> files, GitObjects objects, string format, CancellationToken cancellation)
    {
        var sight = new TreeSight(access, repository.Folder, format, objects);
        var ways = new ProofReader(objects.ReadAsync, format);
        var trees = new Dictionary<(string Id, string Place), bool>();
        var proofs = new List<(PackFile File, Proof? Proof)>();
        foreach (var file in files)
        {
            var proof = await ways.ReadAsync(
                file.Commit,
                file.Place,
                async (place, id, entries) =>
                {
                    if (!trees.ContainsKey((id, place)))
                    {
                        trees.Add((id, place), await sight.MaySeeAllAsync(place, entries, cancellation));
                    }
                },
                cancellation);
            proofs.Add((file, proof));
        }

        // The same tree may stand at two places, and be hidden at one of them.
        var hidden = trees.Where(pair => !pair.Value).Select(pair => pair.Key.Id).ToImmutableSortedSet(StringComparer.Ordinal);
        var guarded = files.Select(file => file.Commit).Where(commit => !access.MaySeeMessage(new CommitId(commit))).ToImmutableSortedSet(StringComparer.Ordinal);
        return (
            [.. proofs.Select(way => way.File with { Complete = !guarded.Contains(way.File.Commit) && way.Proof is { } proof && !proof.Trees.Any(tree => hidden.Contains(tree.Id)) })],
            new PackLeftOut([.. guarded], [.. hidden], []));
    }

    private sealed record Chosen(LibraryPath Path, DocumentHistory History, DocumentVersion Version);
}
