using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content.Documents;

namespace PolicyHub.Web.Pages.Read;

/// <summary>All documents of a kind; desks and terms as tables.</summary>
public sealed class KindModel(Visit visit) : HubPage(visit)
{
    public DocumentKind Kind { get; private set; }

    public ListView List { get; private set; } = null!;

    public IActionResult OnGet(string? kind)
    {
        if (!DocumentKinds.TryParse(kind, out var parsed))
        {
            return NotFound();
        }

        Kind = parsed;
        List = new ListView(
            Visit.KindNames(parsed),
            Visit[$"kind.{parsed.Slug()}.lead"],
            [.. Edition.Documents(Reader).Where(document => document.Kind == parsed)],
            Visit);
        return Page();
    }
}
