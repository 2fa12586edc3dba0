using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using PolicyHub.Content.Editions;

namespace PolicyHub.Web.AsOf;

/// <summary>
/// Puts the day that a page is about into each of its links, forms and pictures, once the page is written; so a link in a policy's own
/// text keeps it as a menu does. An address with an empty day (<c>on=</c>) leads back to today.
/// </summary>
public static partial class DatedLinks
{
    /// <summary>What the day means something to; styles, scripts and what is always of today stay as they are.</summary>
    private static readonly string[] Kept =
        ["/docs/", "/files/", "/id/", "/kind/", "/tag/", "/audience/", "/area/", "/browse", "/search", "/api/", "/changes", "/history", "/?", "/#"];

    /// <summary>Runs what is next, and then sends its page with the day in every link.</summary>
    public static async Task WriteAsync(HttpContext context, AsOfDate date, RequestDelegate next)
    {
        var body = context.Response.Body;
        using var page = new MemoryStream();
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
            headers.Location = Keep(target, date);
        }

        if (context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
        {
            headers.Remove(HeaderNames.ContentLength);
            await context.Response.WriteAsync(KeepInAll(Encoding.UTF8.GetString(page.GetBuffer(), 0, (int)page.Length), date), context.RequestAborted);
        }
        else
        {
            page.Position = 0;
            await page.CopyToAsync(body, context.RequestAborted);
        }
    }

    /// <summary>An address with the day in it where the day means something to it, and without an empty one.</summary>
    public static string Keep(string address, AsOfDate date) =>
        AsOfDate.Names(address) ? AsOfDate.WithoutEmpty(address)
        : address.StartsWith("/evidence/", StringComparison.Ordinal) ? date.Question == DateQuestion.On ? date.Keep(address) : address
        : address is "/" || Kept.Any(start => address.StartsWith(start, StringComparison.Ordinal)) ? date.Keep(address)
        : address;

    /// <summary>Only what stands inside tags is looked at: text may show any mark-up.</summary>
    private static string KeepInAll(string html, AsOfDate date) => Tag().Replace(html, tag =>
    {
        if (tag.ValueSpan.Contains(" data-new-call", StringComparison.Ordinal))
        {
            // A new call is of today.
            return tag.Value;
        }

        var written = Address().Replace(
            tag.Value, address => Keep(address.Value.Replace("&amp;", "&", StringComparison.Ordinal), date).Replace("&", "&amp;", StringComparison.Ordinal));
        return GetForm().IsMatch(tag.ValueSpan) ? $"{written}<input type=\"hidden\" name=\"{date.Name}\" value=\"{date.Written}\">" : written;
    });

    [GeneratedRegex("""<[a-z][^>"]*(?:"[^"]*"[^>"]*)*>""")]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<=\s(?:href|action|src|data-url|data-link|data-today|data-read|data-why)=")/[^"]*""")]
    private static partial Regex Address();

    [GeneratedRegex("""^<form\b(?=[^>]*\smethod="get")(?![^>]*\sdata-own-day)""")]
    private static partial Regex GetForm();
}
