using PolicyHub.Content.Problems;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Checking;

/// <summary>Whether what a contract or a pin names is there, and for whom.</summary>
internal static class TargetChecks
{
    /// <summary>What is wrong with the document or the section that is named; null where both are there. Tells nothing of a document that is only for some.</summary>
    public static Problem? Missing(LibraryIndex index, string file, FindTarget target) => Find(index, target) switch
    {
        null => ProblemCatalogue.UnknownDocument(file, target.At, "find", target.Document),
        { } document when target.Anchor is { } anchor && !document.Rendered.Sections.Any(section => section.Anchor.Equals(anchor, StringComparison.Ordinal)) =>
            IsRestricted(index, document)
                ? ProblemCatalogue.BrokenAnchor(file, target.At, anchor, "The document", [])
                : ProblemCatalogue.BrokenAnchor(file, target.At, anchor, document.File, document.Rendered.Sections.Select(section => section.Anchor).Where(known => known.Length > 0)),
        _ => null,
    };

    /// <summary>The document that is named by its path or id; an old address of it, or a folder, is no name that lasts.</summary>
    public static CheckedDocument? Find(LibraryIndex index, FindTarget target) =>
        index.Named(target.Document) is { } document && target.Names(document.Document) ? document : null;

    /// <summary>Whether a reader with no group may not see a document.</summary>
    public static bool IsRestricted(LibraryIndex index, CheckedDocument document) =>
        !Reader.IsOpen(document.Document.Access);
}
