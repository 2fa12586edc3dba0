using PolicyHub.Content.Catalogue;

namespace PolicyHub.Content.Editions;

/// <summary>Who may see the history of a document: whoever may see the document today.</summary>
public static class HistoryAccess
{
    /// <summary>
    /// The label that an edition has for a document, else that of the folder where it stands or last stood. A text of it that is not in
    /// effect may carry a stricter label of its own, which whoever shows that text asks for too.
    /// </summary>
    public static bool MaySeeHistory(this Edition today, DocumentHistory history, Reader reader) => reader.MaySee(
        InEffect(today, history)?.Access ?? today.Settings.AccessOf(history.Path));

    /// <summary>The document of a history as an edition holds it; null when it is not in effect.</summary>
    public static EditionDocument? InEffect(this Edition edition, DocumentHistory history) =>
        edition.ByPath.GetValueOrDefault(history.PathAt(edition.At)) is { } document && IsSame(document.History, history) ? document : null;

    /// <summary>What a document keeps through its whole life: the commit that began it, and its path in that.</summary>
    private static bool IsSame(DocumentHistory left, DocumentHistory right) =>
        left.Versions[0].Commit.Id == right.Versions[0].Commit.Id && left.Versions[0].Path == right.Versions[0].Path;
}
