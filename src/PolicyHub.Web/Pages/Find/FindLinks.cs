using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Search;

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

    public static string Search(
        string text, DocumentKind? kind = null, string? tag = null, string? audience = null, bool exactly = false, string? read = null) =>
        Query(SearchPage, ("q", text), ("kind", kind?.Slug()), ("tag", tag), ("audience", audience), ("exactly", exactly ? "1" : null), ("read", read));

    /// <summary>Why a search found a document.</summary>
    public static string Why(EditionDocument document, string anchor, SearchQuery query) => Query(
        "/search/why",
        ("read", ReadKey(document, anchor)),
        ("q", query.Text),
        ("kind", query.Kind?.Slug()),
        ("tag", query.Tag),
        ("audience", query.Audience),
        ("exactly", query.Exactly ? "1" : null));

    /// <summary>Every version ever that held the words.</summary>
    public static string HistorySearch(string? text = null) => Query("/search/history", ("q", text));

    /// <summary>Where one reports that something is missing.</summary>
    public static string Gap(string? text = null) => Query("/search/gap", ("q", text));

    /// <summary>One section alone, for the pane beside the results.</summary>
    public static string Pane(EditionDocument document, string anchor, string text) =>
        Query(PanePage, ("read", ReadKey(document, anchor)), ("q", text));

    /// <summary>Names a section of a document in an address: the path without extension, and the anchor after a #.</summary>
    public static string ReadKey(EditionDocument document, string anchor) =>
        anchor.Length == 0 ? document.Path.WithoutExtension : $"{document.Path.WithoutExtension}#{anchor}";

    internal static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var address = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return address.ToString();
    }
}
