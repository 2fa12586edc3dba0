using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.Admin;

/// <summary>The addresses of looking after the library, the people and the counter PCs.</summary>
public static class AdminLinks
{
    public const string People = "/admin/people";
    public const string NewPerson = "/admin/people/new";
    public const string ImportPeople = "/admin/people/import";
    public const string PeopleLinks = "/admin/people/import?handler=Links";
    public const string PeopleTemplate = "/admin/people/import?handler=Template";
    public const string CounterPcs = "/admin/counter-pcs";
    public const string RevokeCounterPc = "/admin/counter-pcs?handler=Revoke";

    public static string Problems(string? code = null) => FindLinks.Query("/problems", ("code", code));

    public static string PeopleFrom(string text, int page) =>
        FindLinks.Query(People, ("q", text.Length > 0 ? text : null), ("page", page > 1 ? page.ToString(System.Globalization.CultureInfo.InvariantCulture) : null));

    public static string Person(Guid id, string? handler = null) => FindLinks.Query($"{People}/{id}", ("handler", handler));
}
