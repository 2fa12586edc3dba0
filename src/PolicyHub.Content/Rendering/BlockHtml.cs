using System.Globalization;
using System.Text.RegularExpressions;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Rendering;

/// <summary>A heading with its anchor, and a link to itself for people to copy.</summary>
internal sealed class HeadingHtml(PageState state) : HtmlObjectRenderer<HeadingBlock>
{
    protected override void Write(HtmlRenderer renderer, HeadingBlock obj)
    {
        var tag = $"h{state.LevelOf(obj)}";
        renderer.EnsureLine();
        if (state.Editing is not null)
        {
            renderer.Write('<').Write(tag);
            EditingMarks.Write(renderer, EditingMarks.Level, obj.Level.ToString(CultureInfo.InvariantCulture));
            if (state.AnchorOf(obj) is { } known)
            {
                EditingMarks.Write(renderer, EditingMarks.Anchor, known);
            }

            renderer.Write('>').WriteLeafInline(obj).Write("</").Write(tag).WriteLine('>');
            return;
        }

        if (state.AnchorOf(obj) is not { } anchor)
        {
            renderer.Write('<').Write(tag).Write('>').WriteLeafInline(obj).Write("</").Write(tag).WriteLine('>');
            return;
        }

        var label = state.Words.Format("page.heading-link", PlainText.OneLine(obj));
        renderer.Write('<').Write(tag).Write(" id=\"").Write(HtmlText.Encode(anchor)).Write("\">").WriteLeafInline(obj)
            .Write("<a class=\"anchor\" href=\"#").Write(HtmlText.Encode(Uri.EscapeDataString(anchor)))
            .Write("\" aria-label=\"").Write(HtmlText.Encode(label)).Write("\">#</a></").Write(tag).WriteLine('>');
    }
}

/// <summary>A paragraph; as plain text where its inlines were too heavy to parse.</summary>
internal sealed class ParagraphHtml : HtmlObjectRenderer<ParagraphBlock>
{
    protected override void Write(HtmlRenderer renderer, ParagraphBlock obj)
    {
        if (BeforeInlines.IsTooHeavy(obj))
        {
            renderer.EnsureLine();
            renderer.Write("<pre class=\"plain-text\">").WriteLeafInline(obj).WriteLine("</pre>");
            return;
        }

        if (obj.Inline is not { FirstChild: not null })
        {
            return;
        }

        if (renderer.ImplicitParagraph)
        {
            renderer.WriteLeafInline(obj);
            return;
        }

        renderer.EnsureLine();
        renderer.Write("<p>").WriteLeafInline(obj).WriteLine("</p>");
    }
}

/// <summary>A quote, or the call-out that its marker makes of it.</summary>
internal sealed class QuoteHtml(PageState state) : HtmlObjectRenderer<QuoteBlock>
{
    protected override void Write(HtmlRenderer renderer, QuoteBlock obj)
    {
        renderer.EnsureLine();
        var (open, close) = ("<blockquote>", "</blockquote>");
        if (BeforeInlines.CalloutOf(obj) is { } written)
        {
            var kind = KindOf(written);
            open = $"<div class=\"callout callout-{kind}\" role=\"note\"{(state.Editing is null ? "" : $" {EditingMarks.Callout}=\"{written}\"")}><p class=\"callout-label\"{(state.Editing is null ? "" : " contenteditable=\"false\"")}>{HtmlText.Encode(state.Words["callout." + kind])}</p>";
            close = "</div>";
        }

        if (BeforeInlines.UnknownMarkerOf(obj) is { } unknown)
        {
            state.Report(ProblemCatalogue.UnknownCallout(state.Document.Path.Value, state.PositionOf(obj), unknown));
        }

        var wasImplicit = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = false;
        renderer.WriteLine(open);
        renderer.WriteChildren(obj);
        renderer.ImplicitParagraph = wasImplicit;
        renderer.EnsureLine();
        renderer.WriteLine(close);
    }

    /// <summary>Our five, and those of code hosts by what they ask of the reader.</summary>
    private static string KindOf(string written) => written switch
    {
        "SAY" => "say",
        "DO" => "do",
        "NEVER" => "never",
        "WARN" or "WARNING" or "CAUTION" or "IMPORTANT" => "warn",
        _ => "note",
    };
}

/// <summary>Code, its language as a class where it is a plain name.</summary>
internal sealed partial class CodeHtml(PageState state) : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        renderer.EnsureLine();
        var language = obj is FencedCodeBlock { Info: { } info } && Language().IsMatch(info) ? $" class=\"language-{info}\"" : "";
        renderer.Write("<pre><code").Write(language);
        if (state.Editing is not null && obj is FencedCodeBlock { Info.Length: > 0 } fenced)
        {
            EditingMarks.Write(renderer, EditingMarks.Info, $"{fenced.Info} {fenced.Arguments}".Trim());
        }

        renderer.Write('>').WriteLeafRawLines(obj, writeEndOfLines: true, escape: true).WriteLine("</code></pre>");
    }

    [GeneratedRegex("^[a-z0-9+-]{1,30}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Language();
}
