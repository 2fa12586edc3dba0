using System.Text;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Comparison;

/// <summary>Writes the marked HTML: what stands in both, and what is marked as removed or added. Counts what it marks. For one use.</summary>
internal sealed class ComparisonWriter(Words words)
{
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    public StringBuilder Html { get; } = new();

    /// <summary>Paragraphs, cells, headings and the like with marks inside.</summary>
    public int Changed { get; set; }

    /// <summary>Blocks, rows and list items that came as a whole.</summary>
    public int Added { get; private set; }

    public int Removed { get; private set; }

    public int Marks => Changed + Added + Removed;

    public void Open(HtmlElement element) => Html.Append(OpeningOf(element, isRemoved: false));

    public void Close(HtmlElement element)
    {
        Html.Append(element.Close);
        if (element.IsBlock)
        {
            Html.Append('\n');
        }
    }

    /// <summary>The opening tag; an id is written once, by what stands today.</summary>
    public string OpeningOf(HtmlElement element, bool isRemoved) =>
        element.Open(isRemoved, withId: !isRemoved && element.Id is { } id && ids.Add(id));

    /// <summary>Nodes as they are, without marks.</summary>
    public void Write(IEnumerable<HtmlNode> nodes, bool isRemoved = false)
    {
        foreach (var node in nodes)
        {
            if (node is HtmlText text)
            {
                Html.Append(text.Html);
                continue;
            }

            var element = (HtmlElement)node;
            Html.Append(OpeningOf(element, isRemoved));
            Write(element.Children, isRemoved);
            Close(element);
        }
    }

    /// <summary>Nodes that came or went as a whole.</summary>
    /// <param name="evenIfEmpty">Marks the place where there is no node: an empty list item is seen, and so is that it came.</param>
    public void WriteWhole(IReadOnlyList<HtmlNode> nodes, Mark mark, bool evenIfEmpty = false)
    {
        if (nodes.Count > 0 || evenIfEmpty)
        {
            OpenMark(mark, isFirst: true, isBlock: nodes.Any(node => node is HtmlElement { IsBlock: true }));
            Write(nodes, mark == Mark.Removed);
            CloseMark(mark);
        }
    }

    public void CountWhole(Mark mark)
    {
        Removed += mark == Mark.Removed ? 1 : 0;
        Added += mark == Mark.Added ? 1 : 0;
    }

    /// <summary>
    /// Opens <c>ins</c> or <c>del</c>. The first of a change carries the word that the stylesheet gives to screen readers, so that the text of the
    /// page, and what is copied from it, stays the text of the document.
    /// </summary>
    public void OpenMark(Mark mark, bool isFirst, bool isBlock = false)
    {
        Html.Append(mark == Mark.Removed ? "<del" : "<ins").Append(isBlock ? " class=\"diff diff-block\"" : " class=\"diff\"");
        if (isFirst)
        {
            Html.Append(" data-said=\"").Append(Rendering.HtmlText.Encode(words[mark == Mark.Removed ? "compare.said.removed" : "compare.said.added"])).Append('"');
        }

        Html.Append('>');
    }

    public void CloseMark(Mark mark) => Html.Append(mark == Mark.Removed ? "</del>" : "</ins>");
}
