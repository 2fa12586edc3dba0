using Microsoft.AspNetCore.Mvc.RazorPages;
using PolicyHub.Content;
using PolicyHub.Content.Editions;

namespace PolicyHub.Web.Pages;

/// <summary>What every page stands on: the visit.</summary>
public abstract class HubPage(Visit visit) : PageModel
{
    public Visit Visit { get; } = visit;

    public Edition Edition => Visit.Edition;

    public Reader Reader => Visit.Reader;
}
