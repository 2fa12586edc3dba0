using System.Collections.Immutable;
using System.Text;
using Markdig.Extensions.Footnotes;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Rendering;

/// <summary>Writes one body, block by block, and cuts it into sections on the way. For one use.</summary>
internal sealed class BodyWriter : IDisposable
{
    private readonly Document document;
    private readonly PageState state;
    private readonly BoundedWriter html = new();
    private readonly ImmutableArray<RenderedSection>.Builder sections = ImmutableArray.CreateBuilder<RenderedSection>();
    private readonly StringBuilder text = new();
    private readonly HashSet<Footnote> footnotesRead = [];
    private HtmlRenderer renderer;
    private (string Heading, string Anchor, int Level, int Start, int Line) open;

    public BodyWriter(Document document, Words words, Func<LibraryPath, bool>? leads = null, EditingMarks? editing = null)
    {
        this.document = document;
        state = new PageState(document, words, leads, editing);
        renderer = PageRenderers.Create(html, state);
        open = ("", "", 0, 0, document.BodyLine);
    }

    /// <summary>What was written, block by block: the line of the body on which each starts, from 0, and where its HTML stands.</summary>
    public List<(int Line, int Start, int End)> Written { get; } = [];

    /// <exception cref="PageTooLongException">The HTML grows past <see cref="BoundedWriter.Longest"/>.</exception>
    public RenderedBody Write(MarkdownDocument markdown)
    {
        var blocks = markdown.Where(block => block is not LinkReferenceDefinitionGroup).ToList();
        if (blocks is [HeadingBlock { Level: 1 } first, ..] && SameWords(PlainText.OneLine(first), document.Title))
        {
            blocks.RemoveAt(0);
            open = open with { Line = document.BodyLine + first.Line };
        }

        state.NumberHeadings(blocks.OfType<HeadingBlock>());
        foreach (var block in blocks)
        {
            if (block is HeadingBlock heading)
            {
                CloseSection();
                open = (PlainText.OneLine(heading), state.AnchorOf(heading)!, state.LevelOf(heading), html.Length, document.BodyLine + heading.Line);
            }
            else
            {
                AppendText(block);
                AppendFootnotes(block);
            }

            var start = html.Length;
            WriteBlock(block);
            Written.Add((block is FootnoteGroup ? -1 : block.Line, start, html.Length));
        }

        CloseSection();
        return new RenderedBody
        {
            Html = new SafeHtml(html.ToString()),
            Sections = sections.ToImmutable(),
            Links = state.Links.ToImmutable(),
            Problems = state.Problems.ToImmutable(),
        };
    }

    public void Dispose() => html.Dispose();

    private void WriteBlock(Block block)
    {
        var start = html.Length;
        if (BeforeInlines.IsTooHeavy(block))
        {
            state.Report(ProblemCatalogue.BlockTooHeavy(document.Path.Value, state.PositionOf(block)));
        }

        try
        {
            renderer.Render(block);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException)
        {
            // Markdig's guard against nesting speaks by an ArgumentException; the rest of the page is not lost for one block.
            html.CutBackTo(start);
            state.InsideLink = false;
            renderer = PageRenderers.Create(html, state);
            state.Report(ProblemCatalogue.BlockTooDeep(document.Path.Value, state.PositionOf(block)));
            if (state.HidesSome)
            {
                // The source names what its links lead to.
                return;
            }

            html.Write("<pre class=\"plain-text\">");
            html.Write(HtmlText.Encode(SourceOf(block)));
            html.Write("</pre>\n");
        }
    }

    /// <summary>In a block with code the marks may be its subject, and stay.</summary>
    private void AppendText(Block block)
    {
        var start = text.Length;
        PlainText.Append(text, block);
        var inside = block is LeafBlock leaf ? leaf.Inline?.Descendants() ?? [] : block.Descendants();
        if (block is not CodeBlock && !inside.Any(inner => inner is CodeBlock or CodeInline))
        {
            var written = text.ToString(start, text.Length - start);
            var words = Markup.Without(written);
            if (!ReferenceEquals(words, written))
            {
                text.Length = start;
                text.Append(words);
            }
        }
    }

    /// <summary>A footnote's words belong to the section that first refers to it.</summary>
    private void AppendFootnotes(Block block)
    {
        var references = block is LeafBlock leaf ? leaf.Inline?.FindDescendants<FootnoteLink>() : block.Descendants<FootnoteLink>();
        foreach (var reference in references ?? [])
        {
            if (block is not FootnoteGroup && reference.Footnote is { } footnote && footnotesRead.Add(footnote))
            {
                PlainText.Append(text, footnote);
            }
        }
    }

    private void CloseSection()
    {
        sections.Add(new RenderedSection(open.Heading, open.Anchor, open.Level, text.ToString().Trim(), open.Start, html.Length, open.Line));
        text.Clear();
    }

    private string SourceOf(Block block)
    {
        var source = MarkdownBody.Prepare(document.Body);
        var start = Math.Clamp(block.Span.Start, 0, source.Length);
        return source[start..Math.Clamp(block.Span.End + 1, start, source.Length)];
    }

    private static bool SameWords(string left, string right) =>
        string.Equals(left, string.Join(' ', right.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.OrdinalIgnoreCase);
}
