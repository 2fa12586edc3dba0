using Microsoft.AspNetCore.Mvc;

namespace PolicyHub.Web.Pages.Read;

/// <summary>Leads from a number, such as <c>UB-014</c>, to its document, be it rescinded. Not for ever: a document may move.</summary>
public sealed class ByIdModel(Visit visit) : HubPage(visit)
{
    public IActionResult OnGet(string? id) =>
        Edition.FindById(id ?? "", Reader) is { } found ? Redirect(ReadLinks.Document(found))
        : Edition.FindHistoryById(id ?? "", Reader) is { } history ? Redirect(ReadLinks.Document(history, Visit))
        : NotFound();
}
