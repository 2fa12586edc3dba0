using System.Collections.Frozen;
using System.Text;

namespace PolicyHub.Content.Rendering;

/// <summary>
/// Marks of HTML and of site generators (<c>{{ … }}</c>, <c>{% … %}</c>) that a body brings along. The page shows them as they stand; to search
/// and in passages they are no words. What only looks like a mark, such as “&lt;your name&gt;”, stays.
/// </summary>
internal static class Markup
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Elements = new[]
    {
        "a", "abbr", "article", "aside", "b", "big", "blockquote", "br", "button", "center", "cite", "code", "col", "colgroup", "dd", "details", "div", "dl", "dt", "em", "embed",
        "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "iframe", "img", "input", "label", "li", "link", "main", "nav",
        "object", "ol", "option", "p", "param", "picture", "pre", "s", "script", "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup",
        "svg", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "u", "ul", "video",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text with a space for each mark; the same object where it has none. Takes linear time, as no mark is looked for past the start of another.</summary>
    public static string Without(string text)
    {
        StringBuilder? kept = null;
        var from = 0;
        for (var at = text.AsSpan().IndexOfAny('<', '{'); at >= 0;)
        {
            var length = text[at] == '<' ? TagLength(text.AsSpan(at)) : CodeLength(text.AsSpan(at));
            if (length > 0)
            {
                (kept ??= new StringBuilder(text.Length)).Append(text, from, at - from).Append(' ');
                from = at + length;
            }

            var start = at + Math.Max(1, length);
            var next = text.AsSpan(start).IndexOfAny('<', '{');
            at = next < 0 ? -1 : start + next;
        }

        return kept?.Append(text, from, text.Length - from).ToString() ?? text;
    }

    /// <summary>The length of a tag of a known element; 0 where there is none.</summary>
    private static int TagLength(ReadOnlySpan<char> text)
    {
        var start = text.StartsWith("</") ? 2 : 1;
        var end = start;
        while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        if (end == text.Length || !(text[end] is '>' or '/' || char.IsWhiteSpace(text[end])) || !Elements.Contains(text[start..end]))
        {
            return 0;
        }

        var close = text[end..].IndexOfAny('<', '>');
        return close >= 0 && text[end + close] == '>' ? end + close + 1 : 0;
    }

    /// <summary>The length of a template's code; 0 where there is none.</summary>
    private static int CodeLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 4 || text[1] is not ('{' or '%'))
        {
            return 0;
        }

        var close = text[2..].IndexOfAny('{', '}');
        return close < 0 || text[2 + close] != '}' ? 0
            : text[1] == '%' ? (close > 0 && text[1 + close] == '%' ? close + 3 : 0)
            : 3 + close < text.Length && text[3 + close] == '}' ? close + 4 : 0;
    }
}
