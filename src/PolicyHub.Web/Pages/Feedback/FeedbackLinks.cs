using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.Feedback;

/// <summary>The addresses of notes to owners.</summary>
public static class FeedbackLinks
{
    /// <summary>Where owners find the notes to them.</summary>
    public const string Inbox = "/feedback";

    public const string New = "/feedback/new";

    /// <summary>Where one is thanked, and led back to what one read.</summary>
    public static string Sent(string path) => FindLinks.Query(New, ("sent", path));
}
