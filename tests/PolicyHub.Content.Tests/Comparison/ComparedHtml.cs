using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace PolicyHub.Content.Tests.Comparison;

/// <summary>Reads HTML as a browser would and says what a reader sees, in words and the elements around them. Shares no code with the comparison.</summary>
internal static class ComparedHtml
{
    private static readonly string[] Blocks =
        ["p", "div", "section", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "td", "th", "hr", "h2", "h3", "h4", "h5", "h6"];

    /// <summary>
    /// Every word with the elements that it stands in. Paragraphs are left out of those, as a loose list and a tight one read the
    /// same, and so are empty cells. What an author struck out is <c>s</c> in a comparison.
    /// </summary>
    /// <param name="without">The selector of what is taken out first, such as <c>ins.diff</c>.</param>
    public static string Read(string html, string without = ".none")
    {
        var body = new HtmlParser().ParseDocument("<!DOCTYPE html><body>" + html + "</body>").Body!;
        foreach (var element in body.QuerySelectorAll("a.anchor").Concat(body.QuerySelectorAll(without)).ToList())
        {
            element.Remove();
        }

        var read = new StringBuilder();
        Append(read, body, "");
        return read.ToString().Trim();
    }

    private static void Append(StringBuilder read, INode node, string path)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText text)
            {
                AppendText(read, text.Data, path);
            }
            else if (child is IElement element)
            {
                var isMark = element.ClassList.Contains("diff");
                var name = element.LocalName == "del" && !isMark ? "s" : element.LocalName;
                if (name is "img" or "input")
                {
                    read.Append(path).Append('[').Append(name).Append(element.GetAttribute("src")).Append(element.HasAttribute("checked")).AppendLine("]");
                }

                var edge = Blocks.Contains(name) ? " " : "";
                AppendText(read, edge, "");
                Append(read, element, isMark || name == "p" ? path : $"{path}{name}>");
                AppendText(read, edge, "");
            }
        }
    }

    /// <summary>Letter by letter, so that it does not matter where a text node ends.</summary>
    private static void AppendText(StringBuilder read, string text, string path)
    {
        foreach (var letter in text)
        {
            if (!char.IsWhiteSpace(letter))
            {
                read.Append(path).Append(letter).AppendLine();
            }
            else if (read.Length > 0 && read[^1] != ' ')
            {
                read.Append(' ');
            }
        }
    }
}
