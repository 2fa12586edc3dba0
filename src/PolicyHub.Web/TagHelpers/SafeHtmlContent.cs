using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Web.TagHelpers;

/// <summary>The one place where HTML that is not written in a page reaches a page: only what came through the renderer's door.</summary>
public sealed class SafeHtmlContent(SafeHtml html) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(html.Value);
}
