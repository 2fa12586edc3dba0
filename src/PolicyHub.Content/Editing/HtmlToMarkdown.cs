using System.Collections.Immutable;
using AngleSharp.Dom;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Editing;

/// <summary>
/// Turns HTML that people typed or pasted into the Markdown of the library: headings, paragraphs, lists, tables, call-outs, links, bold and the like;
/// all else becomes its words. The one piece of code for the editor and for paste.
/// </summary>
/// <param name="addressOf">What a link or picture is called in the library, by its address in the HTML; null: it leads nowhere and only its words stay.</param>
/// <param name="isOfEditor">Whether the HTML is that of a page to be edited, which says beside each thing what its source says of it; of any other page that is not believed.</param>
public sealed class HtmlToMarkdown(Func<string, string?>? addressOf = null, bool isOfEditor = false)
{
    /// <summary>Characters; more is cut off before it is read.</summary>
    public const int Longest = 2_000_000;

    private const int Deepest = 60;

    private static readonly string[] Holders =
    [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ];

    private readonly Func<string, string?> addressOf = addressOf ?? SafeAddress;

    /// <summary>The Markdown, its blocks parted by an empty line, without one at its end; empty where there are no words.</summary>
    public string Convert(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return string.Join('\n', Join(Blocks(PastedHtml.Read(html.Length > Longest ? html[..Longest] : html), 0)));
    }

    /// <summary>An address that a policy may lead to, from another page: of the web, a mail address, a telephone; else null.</summary>
    public static string? SafeAddress(string href) =>
        Uri.TryCreate(href.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "mailto" or "tel" ? href.Trim() : null;

    private static IEnumerable<string> Join(IReadOnlyList<ImmutableArray<string>> blocks) =>
        blocks.SelectMany((block, index) => index == 0 ? block : block.Insert(0, ""));

    private List<ImmutableArray<string>> Blocks(INode parent, int depth)
    {
        var blocks = new List<ImmutableArray<string>>();
        var loose = new List<INode>();
        var (list, other) = ("", false);
        foreach (var node in parent.ChildNodes)
        {
            if (node is not IElement element || !IsBlock(element))
            {
                loose.Add(node);
                continue;
            }

            Paragraph(loose, blocks);
            var before = blocks.Count;
            if (depth < Deepest)
            {
                // Two lists in a row would be one: the second takes another mark.
                other = list == element.LocalName && !other;
                Block(element, blocks, depth + 1, other);
            }
            else
            {
                Paragraph([element], blocks);
            }

            list = blocks.Count > before ? element.LocalName : list;
        }

        Paragraph(loose, blocks);
        return blocks;
    }

    private void Block(IElement element, List<ImmutableArray<string>> blocks, int depth, bool other)
    {
        switch (element.LocalName)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                if (string.Join(' ', Inside(element)) is { Length: > 0 } words)
                {
                    blocks.Add([$"{new string('#', LevelOf(element))} {(words.EndsWith('#') ? words[..^1] + "\\#" : words)}"]);
                }

                break;
            case "ul" or "ol":
                Add(blocks, [.. ListMarkdown.Write(element, item => Blocks(item, depth), other)]);
                break;
            case "dl":
                Definitions(element, blocks, depth);
                break;
            case "table":
                Table(element, blocks, depth);
                break;
            case "pre":
                Add(blocks, Code(element));
                break;
            case "hr":
                blocks.Add(["---"]);
                break;
            case "blockquote":
                Quote(null, Blocks(element, depth), blocks);
                break;
            case "div" when element.ClassList.Contains("callout"):
                element.QuerySelector(".callout-label")?.Remove();
                Quote(CalloutOf(element), Blocks(element, depth), blocks);
                break;
            default:
                blocks.AddRange(Blocks(element, depth));
                break;
        }
    }

    private void Table(IElement element, List<ImmutableArray<string>> blocks, int depth)
    {
        if (TableMarkdown.Write(element, cell => string.Join(' ', InlineMarkdown.Lines(InlineRuns.Of(cell.ChildNodes, AddressOf)))) is { } table)
        {
            blocks.Add(table);
        }
        else
        {
            // A table that only places things on a page, as mail programs make them.
            foreach (var cell in element.QuerySelectorAll("td, th, caption").Where(cell => cell.Closest("table") == element).ToList())
            {
                blocks.AddRange(Blocks(cell, depth));
            }
        }
    }

    private void Definitions(IElement element, List<ImmutableArray<string>> blocks, int depth)
    {
        foreach (var part in element.QuerySelectorAll("dt, dd").Where(part => part.Closest("dl") == element))
        {
            if (part.LocalName == "dt")
            {
                Paragraph([.. part.ChildNodes], blocks);
            }
            else if (Blocks(part, depth) is { Count: > 0 } inside && blocks.Count > 0)
            {
                blocks[^1] = blocks[^1].AddRange(Join(inside).Select((line, index) => index == 0 ? ":   " + line : line.Length == 0 ? "" : "    " + line));
            }
        }
    }

    private static void Quote(string? callout, List<ImmutableArray<string>> inside, List<ImmutableArray<string>> blocks)
    {
        if (inside.Count > 0)
        {
            blocks.Add([.. (callout is null ? [] : new[] { $"> [!{callout}]" }).Concat(Join(inside).Select(line => line.Length == 0 ? ">" : "> " + line))]);
        }
    }

    /// <summary>That of its source, as the page shows headings by how they stand among each other.</summary>
    private int LevelOf(IElement heading) => isOfEditor && heading.GetAttribute(EditingMarks.Level) is [>= '1' and <= '6'] level ? level[0] - '0' : heading.LocalName[1] - '0';

    private string? AddressOf(IElement element) =>
        (isOfEditor ? element.GetAttribute(EditingMarks.Address) : null) ?? (element.GetAttribute(element.LocalName == "img" ? "src" : "href") is { } address ? addressOf(address) : null);

    private string CalloutOf(IElement element) => isOfEditor && element.GetAttribute(EditingMarks.Callout) is { } kind && BeforeInlines.Kinds.Contains(kind)
        ? kind
        : element.ClassList.FirstOrDefault(name => name.StartsWith("callout-", StringComparison.Ordinal))?["callout-".Length..].ToUpperInvariant() switch
        {
            "SAY" => "SAY",
            "DO" => "DO",
            "NEVER" => "NEVER",
            "WARN" => "WARN",
            _ => "NOTE",
        };

    private ImmutableArray<string> Code(IElement element)
    {
        var code = element.TextContent.ReplaceLineEndings("\n").Trim('\n');
        var language = element.QuerySelector("code")?.ClassList.FirstOrDefault(name => name.StartsWith("language-", StringComparison.Ordinal))?["language-".Length..] ?? "";
        if (isOfEditor && element.QuerySelector("code")?.GetAttribute(EditingMarks.Info) is { } info && !info.Any(letter => letter is '`' || char.IsControl(letter)))
        {
            language = info;
        }

        var fence = new string('`', Math.Max(3, InlineRuns.LongestRun(code, '`') + 1));
        return code.Length == 0 ? [] : [fence + language, .. code.Split('\n'), fence];
    }

    private void Paragraph(List<INode> nodes, List<ImmutableArray<string>> blocks)
    {
        if (nodes.Count > 0)
        {
            var lines = InlineMarkdown.Lines(InlineRuns.Of(nodes, AddressOf)).Select(MarkdownEscape.LineStart).ToImmutableArray();

            // A backslash at the end of a line breaks it.
            Add(blocks, [.. lines.Select((line, index) => index + 1 < lines.Length ? line + "\\" : line)]);
            nodes.Clear();
        }
    }

    private ImmutableArray<string> Inside(IElement element) => InlineMarkdown.Lines(InlineRuns.Of(element.ChildNodes, AddressOf));

    private static void Add(List<ImmutableArray<string>> blocks, ImmutableArray<string> lines)
    {
        if (!lines.IsEmpty)
        {
            blocks.Add(lines);
        }
    }

    /// <summary>Whether it begins a line of its own; what holds such an element does as well, be it called a span.</summary>
    private static bool IsBlock(IElement element) =>
        Holders.Contains(element.LocalName, StringComparer.Ordinal) || (element.LocalName is "span" or "font" or "b" or "a" or "ins" && element.QuerySelector("p, ul, ol, table, h1, h2, h3, h4, h5, h6, blockquote, pre, div") is not null);
}
