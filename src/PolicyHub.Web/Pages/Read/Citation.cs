using PolicyHub.Content.Editions;
using PolicyHub.Web.AsOf;

namespace PolicyHub.Web.Pages.Read;

/// <summary>What stands under a text that is copied out of the site, so that whoever gets it knows what it is and how current.</summary>
public static class Citation
{
    /// <summary>“Late fees (UB-014), version 7, in effect since 1 Oct 2026”, for a notice how it stands.</summary>
    public static string Of(EditionDocument document, Visit visit) => Of(document, NoticeState.TextOf(document, visit), visit);

    /// <inheritdoc cref="Of(EditionDocument, Visit)" />
    /// <param name="state">How the document stands, see <see cref="NoticeState.TextOf"/>.</param>
    public static string Of(EditionDocument document, string state, Visit visit)
    {
        var title = document.Document.Id is { Length: > 0 } id ? visit.Format("cite.document-id", document.Title, id) : document.Title;
        var line = visit.Format("cite.line", title, visit.Format("doc.version", document.Version.Label), state);
        return visit.AsOf is { } date ? visit.Format($"cite.{date.Name}", line, AsOfBar.DayText(date, visit)) : line;
    }
}
