using PolicyHub.Content;
using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>The addresses of writing a change.</summary>
public static class EditLinks
{
    public const string Start = "/changes/start";

    public const string New = "/changes/new";

    /// <summary>Begins a change with a document, or goes on with one's own.</summary>
    /// <param name="anchor">The section to begin at; null or empty: the top.</param>
    public static string ToStart(LibraryPath document, string? anchor = null) => FindLinks.Query(Start, ("doc", document.Value), ("section", string.IsNullOrEmpty(anchor) ? null : anchor));

    /// <summary>What can be done with a document beside writing it.</summary>
    /// <param name="version">The earlier text that is offered first; null: the newest.</param>
    public static string ToOther(LibraryPath document, string? version = null) => FindLinks.Query("/changes/other", ("doc", document.Value), ("version", version));

    /// <summary>The change with all of its documents.</summary>
    public static string Change(Guid id) => $"/changes/{id:D}";

    /// <summary>The page of a document on which it is written.</summary>
    /// <param name="asMarkdown">As its source, with the page beside it.</param>
    public static string Edit(Guid id, string path, int step = 0, bool asMarkdown = false, string? section = null) => FindLinks.Query(
        $"/changes/{id:D}/edit/{Escape(path)}", ("step", step == 0 ? null : $"{step}"), ("view", asMarkdown ? "markdown" : null), ("section", section));

    /// <summary>What a form of that page does.</summary>
    public static string Do(Guid id, string path, int step, string handler) => FindLinks.Query($"/changes/{id:D}/edit/{Escape(path)}", ("step", step == 0 ? null : $"{step}"), ("handler", handler));

    /// <summary>What the scripts of that page ask; the name of what is asked follows.</summary>
    public static string Api(Guid id) => $"/api/changes/{id:D}";

    /// <summary>A file of a change that is not published yet.</summary>
    public static string File(Guid id, LibraryPath path) => $"/changes/{id:D}/files/{Escape(path.Value)}";

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
