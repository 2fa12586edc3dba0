namespace PolicyHub.Web.Pages.Read;

/// <summary>Addresses that front matter gives.</summary>
public static class WebAddress
{
    /// <summary>Only web addresses become links: never a script, never a file.</summary>
    public static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}
