using Microsoft.AspNetCore.Mvc;

namespace PolicyHub.Web.Pages.Read;

/// <summary>All documents that apply to an audience.</summary>
public sealed class AudienceModel(Visit visit) : HubPage(visit)
{
    public ListView List { get; private set; } = null!;

    public IActionResult OnGet(string? audience)
    {
        audience ??= "";
        var found = Edition.Documents(Reader)
            .Where(document => document.Document.Audience.Contains(audience, StringComparer.OrdinalIgnoreCase))
            .ToList();
        if (found.Count == 0 && Visit.AsOf is null && !Visit.Settings.Audiences.ContainsKey(audience))
        {
            return NotFound();
        }

        List = new ListView(Visit.Format("list.audience", Visit.AudienceName(audience)), "", found, Visit);
        return Page();
    }
}
