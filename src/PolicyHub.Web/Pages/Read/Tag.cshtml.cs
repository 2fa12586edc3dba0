using Microsoft.AspNetCore.Mvc;

namespace PolicyHub.Web.Pages.Read;

/// <summary>All documents that carry a tag, whatever its case.</summary>
public sealed class TagModel(Visit visit) : HubPage(visit)
{
    public ListView List { get; private set; } = null!;

    public IActionResult OnGet(string? tag)
    {
        tag ??= "";
        var found = Edition.Documents(Reader)
            .Where(document => document.Document.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
            .ToList();
        if (found.Count == 0 && Visit.AsOf is null)
        {
            return NotFound();
        }

        List = new ListView(Visit.Format("list.tag", tag), "", found, Visit);
        return Page();
    }
}
