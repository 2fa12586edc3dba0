using Microsoft.AspNetCore.Mvc;

namespace PolicyHub.Web.Pages.Read;

/// <summary>Leads to the page that the library names for emergencies.</summary>
public sealed class EmergencyModel(Visit visit) : HubPage(visit)
{
    public IActionResult OnGet() =>
        Visit.Settings.Emergency is { } path && Edition.Find(path, Reader) is { } found ? Redirect(ReadLinks.Document(found)) : NotFound();
}
