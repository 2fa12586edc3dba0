using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using PolicyHub.Content.Editions;

namespace PolicyHub.Web.AsOf;

/// <summary>
/// Puts the day that a page is about, and that it is read as the public reads it, into each of its links, forms and pictures, once the page is
/// written; so a link in a policy's own text keeps it as a menu does. An address with an empty day (<c>on=</c>) leads back to today, one with an
/// empty way (<c>as=</c>) to how staff read.
/// </summary>
public static partial class DatedLinks
{
    /// <summary>What the day means something to; styles, scripts and what is always of today stay as they are.</summary>
    private static readonly string[] Kept =
        ["/docs/", "/files/", "/id/", "/kind/", "/tag/", "/audience/", "/area/", "/browse", "/search", "/api/", "/changes", "/history", "/?", "/#"];

    /// <summary>Most pages are smaller, in bytes.</summary>
    private const int UsualPage = 48 * 1024;

    /// <summary>Runs what is next, and then sends its page with the day in every link.</summary>
    public static async Task WriteAsync(HttpContext context, KeptAddress kept, RequestDelegate next)
    {
        var body = context.Response.Body;
        using var page = new MemoryStream(UsualPage);
        context.Response.Body = page;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        var headers = context.Response.Headers;
        if (headers.Location.ToString() is ['/', ..] target)
        {
            headers.Location = Keep(target, kept);
        }

        if (context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
        {
            headers.Remove(HeaderNames.ContentLength);
            await context.Response.WriteAsync(KeepInAll(Encoding.UTF8.GetString(page.GetBuffer(), 0, (int)page.Length), kept), context.RequestAborted);
        }
        else
        {
            page.Position = 0;
            await page.CopyToAsync(body, context.RequestAborted);
        }
    }

    /// <summary>An address with the day in it, and the way of reading, where these mean something to it, and without empty ones.</summary>
    public static string Keep(string address, KeptAddress kept)
    {
        var means = address is "/" || Kept.Any(start => address.StartsWith(start, StringComparison.Ordinal));
        var written = address;
        if (kept.AsPublic && means)
        {
            written = KeptAddress.Put(written);
        }

        if (kept.Date is { } date && !AsOfDate.Names(written)
            && (means || (date.Question == DateQuestion.On && address.StartsWith("/evidence/", StringComparison.Ordinal))))
        {
            written = date.Keep(written);
        }

        return AsOfDate.WithoutEmpty(written);
    }

    /// <summary>Only what stands inside tags is looked at: text may show any mark-up. Most tags hold no address, and are passed over fast.</summary>
    private static string KeepInAll(ReadOnlySpan<char> html, KeptAddress kept)
    {
        var page = new StringBuilder(html.Length + (html.Length / 8));
        var copied = 0;
        for (var at = NextTag(html, 0); at >= 0; at = NextTag(html, at))
        {
            var end = EndOfTag(html, at);
            var tag = html[at..end];
            if (tag.Contains("=\"/", StringComparison.Ordinal) || tag.StartsWith("<form", StringComparison.Ordinal))
            {
                page.Append(html[copied..at]).Append(KeepInTag(tag.ToString(), kept));
                copied = end;
            }

            at = end;
        }

        return page.Append(html[copied..]).ToString();
    }

    private static string KeepInTag(string tag, KeptAddress kept)
    {
        if (tag.Contains(" data-new-call", StringComparison.Ordinal))
        {
            // A new call is of today.
            return tag;
        }

        var written = Address().Replace(
            tag, address => Keep(address.Value.Replace("&amp;", "&", StringComparison.Ordinal), kept).Replace("&", "&amp;", StringComparison.Ordinal));
        return GetForm().IsMatch(tag)
            ? written + string.Concat(kept.Fields.Select(field => $"<input type=\"hidden\" name=\"{field.Name}\" value=\"{field.Value}\">"))
            : written;
    }

    /// <summary>Where the next tag begins that may have attributes; -1 where there is none.</summary>
    private static int NextTag(ReadOnlySpan<char> html, int from)
    {
        while (html[from..].IndexOf('<') is var found and >= 0)
        {
            from += found;
            if (from + 1 < html.Length && char.IsAsciiLetterLower(html[from + 1]))
            {
                return from;
            }

            from++;
        }

        return -1;
    }

    /// <summary>After the tag's closing bracket; one inside quotation marks does not close it.</summary>
    private static int EndOfTag(ReadOnlySpan<char> html, int from)
    {
        while (html[from..].IndexOfAny('"', '>') is var found and >= 0)
        {
            from += found;
            if (html[from] == '>')
            {
                return from + 1;
            }

            var quote = html[(from + 1)..].IndexOf('"');
            if (quote < 0)
            {
                break;
            }

            from += quote + 2;
        }

        return html.Length;
    }

    [GeneratedRegex("""(?<=\s(?:href|action|src|data-url|data-link|data-today|data-read|data-why)=")/[^"]*""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex("""^<form\b(?=[^>]*\smethod="get")(?![^>]*\sdata-own-day)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GetForm();
}
