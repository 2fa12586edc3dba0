using System.Text;

namespace PolicyHub.Content.Rendering;

/// <summary>Text as HTML, for content and for attributes in double quotes.</summary>
internal static class HtmlText
{
    public static string Encode(string text) =>
        text.AsSpan().IndexOfAny("&<>\"") < 0 && text.AsSpan().IndexOfAny('\'', '\0') < 0 ? text : Append(new StringBuilder(), text).ToString();

    public static StringBuilder Append(StringBuilder html, string text)
    {
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                '\0' => html.Append('\uFFFD'),
                _ => html.Append(letter),
            };
        }

        return html;
    }
}
