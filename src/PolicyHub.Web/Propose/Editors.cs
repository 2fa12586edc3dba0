using PolicyHub.Content;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Web.Pages;
using PolicyHub.Web.Pages.Propose;

namespace PolicyHub.Web.Propose;

/// <summary>The editor of a text of a change: links as today's library has them, files that the change brings shown from it.</summary>
internal static class Editors
{
    public static PageEditor Of(Writing writing, Visit visit)
    {
        var files = writing.Change.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return new PageEditor(
            writing.Path,
            visit.Today.Settings,
            href => Unpublished(writing, href) ?? LibraryAddress.Of(writing.Path, visit.Origin, target => files.Contains(target.Value) || visit.Today.Find(target, visit.Reader) is not null, href),
            target => !target.IsDocument && files.Contains(target.Value) ? EditLinks.File(writing.Id, target) : null);
    }

    /// <summary>The document as it is written, with its fields; null: its fields cannot be read.</summary>
    public static Document? Document(Writing writing, Visit visit) => DocumentReader.Read(writing.Path, writing.Text, visit.Today.Settings).Document;

    /// <summary>A file of the change by its address there.</summary>
    private static string? Unpublished(Writing writing, string href)
    {
        var start = EditLinks.Change(writing.Id) + "/files/";
        var at = href.IndexOf(start, StringComparison.Ordinal);
        return at >= 0 && LibraryPath.TryParse(Uri.UnescapeDataString(href[(at + start.Length)..]), out var file) ? LibraryAddress.To(writing.Path, file) : null;
    }
}
