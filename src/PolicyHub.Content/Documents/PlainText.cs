using System.Text;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PolicyHub.Content.Documents;

/// <summary>The words of parsed Markdown: what search reads and excerpts show.</summary>
internal static class PlainText
{
    // Markdig renders no deeper either.
    private const int Deepest = 100;

    /// <summary>The words of a block: inner blocks parted by a line break, the cells of a row by a bar.</summary>
    public static string Of(Block block)
    {
        var text = new StringBuilder();
        Append(text, block, 0);
        return text.ToString().Trim();
    }

    /// <summary>The words of a heading or paragraph on one line, white space run together.</summary>
    public static string OneLine(LeafBlock block)
    {
        var text = new StringBuilder();
        Append(text, block.Inline, 0);
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Appends a block on lines of its own.</summary>
    public static void Append(StringBuilder text, Block block, int depth = 0)
    {
        switch (block)
        {
            case var _ when depth > Deepest:
            case LinkReferenceDefinitionGroup or FootnoteGroup:
                break;
            case TableRow row:
                NewLine(text);
                for (var index = 0; index < row.Count; index++)
                {
                    text.Append(index == 0 ? "" : " | ");
                    var cell = new StringBuilder();
                    Append(cell, row[index], depth + 1);
                    text.Append(cell.Replace("\n", " ").ToString().Trim());
                }

                break;
            case ContainerBlock container:
                foreach (var child in container)
                {
                    Append(text, child, depth + 1);
                }

                break;
            case CodeBlock code:
                NewLine(text);
                text.Append(code.Lines.ToString().TrimEnd());
                break;
            case LeafBlock { Inline: { } inline }:
                NewLine(text);
                Append(text, inline, depth + 1);
                break;
            default:
                break;
        }
    }

    /// <summary>Appends the words of an inline: the description of an image, nothing for a footnote's number or a check box.</summary>
    public static void Append(StringBuilder text, Inline? inline, int depth)
    {
        switch (inline)
        {
            case null or FootnoteLink:
            case var _ when depth > Deepest:
                break;
            case LiteralInline literal:
                text.Append(literal.Content.AsSpan());
                break;
            case CodeInline code:
                text.Append(code.Content);
                break;
            case LineBreakInline lineBreak:
                text.Append(lineBreak.IsHard ? '\n' : ' ');
                break;
            case HtmlEntityInline entity:
                text.Append(entity.Transcoded.AsSpan());
                break;
            case AutolinkInline link:
                text.Append(link.Url);
                break;
            case ContainerInline container:
                if (container is DelimiterInline delimiter)
                {
                    text.Append(delimiter.ToLiteral());
                }

                foreach (var child in container)
                {
                    Append(text, child, depth + 1);
                }

                break;
            default:
                break;
        }
    }

    private static void NewLine(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append('\n');
        }
    }
}
