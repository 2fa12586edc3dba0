using Markdig.Extensions.DefinitionLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax.Inlines;

namespace PolicyHub.Content.Rendering;

/// <summary>Which class writes which part of Markdown: all of them named, none taken over from an extension unseen.</summary>
internal static class PageRenderers
{
    public static HtmlRenderer Create(TextWriter writer, PageState state)
    {
        var renderer = new HtmlRenderer(writer);
        renderer.ObjectRenderers.Clear();
        renderer.ObjectRenderers.Add(new HeadingHtml(state));
        renderer.ObjectRenderers.Add(new ParagraphHtml());
        renderer.ObjectRenderers.Add(new ListRenderer());
        renderer.ObjectRenderers.Add(new QuoteHtml(state));
        renderer.ObjectRenderers.Add(new CodeHtml(state));
        renderer.ObjectRenderers.Add(new ThematicBreakRenderer());
        renderer.ObjectRenderers.Add(new TableHtml(state));
        renderer.ObjectRenderers.Add(new HtmlDefinitionListRenderer());
        renderer.ObjectRenderers.Add(new FootnoteGroupHtml(state));
        renderer.ObjectRenderers.Add(new FootnoteLinkHtml(state));
        renderer.ObjectRenderers.Add(new TaskHtml(state));
        renderer.ObjectRenderers.Add(new LinkHtml(state));
        renderer.ObjectRenderers.Add(new AutolinkHtml(state));
        renderer.ObjectRenderers.Add(new LiteralInlineRenderer());
        renderer.ObjectRenderers.Add(new CodeInlineRenderer());
        renderer.ObjectRenderers.Add(new EmphasisInlineRenderer { GetTag = TagOf });
        renderer.ObjectRenderers.Add(new LineBreakInlineRenderer());
        renderer.ObjectRenderers.Add(new HtmlEntityInlineRenderer());
        renderer.ObjectRenderers.Add(new DelimiterInlineRenderer());
        return renderer;
    }

    private static string TagOf(EmphasisInline emphasis) => emphasis switch
    {
        { DelimiterChar: '~' } => "del",
        { DelimiterCount: 2 } => "strong",
        _ => "em",
    };
}
