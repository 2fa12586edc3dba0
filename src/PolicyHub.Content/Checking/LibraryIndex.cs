using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Checking;

/// <summary>What checks look things up in: documents by path, id and address, desks by slug, sections by anchor.</summary>
internal sealed class LibraryIndex
{
    private readonly HashSet<LibraryPath> folders = [];
    private readonly ILookup<string, LibraryPath> byFolder;
    private readonly ILookup<string, LibraryPath> byName;

    public LibraryIndex(LibraryUnderCheck library)
    {
        Library = library;
        Documents = [.. library.Documents.OrderBy(document => document.Document.Path)];
        foreach (var document in Documents)
        {
            ByPath.TryAdd(document.Document.Path, document);
            if (document.Document.Id is { } id)
            {
                ById.TryAdd(id, document);
            }

            foreach (var address in document.Document.RedirectFrom)
            {
                Redirects.TryAdd(Address(address), document);
            }

            if (document.Document.Kind == DocumentKind.Desk)
            {
                Desks.TryAdd(Slug(document.Document.Path), document);
            }
        }

        byFolder = library.Files.Keys.ToLookup(path => path.Folder, StringComparer.Ordinal);
        byName = library.Files.Keys.ToLookup(Slug, StringComparer.OrdinalIgnoreCase);
        foreach (var path in library.Files.Keys)
        {
            for (var folder = path.Folder; folder.Length > 0 && LibraryPath.TryParse(folder, out var parsed) && folders.Add(parsed); folder = parsed.Folder)
            {
            }
        }
    }

    public LibraryUnderCheck Library { get; }

    /// <summary>In the order of paths.</summary>
    public IReadOnlyList<CheckedDocument> Documents { get; }

    public Dictionary<LibraryPath, CheckedDocument> ByPath { get; } = [];

    public Dictionary<string, CheckedDocument> ById { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, CheckedDocument> Redirects { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, CheckedDocument> Desks { get; } = new(StringComparer.Ordinal);

    /// <summary>An address of an earlier site as it is compared: no slashes around it, no anchor.</summary>
    public static string Address(string written) =>
        (written.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0 ? written[..hash] : written).Trim().Trim('/');

    public static string Slug(LibraryPath path) => path.WithoutExtension[(path.WithoutExtension.LastIndexOf('/') + 1)..];

    /// <summary>Whether a page has an anchor: that of a section or a footnote.</summary>
    public static bool HasAnchor(CheckedDocument document, string anchor) =>
        document.Anchors.Contains(anchor) || anchor.StartsWith("fn:", StringComparison.Ordinal) || anchor.StartsWith("fnref:", StringComparison.Ordinal) || anchor is "top";

    /// <summary>
    /// The page that a link target leads to: a document, the document at an address without extension, a folder's index, or
    /// what a redirect names. Null where there is none; the flag tells of a file or folder that is no page.
    /// </summary>
    public CheckedDocument? PageAt(LibraryPath target, out bool isFile)
    {
        isFile = Library.Files.ContainsKey(target) || folders.Contains(target);
        if (ByPath.TryGetValue(target, out var document))
        {
            return document;
        }

        foreach (var tried in (ReadOnlySpan<string>)[".md", ".markdown", "/index.md", "/README.md"])
        {
            if (LibraryPath.TryParse(target.Value + tried, out var path) && ByPath.TryGetValue(path, out document))
            {
                return document;
            }
        }

        // A page is asked for without its extension, and so are old addresses of pages.
        return Redirects.GetValueOrDefault(target.Value) ?? (target.IsDocument ? Redirects.GetValueOrDefault(target.WithoutExtension) : null);
    }

    /// <summary>Files that a broken link may have meant: of the same name anywhere, else all in the folder that it names; none that only some may know of.</summary>
    public IEnumerable<string> Near(LibraryPath missing) =>
        (byName[Slug(missing)].Where(IsForAll).ToList() is { Count: > 0 } named ? named : byFolder[missing.Folder].Where(IsForAll)).Select(path => path.Value).Order(StringComparer.Ordinal);

    /// <summary>Whether all who work here may know of a file: what is proposed to somebody names no other.</summary>
    public bool IsForAll(LibraryPath path) =>
        Reader.Anyone.MaySee(Library.Settings.AccessOf(path)) && (!ByPath.TryGetValue(path, out var document) || Reader.Anyone.MaySee(document.Document.Access ?? ""));

    /// <summary>A document by its id, its path or its path without extension.</summary>
    public CheckedDocument? Named(string idOrPath)
    {
        if (ById.TryGetValue(idOrPath, out var document))
        {
            return document;
        }

        return LibraryPath.TryParse(idOrPath.Trim('/'), out var path) ? PageAt(path, out _) : null;
    }
}
