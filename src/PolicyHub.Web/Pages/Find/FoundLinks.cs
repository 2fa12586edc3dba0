using PolicyHub.Content.Editions;
using PolicyHub.Web.Pages.Read;

namespace PolicyHub.Web.Pages.Find;

/// <summary>Where what a search found is read. A search writes twenty of these: what was searched for is escaped once for all.</summary>
/// <param name="searched">Its words are marked on the page; not empty.</param>
public sealed class FoundLinks(string searched)
{
    private readonly string question = "q=" + Uri.EscapeDataString(searched);

    /// <summary>The page of a document, open at a section.</summary>
    public string Document(EditionDocument document, string? anchor) => ReadLinks.AtSection($"{ReadLinks.Document(document)}?{question}", anchor);

    /// <summary>One section alone, for the pane beside the results.</summary>
    public string Pane(EditionDocument document, string? anchor) =>
        $"{FindLinks.PanePage}?read={Uri.EscapeDataString(FindLinks.ReadKey(document, anchor ?? ""))}&{question}";
}
