using Microsoft.AspNetCore.Mvc;

namespace PolicyHub.Web.Pages.Read;

/// <summary>All documents under a folder, which the library may give a name as an area.</summary>
public sealed class AreaModel(Visit visit) : HubPage(visit)
{
    public ListView List { get; private set; } = null!;

    public IActionResult OnGet(string? folder)
    {
        folder = (folder ?? "").Trim('/');
        var found = Edition.Documents(Reader)
            .Where(document => document.Path.Value.StartsWith(folder + "/", StringComparison.Ordinal))
            .ToList();
        if (found.Count == 0 && Visit.AsOf is null)
        {
            return NotFound();
        }

        var label = Visit.Settings.Areas.Where(area => area.Key == folder).Select(area => area.Value).FirstOrDefault(folder);
        List = new ListView(label, "", found, Visit);
        return Page();
    }
}
