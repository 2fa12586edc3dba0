using Microsoft.AspNetCore.Mvc.Filters;
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

    /// <summary>A method that the page has no answer to is refused: the framework would show the page though nothing filled it.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.HandlerMethod is null)
        {
            context.Result = StatusCode(StatusCodes.Status405MethodNotAllowed);
        }
    }
}
