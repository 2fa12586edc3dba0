using System.Collections.Frozen;
using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Editions;

/// <summary>The look-ups of an edition, each made once when it is built.</summary>
internal static class EditionMaps
{
    /// <summary>
    /// Of two documents at one path the later published keeps it, of two published at once the one that came to the path last; the other is
    /// reported, and reached by its number.
    /// </summary>
    /// <param name="documents">In the order in which they began.</param>
    public static (FrozenDictionary<LibraryPath, EditionDocument> ByPath, ImmutableArray<Problem> Problems) OnePerPath(
        ImmutableArray<EditionDocument> documents)
    {
        var kept = new Dictionary<LibraryPath, EditionDocument>(documents.Length);
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var document in documents)
        {
            if (kept.TryGetValue(document.Path, out var other))
            {
                problems.Add(ProblemCatalogue.TwoDocumentsAtOnePath(document.Path.Value));
                if ((other.Version.Published, CameTo(other)).CompareTo((document.Version.Published, CameTo(document))) > 0)
                {
                    continue;
                }
            }

            kept[document.Path] = document;
        }

        return (kept.ToFrozenDictionary(), problems.ToImmutable());
    }

    private static DateTimeOffset CameTo(EditionDocument document) =>
        document.History.Paths.LastOrDefault(span => span.Path == document.Path)?.Since ?? document.Version.Published;

    /// <summary>Of two documents with one number the one that began first keeps it.</summary>
    public static FrozenDictionary<string, EditionDocument> ById(ImmutableArray<EditionDocument> all) => all
        .Where(document => document.Document.Id is not null)
        .GroupBy(document => document.Document.Id!, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(
            group => group.Key,
            group => group.MinBy(document => document.History.Versions[0].Published)!,
            StringComparer.OrdinalIgnoreCase);

    public static FrozenDictionary<string, EditionDocument> Desks(ImmutableArray<EditionDocument> all) => all
        .Where(document => document.Kind == DocumentKind.Desk)
        .GroupBy(document => Path.GetFileNameWithoutExtension(document.Path.Name), StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>Earlier paths first, then <c>redirect_from</c>; an address that a document has today leads nowhere else.</summary>
    public static FrozenDictionary<string, EditionDocument> RedirectsOf(
        ImmutableArray<EditionDocument> all, FrozenDictionary<LibraryPath, EditionDocument> byPath)
    {
        var redirects = new Dictionary<string, EditionDocument>(StringComparer.Ordinal);
        foreach (var document in all)
        {
            foreach (var span in document.History.Paths)
            {
                if (!byPath.ContainsKey(span.Path))
                {
                    redirects.TryAdd(span.Path.WithoutExtension, document);
                }
            }
        }

        foreach (var document in all)
        {
            foreach (var address in document.Document.RedirectFrom)
            {
                redirects.TryAdd(address.Trim('/'), document);
            }
        }

        return redirects.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>By path without extension: the document that stands there at an instant, else the one that stood there last by then, else one to come.</summary>
    public static FrozenDictionary<string, DocumentHistory> HistoriesByPath(LibraryCatalogue catalogue, DateTimeOffset at) =>
        (from history in catalogue.Documents
         from span in history.Paths
         let isThere = history.PathAt(at) == span.Path && history.Versions.LastOrDefault(version => version.Published <= at)?.Blob is not null
         group (history, HasCome: span.Since <= at, isThere, span.Since) by span.Path.WithoutExtension)
        .ToFrozenDictionary(group => group.Key, group => group.OrderBy(held => (held.HasCome, held.isThere, held.Since)).Last().history, StringComparer.Ordinal);

    /// <summary>Of two documents with one number the one that has it now keeps it.</summary>
    public static FrozenDictionary<string, DocumentHistory> HistoriesById(LibraryCatalogue catalogue) => catalogue.Documents
        .Where(history => history.Id is not null)
        .GroupBy(history => history.Id!, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(group => group.Key, group => group.OrderBy(history => history.Versions[^1].Blob is not null).Last(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Documents that are not in effect, by every title that a version of theirs carries, in the order in which they began.</summary>
    public static FrozenDictionary<string, ImmutableArray<(DocumentHistory History, DocumentVersion Version)>> AbsentByTitle(
        LibraryCatalogue catalogue, ImmutableArray<EditionDocument> inEffect)
    {
        var there = inEffect.Select(document => document.History).ToHashSet(ReferenceEqualityComparer.Instance);
        return (from history in catalogue.Documents
                where !there.Contains(history)
                from version in history.Versions
                where version.Title is not null
                group (history, version) by version.Title!.Trim())
            .GroupBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.SelectMany(held => held).ToImmutableArray(), StringComparer.OrdinalIgnoreCase);
    }

    public static FrozenDictionary<LibraryPath, ImmutableArray<EditionDocument>> BacklinksOf(
        ImmutableArray<EditionDocument> all, FrozenDictionary<LibraryPath, EditionDocument> byPath) =>
        (from source in all
         from target in source.Rendered.Links.Where(link => !link.IsImage).Select(link => link.Target).OfType<LibraryPath>().Distinct()
         where target != source.Path && byPath.ContainsKey(target)
         group source by target)
        .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());

    public static FrozenDictionary<LibraryPath, BlobId> FilesAt(LibraryCatalogue catalogue, PointInTime point, TimeZoneInfo zone) =>
        (from file in catalogue.Files
         let blob = point.Version(file.Value, zone)?.Blob
         where blob is not null
         select KeyValuePair.Create(file.Key, blob.Value))
        .ToFrozenDictionary();
}
