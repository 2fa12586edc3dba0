using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Records.Notices;
using PolicyHub.Web.Pages;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Notices;

/// <summary>The posted notices that whoever asks is to see.</summary>
public sealed class NoticeBoard(PostedNotices posted, Visit visit, IHttpContextAccessor accessor)
{
    /// <summary>The audience that is everybody, by its usual name.</summary>
    public const string Everybody = "all-staff";

    /// <summary>Those that run, the latest first. None on another day's page, for the public, and in a pack, which is read when they have long ended.</summary>
    public IEnumerable<PostedNotice> Running =>
        posted.Running.IsEmpty || !visit.IsStaff || visit.IsPublic || visit.AsOf is not null || accessor.HttpContext?.Request.Headers.ContainsKey(OwnRequests.Header) == true
            ? []
            : posted.Running.Where(notice => notice.RunsAt(visit.Clock) && IsFor(notice));

    /// <summary>The title of a desk; of one that the reader may not see, no more than that it is one.</summary>
    public string DeskName(string slug) => visit.Today.FindDesk(slug, visit.Reader)?.Title ?? visit["posted.a-desk"];

    /// <summary>The words for an audience; all staff where it names none.</summary>
    public string AudienceName(string slug) => slug.Length == 0 ? visit["posted.everybody"] : visit.AudienceName(slug);

    /// <summary>The desks whose notices a person may post, by slug, in the order of their titles.</summary>
    /// <param name="person">Null: nobody of whom it is known yet; then all desks.</param>
    public IEnumerable<(string Slug, string Title)> DesksOf(SignedIn? person) =>
        from document in visit.Today.Documents(visit.Reader)
        where document.Kind == DocumentKind.Desk
        let slug = SlugOf(document)
        where visit.Today.FindDesk(slug, visit.Reader) == document && person?.Leads(slug) != false
        orderby document.Title
        select (slug, document.Title);

    private bool IsFor(PostedNotice notice) =>
        notice.Audience is "" or Everybody || visit.Audience is "" or Everybody || visit.Audience == notice.Audience || (visit.Person is { } person && person.Id == notice.PostedById);

    private static string SlugOf(EditionDocument desk) => Path.GetFileNameWithoutExtension(desk.Path.Name);
}
