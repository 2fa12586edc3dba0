using System.Globalization;
using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.Audit;

/// <summary>The addresses of the audit log.</summary>
public static class AuditLinks
{
    public const string Page = "/audit";

    /// <summary>Where the reason for looking up one person is sent.</summary>
    public const string LookUp = "/audit?handler=LookUp";

    public static string Rows(AuditAsked asked, long? before = null, string? format = null) =>
        FindLinks.Query(Page, [.. asked.Pairs, ("before", before?.ToString(CultureInfo.InvariantCulture)), ("format", format)]);
}
