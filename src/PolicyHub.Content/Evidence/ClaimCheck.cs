using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;

namespace PolicyHub.Content.Evidence;

/// <summary>Holds what <c>pack.json</c> claims against an edition of the same instant, made from a copy of the repository.</summary>
internal sealed class ClaimCheck(PackList list, Edition edition, Findings findings)
{
    private readonly TimeZoneInfo zone = edition.Settings.Zone;

    public void Run()
    {
        Same("the name of the library", list.Library, edition.Settings.Name);
        Same("the time zone", list.TimeZone, zone.Id);
        Same("the publication of the head", list.Head.Published, edition.Catalogue.HeadPublished);
        var documents = PackedDocument.Find(list, edition.Catalogue);
        foreach (var (file, document) in list.Documents.Zip(documents))
        {
            if (document is null)
            {
                findings.Mismatch($"{file.File}: the repository has no version of it that the commit {file.Commit} brought with the text {file.Blob} at {file.Place}.");
            }
            else
            {
                CheckDocument(document);
            }

            CheckComplete(file);
        }

        foreach (var file in list.Attachments)
        {
            CheckAttachment(file);
            CheckComplete(file);
        }

        if (list.Request.Version is null)
        {
            CheckInstant();
        }

        if (list.Request.Document is null && edition.All.Length - documents.Length is var fewer and > 0)
        {
            findings.Remark($"The repository has {fewer} more documents in effect at that instant; they are not in the pack, as whoever asked for it may not see them.");
        }
    }

    private void CheckDocument(PackedDocument document)
    {
        var file = document.File;
        Same($"the version of {file.File}", file.Version, document.Version.Label.ToString());
        if (list.Request.Version is not null)
        {
            Same($"the version of {file.File}", list.Request.Version, document.Version.Label.ToString());
            Same($"the path of {file.File}", file.Path, document.Version.Path.Value);
            Same($"the instant, which is the beginning of version {document.Version.Label},", list.At, EvidencePlanner.StartOf(document.Version, zone));
            return;
        }

        var standing = edition.All.FirstOrDefault(shown => ReferenceEquals(shown.History, document.History));
        if (standing is null)
        {
            findings.Mismatch($"{file.File} was not in effect at {list.At:O}, the instant of the pack.");
            return;
        }

        Same($"the version of {file.File} that was in effect at the instant of the pack", file.Version, standing.Version.Label.ToString());
        Same($"the path of {file.File}", file.Path, standing.Path.Value);
    }

    private void CheckAttachment(PackFile file)
    {
        var version = edition.Catalogue.Files.TryGetValue(LibraryPath.Parse(file.Path), out var versions) ? Resolver.InEffect(versions, list.At, zone) : null;
        if (version?.Blob is null)
        {
            findings.Mismatch($"{file.File} was not in effect at {list.At:O}, the instant of the pack.");
            return;
        }

        Same($"the text (blob) of {file.File}", file.Blob, version.Blob.Value.Hex);
        Same($"the commit of {file.File}", file.Commit, version.Commit.Id.Hex);
        Same($"the place of {file.File}", file.Place, PackedDocument.PlaceOf(list.Folder, LibraryPath.Parse(file.Path)));
    }

    /// <summary>A proof is said to be whole only where nothing of it is said to be left out. Which trees it needs, the objects show.</summary>
    private void CheckComplete(PackFile file)
    {
        if (file.Complete && list.LeftOut.Commits.Contains(file.Commit))
        {
            findings.Mismatch($"{PackList.Name}: the proof of {file.File} is said to be whole, and its commit to be left out.");
        }
    }

    /// <summary>A day that was not over is taken at the last change by then; so nothing may have changed between that and the day asked for.</summary>
    private void CheckInstant()
    {
        DateTimeOffset? last = list.Request.On is { } on && DeclaredMoment.TryParse(on, out var moment) ? moment.LastInstant(zone) : null;
        if (list.At == last)
        {
            return;
        }

        var boundaries = Resolver.Boundaries(edition.Catalogue, zone);
        var day = last is null ? edition.Catalogue.HeadPublished : DeclaredMoment.TryParse(list.Request.On, out var asked) ? asked.FirstInstant(zone) : list.At;
        if (list.At > last || !boundaries.Contains(list.At) || boundaries.Any(instant => instant > list.At && instant < day))
        {
            findings.Mismatch($"{PackList.Name}: {list.At:O} is not an instant for which {list.Request.On ?? "the newest state"} stands.");
        }
        else
        {
            findings.Remark($"The pack was made before {list.Request.On ?? "its day"} was over: it speaks as of {list.At:O}, the last change by then.");
        }
    }

    private void Same<T>(string what, T said, T real)
    {
        if (!EqualityComparer<T>.Default.Equals(said, real))
        {
            findings.Mismatch($"{PackList.Name}: {what} is said to be {said}, and by the repository is {real}.");
        }
    }
}
