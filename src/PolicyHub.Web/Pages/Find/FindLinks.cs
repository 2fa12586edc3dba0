using System.Text;
using PolicyHub.Content.Editions;

namespace PolicyHub.Web.Pages.Find;

/// <summary>The addresses of finding.</summary>
public static class FindLinks
{
    public const string Home = "/";

    public const string SearchPage = "/search";

    public const string PanePage = "/search/section";

    /// <summary>What people search and do not find.</summary>
    public const string Gaps = "/search/gaps";

    /// <summary>Where a report is thanked for.</summary>
    public const string Reported = "/search/gap?reported=1";

    public const string Browse = "/browse";

    /// <summary>A search for words alone; with filters see <see cref="SearchAddress"/>.</summary>
    public static string Search(string text) => Query(SearchPage, ("q", text));

    /// <summary>Every version ever that held the words.</summary>
    public static string HistorySearch(string? text = null) => Query("/search/history", ("q", text));

    /// <summary>Where one reports that something is missing.</summary>
    public static string Gap(string? text = null) => Query("/search/gap", ("q", text));

    /// <summary>Names a section of a document in an address: the path without extension, and the anchor after a #.</summary>
    public static string ReadKey(EditionDocument document, string anchor) =>
        anchor.Length == 0 ? document.Path.WithoutExtension : $"{document.Path.WithoutExtension}#{anchor}";

    internal static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        StringBuilder? address = null;
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                address = address?.Append('&') ?? new StringBuilder(path).Append('?');
                address.Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return address?.ToString() ?? path;
    }
}
