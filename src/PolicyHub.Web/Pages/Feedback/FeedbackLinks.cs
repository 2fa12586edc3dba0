using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.Feedback;

/// <summary>The addresses of notes to owners.</summary>
public static class FeedbackLinks
{
    /// <summary>Where owners find the notes to them.</summary>
    public const string Inbox = "/feedback";

    public const string New = "/feedback/new";

    /// <summary>Where one is thanked, and led back to what one read.</summary>
    /// <param name="isOwn">Whether it is known whose note it is, so that they find on their start page what became of it.</param>
    public static string Sent(string path, bool isOwn) => FindLinks.Query(New, ("sent", path), ("own", isOwn ? "1" : null));
}
