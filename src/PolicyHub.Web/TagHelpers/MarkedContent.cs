using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using PolicyHub.Content.Search;

namespace PolicyHub.Web.TagHelpers;

/// <summary>Plain text of a search hit with its matches in <c>&lt;mark&gt;</c>: every piece is encoded, only the marks are markup.</summary>
public sealed class MarkedContent(MarkedText text) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var at = 0;
        foreach (var mark in text.Marks)
        {
            if (mark.Start < at || mark.Start + mark.Length > text.Text.Length)
            {
                continue;
            }

            encoder.Encode(writer, text.Text, at, mark.Start - at);
            writer.Write("<mark>");
            encoder.Encode(writer, text.Text, mark.Start, mark.Length);
            writer.Write("</mark>");
            at = mark.Start + mark.Length;
        }

        encoder.Encode(writer, text.Text, at, text.Text.Length - at);
    }
}
