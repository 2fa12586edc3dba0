using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Checking;

/// <summary>Links, anchors, images, and the files that a form names.</summary>
internal static class LinkChecks
{
    public static IEnumerable<Problem> Run(LibraryIndex index) => index.Documents.SelectMany(document =>
        document.Rendered.Links.Where(link => !link.IsExternal).SelectMany(link => Link(index, document, link))
        .Concat(FormFiles(index, document)));

    private static IEnumerable<Problem> Link(LibraryIndex index, CheckedDocument document, DocumentLink link)
    {
        if (link.Target is not { } target)
        {
            if (link is { Anchor: { } own, Url: ['#', ..] } && !LibraryIndex.HasAnchor(document, own))
            {
                yield return ProblemCatalogue.BrokenAnchor(document.File, link.Position, own, document.File, AnchorsOf(document));
            }

            yield break;
        }

        var page = index.PageAt(target, out var isFile);
        if (link.IsImage)
        {
            if (!index.Library.Files.ContainsKey(target))
            {
                yield return ProblemCatalogue.MissingImage(document.File, link.Position, target.Value);
            }
        }
        else if (page is null && !isFile)
        {
            yield return ProblemCatalogue.BrokenLink(document.File, link.Position, link.Url, target.Value, index.Near(target));
        }
        else if (page is not null && link.Anchor is { } anchor && !LibraryIndex.HasAnchor(page, anchor))
        {
            yield return ProblemCatalogue.BrokenAnchor(document.File, link.Position, anchor, page.File, index.IsForAll(page.Document.Path) ? AnchorsOf(page) : []);
        }
    }

    private static IEnumerable<string> AnchorsOf(CheckedDocument document) => document.Rendered.Sections.Select(section => section.Anchor).Where(anchor => anchor.Length > 0);

    private static IEnumerable<Problem> FormFiles(LibraryIndex index, CheckedDocument document)
    {
        if (document.Document.Details is not FormDetails form)
        {
            yield break;
        }

        foreach (var (field, written) in new[] { ("file", form.File), ("sample", form.Sample) })
        {
            if (written is not null && (!document.Document.Path.TryResolve(written, out var path) || !index.Library.Files.ContainsKey(path)))
            {
                yield return ProblemCatalogue.MissingFile(document.File, document.Document.WrittenAt.Of(field), field, written);
            }
        }
    }
}
