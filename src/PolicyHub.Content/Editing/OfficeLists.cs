using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PolicyHub.Content.Editing;

/// <summary>
/// Word hands over a list as paragraphs that look like one: of a class <c>MsoListParagraph…</c>, with <c>mso-list: l0 level2 lfo1</c> in their style, and
/// the bullet or number as text in a span of its own with <c>mso-list: Ignore</c>. Here they become lists.
/// </summary>
internal static partial class OfficeLists
{
    private const int Deepest = 9;

    public static void Mend(IElement body)
    {
        foreach (var paragraph in body.QuerySelectorAll("p, div, h1, h2, h3, h4, h5, h6").Where(element => LevelOf(element) > 0).ToList())
        {
            if (paragraph.Parent is not null)
            {
                Gather(paragraph);
            }
        }
    }

    /// <summary>Turns a run of such paragraphs into one list, nested by their levels.</summary>
    private static void Gather(IElement first)
    {
        var items = new List<IElement>();
        for (INode? next = first; next is not null; next = next.NextSibling)
        {
            if (next is IElement element && LevelOf(element) > 0)
            {
                items.Add(element);
            }
            else if (next is IElement || !string.IsNullOrWhiteSpace(next.TextContent))
            {
                break;
            }
        }

        var open = new Stack<(IElement List, int Level)>();
        foreach (var item in items)
        {
            var (level, isNumbered) = (LevelOf(item), TakeMark(item));
            while (open.Count > 0 && open.Peek().Level > level)
            {
                open.Pop();
            }

            if (open.Count == 0 || open.Peek().Level < level)
            {
                var list = item.Owner!.CreateElement(isNumbered ? "ol" : "ul");
                if (open.Count == 0)
                {
                    first.Before(list);
                }
                else
                {
                    open.Peek().List.LastElementChild!.AppendChild(list);
                }

                open.Push((list, level));
            }

            var entry = item.Owner!.CreateElement("li");
            foreach (var child in item.ChildNodes.ToList())
            {
                entry.AppendChild(child);
            }

            open.Peek().List.AppendChild(entry);
        }

        foreach (var item in items)
        {
            item.Remove();
        }
    }

    /// <summary>How deep a paragraph is in a list; 0: it is in none.</summary>
    private static int LevelOf(IElement element) =>
        PastedHtml.Style(element, "mso-list") is { } list && Level().Match(list) is { Success: true } match
            && int.TryParse(match.Groups["level"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level <= Deepest
        ? level
        : 0;

    /// <summary>Takes the bullet or number out; true: it is a number or a letter with its full stop or bracket.</summary>
    private static bool TakeMark(IElement item)
    {
        var mark = item.QuerySelectorAll("span").FirstOrDefault(span => PastedHtml.Style(span, "mso-list") == "ignore");
        var text = mark?.TextContent.Trim() ?? "";
        mark?.Remove();
        return text.Length > 1 && text[^1] is '.' or ')' && char.IsLetterOrDigit(text[^2]);
    }

    [GeneratedRegex(@"\blevel(?<level>\d)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Level();
}
