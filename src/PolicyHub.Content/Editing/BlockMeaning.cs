using System.Collections.Immutable;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Editing;

/// <summary>What a part of a page to be edited says, without what follows from where it stands: two parts that say the same may take each other's place.</summary>
internal sealed class BlockMeaning
{
    private const int Deepest = 100;

    private static readonly string[] Said =
    [
        "start", "colspan", "rowspan", "checked", "title", "alt", EditingMarks.Address, EditingMarks.Picture, EditingMarks.Level, EditingMarks.Callout, EditingMarks.Label, EditingMarks.Info,
    ];

    private readonly StringBuilder said = new();
    private string looks = "";

    private BlockMeaning()
    {
    }

    public static string Of(string html)
    {
        var meaning = new BlockMeaning();
        foreach (var node in new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html).Body!.ChildNodes)
        {
            meaning.Append(node, [], 0);
        }

        return string.Join(' ', meaning.said.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <param name="marks">What the words look like and lead to; which of these stands within which says nothing.</param>
    private void Append(INode node, ImmutableSortedSet<string> marks, int depth)
    {
        if (node is IText text)
        {
            Look(string.IsNullOrWhiteSpace(text.Data) ? looks : string.Join(' ', marks));
            said.Append(text.Data);
        }
        else if (node is IElement element && depth < Deepest)
        {
            if (element.LocalName is "strong" or "em" or "del" || (element.LocalName == "a" && !element.HasAttribute(EditingMarks.Picture) && !element.HasAttribute(EditingMarks.Label)))
            {
                foreach (var child in element.ChildNodes)
                {
                    Append(child, marks.Add(Name(element)), depth + 1);
                }

                return;
            }

            // What stands alone has the looks of the words around it.
            Look(element.LocalName is "code" or "img" or "sup" or "br" or "input" ? string.Join(' ', marks) : "");
            said.Append(" <").Append(Name(element)).Append("> ");
            if (!element.HasAttribute(EditingMarks.Label))
            {
                foreach (var child in element.ChildNodes)
                {
                    Append(child, marks, depth + 1);
                }
            }

            said.Append(" </> ");
        }
    }

    private void Look(string now)
    {
        if (now != looks)
        {
            said.Append(" {").Append(now).Append("} ");
            looks = now;
        }
    }

    /// <summary>Its name with what it says beside its words. How deep a heading stands on the page follows from those above it.</summary>
    private static string Name(IElement element) => string.Join(' ',
    [
        element.HasAttribute(EditingMarks.Level) ? "h" : element.LocalName,
        .. Said.Where(element.HasAttribute).Select(name => $"{name}={element.GetAttribute(name)}"),
        .. element.ClassList.Where(name => name.StartsWith("align-", StringComparison.Ordinal) || name.StartsWith("language-", StringComparison.Ordinal)),
    ]);
}
