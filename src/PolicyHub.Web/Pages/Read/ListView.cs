using PolicyHub.Content.Editions;

namespace PolicyHub.Web.Pages.Read;

/// <summary>A list of documents under a heading.</summary>
/// <param name="Lead">One sentence under the heading; may be empty.</param>
public sealed record ListView(string Title, string Lead, IReadOnlyList<EditionDocument> Documents, Visit Visit);
