namespace PolicyHub.Web.Pages.Privacy;

/// <summary>The addresses of what is recorded about people.</summary>
public static class PrivacyLinks
{
    public const string AboutYou = "/about-you";

    /// <summary>One's own data, as a file.</summary>
    public const string Download = "/about-you?handler=Download";

    public const string Request = "/admin/records-request";
}
