using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PolicyHub.Benchmarks.Bare;

/// <summary>The least that a Razor page with a layout can do to send a given number of bytes of ready HTML.</summary>
public sealed class RazorModel(BareBody body) : PageModel
{
    public IHtmlContent Body => body;
}

/// <summary>Ready HTML of a given length, written as it is.</summary>
public sealed class BareBody(int length) : IHtmlContent
{
    private readonly string html = string.Concat(Enumerable.Repeat("<p>All work and no play makes a page.</p>\n", (length / 42) + 1))[..length];

    public byte[] Bytes => System.Text.Encoding.UTF8.GetBytes(html);

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(html);
}
