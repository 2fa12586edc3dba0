using System.Collections.Immutable;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Comparison;

/// <summary>What became of a document between two dates.</summary>
public enum LibraryChangeKind
{
    Began,
    Changed,
    Moved,
    Ended,
}

/// <summary>
/// Two editions of one library as a list of what differs, in the order of titles. A document is followed through renames; one that moved and changed
/// counts as changed. A reader is told of nothing that today's edition would not show.
/// </summary>
public sealed record LibraryComparison
{
    public required ImmutableArray<LibraryChange> Documents { get; init; }

    /// <summary>Attachments and settings, in the order of paths.</summary>
    public required ImmutableArray<FileChange> Files { get; init; }

    /// <summary>Documents that read the same on both dates.</summary>
    public required int Unchanged { get; init; }

    public bool IsSame => Documents.IsEmpty && Files.IsEmpty;

    /// <param name="today">The edition that says what the reader may see; often one of the two.</param>
    public static LibraryComparison Of(Edition old, Edition fresh, Edition today, Reader reader)
    {
        var before = Visible(old, today, reader);
        var after = Visible(fresh, today, reader);
        var documents = ImmutableArray.CreateBuilder<LibraryChange>();
        var unchanged = 0;
        foreach (var (key, document) in after)
        {
            var was = before.GetValueOrDefault(key);
            if (was is null)
            {
                documents.Add(new LibraryChange(LibraryChangeKind.Began, null, document));
            }
            else if (was.Version.Blob != document.Version.Blob)
            {
                documents.Add(new LibraryChange(LibraryChangeKind.Changed, was, document));
            }
            else if (was.Path != document.Path)
            {
                documents.Add(new LibraryChange(LibraryChangeKind.Moved, was, document));
            }
            else
            {
                unchanged++;
            }
        }

        documents.AddRange(before.Where(pair => !after.ContainsKey(pair.Key)).Select(pair => new LibraryChange(LibraryChangeKind.Ended, pair.Value, null)));
        return new LibraryComparison
        {
            Documents = [.. documents.OrderBy(change => change.Document.Title, StringComparer.CurrentCulture).ThenBy(change => change.Document.Path.Value, StringComparer.Ordinal)],
            Files = FilesOf(old, fresh, today, reader),
            Unchanged = unchanged,
        };
    }

    /// <summary>By what a document keeps through its whole life: the commit that began it, and its path in that.</summary>
    private static Dictionary<(CommitId, LibraryPath), EditionDocument> Visible(Edition edition, Edition today, Reader reader) => edition.Documents(reader)
        .Where(document => reader.MaySee(today.AccessOf(document.History)))
        .ToDictionary(document => (document.History.Versions[0].Commit.Id, document.History.Versions[0].Path));

    private static ImmutableArray<FileChange> FilesOf(Edition old, Edition fresh, Edition today, Reader reader)
    {
        var changes =
            from path in old.Files.Keys.Union(fresh.Files.Keys)
            let before = old.FindFile(path)
            let after = fresh.FindFile(path)
            where before != after && reader.MaySee(today.Settings.AccessOf(path))
            orderby path.Value
            select new FileChange(before is null ? LibraryChangeKind.Began : after is null ? LibraryChangeKind.Ended : LibraryChangeKind.Changed, path);
        return [.. changes];
    }
}

/// <param name="Before">As it stood on the first date; null when it was not in effect.</param>
/// <param name="After">As it stood on the second.</param>
public sealed record LibraryChange(LibraryChangeKind Kind, EditionDocument? Before, EditionDocument? After)
{
    /// <summary>The later of the two.</summary>
    public EditionDocument Document => (After ?? Before)!;

    public bool HasMoved => Before is not null && After is not null && Before.Path != After.Path;

    public bool IsRenamed => Before is not null && After is not null && Before.Title != After.Title;
}

public sealed record FileChange(LibraryChangeKind Kind, LibraryPath Path);
