using System.Globalization;
using PolicyHub.Records.Notices;
using PolicyHub.Web.Pages.Find;

namespace PolicyHub.Web.Pages.Notices;

/// <summary>The addresses of notices that leads post.</summary>
public static class NoticeLinks
{
    public const string New = "/notices/new";

    public const string Extend = "/notices?handler=Extend";

    public const string End = "/notices?handler=End";

    /// <summary>All notices: those that run, then those that have ended.</summary>
    public static string All(int page = 1) => FindLinks.Query("/notices", ("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Where one stands on the page of all.</summary>
    public static string One(PostedNotice notice) => $"/notices#{Anchor(notice)}";

    public static string Anchor(PostedNotice notice) => $"n-{notice.Id:N}";
}
