using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using PolicyHub.Web.Audit;

namespace PolicyHub.Web.Security;

/// <summary>Tells the audit log of a form that came without the token of a page of ours: it may be another site's.</summary>
internal sealed class FormTokenRefusals(AuditTrail trail) : IAsyncAlwaysRunResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
        {
            await trail.RefusedAsync(context.HttpContext, "form-token");
        }

        await next();
    }
}
