namespace PolicyHub.Content.Editing;

/// <summary>What an address of a page that somebody reads is called in a document of the library.</summary>
public static class LibraryAddress
{
    private const string Documents = "/docs/";
    private const string Files = "/files/";

    /// <summary>A file of the library as a document writes it: relative to its own folder.</summary>
    /// <param name="anchor">Without the #; null or empty: none.</param>
    public static string To(LibraryPath from, LibraryPath target, string? anchor = null)
    {
        var (here, there) = (Segments(from.Folder), Segments(target.Value));
        var same = here.Zip(there.SkipLast(1)).TakeWhile(pair => pair.First == pair.Second).Count();
        var address = string.Join('/', Enumerable.Repeat("..", here.Length - same).Concat(there.Skip(same).Select(Uri.EscapeDataString)));
        return string.IsNullOrEmpty(anchor) ? address : $"{address}#{Uri.EscapeDataString(anchor)}";
    }

    /// <summary>What a link leads to, said as the document says it; null: nowhere that a document may lead to.</summary>
    /// <param name="origin">Scheme and host of this site, so that a link which was copied from it with them is known; empty: unknown.</param>
    /// <param name="isThere">Whether there is a document.</param>
    public static string? Of(LibraryPath from, string origin, Func<LibraryPath, bool> isThere, string href)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(isThere);
        ArgumentNullException.ThrowIfNull(href);
        var address = href.Trim();
        if (origin.Length > 0 && address.StartsWith(origin + "/", StringComparison.OrdinalIgnoreCase))
        {
            address = address[origin.Length..];
        }

        if (address.StartsWith('#'))
        {
            return address.Length > 1 ? address : null;
        }

        var (path, anchor) = Cut(address);
        if (path.StartsWith(Files, StringComparison.Ordinal))
        {
            return LibraryPath.TryParse(path[Files.Length..], out var file) && !file.IsHidden ? To(from, file, anchor) : null;
        }

        if (path.StartsWith(Documents, StringComparison.Ordinal))
        {
            foreach (var extension in new[] { ".md", ".markdown", "/index.md", "/README.md" })
            {
                if (LibraryPath.TryParse(path[Documents.Length..].TrimEnd('/') + extension, out var document) && isThere(document))
                {
                    return document == from && !string.IsNullOrEmpty(anchor) ? "#" + Uri.EscapeDataString(anchor) : To(from, document, anchor);
                }
            }

            return null;
        }

        return HtmlToMarkdown.SafeAddress(address);
    }

    private static (string Path, string? Anchor) Cut(string address)
    {
        var hash = address.IndexOf('#', StringComparison.Ordinal);
        var anchor = hash < 0 ? null : Uri.UnescapeDataString(address[(hash + 1)..]);
        var path = hash < 0 ? address : address[..hash];
        var query = path.IndexOf('?', StringComparison.Ordinal);
        return (Uri.UnescapeDataString(query < 0 ? path : path[..query]), anchor);
    }

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
