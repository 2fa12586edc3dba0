using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Editing;

/// <summary>What a part of a page to be edited says, without what follows from where it stands: two parts that say the same may take each other's place.</summary>
internal static class BlockMeaning
{
    private const int Deepest = 100;

    private static readonly string[] Said =
    [
        "start", "colspan", "rowspan", "checked", "title", "alt", EditingMarks.Address, EditingMarks.Picture, EditingMarks.Level, EditingMarks.Callout, EditingMarks.Label, EditingMarks.Info,
    ];

    public static string Of(string html)
    {
        var said = new StringBuilder();
        foreach (var node in new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html).Body!.ChildNodes)
        {
            Append(said, node, 0);
        }

        return string.Join(' ', said.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Append(StringBuilder said, INode node, int depth)
    {
        if (node is IText text)
        {
            said.Append(text.Data);
        }
        else if (node is IElement element && depth < Deepest)
        {
            // How deep a heading stands on the page follows from those above it, and the number of a footnote from those before it.
            said.Append(" <").Append(element.HasAttribute(EditingMarks.Level) ? "h" : element.LocalName);
            foreach (var name in Said.Where(element.HasAttribute))
            {
                said.Append(' ').Append(name).Append('=').Append(element.GetAttribute(name));
            }

            foreach (var name in element.ClassList.Where(name => name.StartsWith("align-", StringComparison.Ordinal) || name.StartsWith("language-", StringComparison.Ordinal)))
            {
                said.Append(' ').Append(name);
            }

            said.Append("> ");
            if (!element.HasAttribute(EditingMarks.Label))
            {
                foreach (var child in element.ChildNodes)
                {
                    Append(said, child, depth + 1);
                }
            }

            said.Append(" </> ");
        }
    }
}
