using System.Globalization;

namespace PolicyHub.Web.Pages.History;

/// <summary>Which part of a long list a page shows.</summary>
/// <param name="Page">From 1.</param>
public sealed record Pager(int Page, int Pages, int Total, int Size)
{
    public int Skipped => (Page - 1) * Size;

    /// <summary>The place of the first that is shown, from 1; 0 when there is none.</summary>
    public int First => Total == 0 ? 0 : Skipped + 1;

    public int Last => Math.Min(Total, Skipped + Size);

    /// <summary>False where what is asked for is no page of the list; nothing asked for is the first.</summary>
    public static bool TryRead(string? asked, int total, int size, out Pager pager)
    {
        var pages = Math.Max(1, (total + size - 1) / size);
        var isPage = int.TryParse(string.IsNullOrEmpty(asked) ? "1" : asked, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page >= 1 && page <= pages;
        pager = new Pager(isPage ? page : 1, pages, total, size);
        return isPage;
    }
}
