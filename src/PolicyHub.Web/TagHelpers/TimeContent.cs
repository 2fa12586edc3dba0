using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace PolicyHub.Web.TagHelpers;

/// <summary>A moment as people say it, with the exact one for machines and on hover.</summary>
public sealed class TimeContent(DateTimeOffset instant, string text, string exact) : IHtmlContent
{
    public string Text { get; } = text;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write("<time datetime=\"");
        writer.Write(instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.Write("\" title=\"");
        encoder.Encode(writer, exact);
        writer.Write("\">");
        encoder.Encode(writer, Text);
        writer.Write("</time>");
    }

    /// <summary>The bare text, for titles and attributes.</summary>
    public override string ToString() => Text;
}
