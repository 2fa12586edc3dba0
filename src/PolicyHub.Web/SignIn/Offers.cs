using PolicyHub.Web.Pages;

namespace PolicyHub.Web.SignIn;

/// <summary>Whether a page offers what is kept in the records: on a site that keeps some, to staff, on today's pages, and not in a pack.</summary>
public sealed class Offers(RecordsKept records, Visit visit, IHttpContextAccessor accessor)
{
    public bool AreMade => records.Are && visit is { IsStaff: true, IsPublic: false, AsOf: null } && accessor.HttpContext?.Request.Headers.ContainsKey(OwnRequests.Header) != true;
}
