using System.Globalization;
using Markdig.Extensions.Footnotes;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace PolicyHub.Content.Rendering;

/// <summary>Ids of footnotes; with a colon, which no heading's anchor has.</summary>
internal static class FootnoteIds
{
    public static string Note(int order) => string.Create(CultureInfo.InvariantCulture, $"fn:{order}");

    public static string Reference(int index) => string.Create(CultureInfo.InvariantCulture, $"fnref:{index}");
}

/// <summary>The number in the text, or the way back from the note.</summary>
internal sealed class FootnoteLinkHtml(PageState state) : HtmlObjectRenderer<FootnoteLink>
{
    protected override void Write(HtmlRenderer renderer, FootnoteLink obj)
    {
        var order = obj.Footnote.Order;
        if (obj.IsBackLink)
        {
            renderer.Write(" <a class=\"footnote-back\" href=\"#").Write(FootnoteIds.Reference(obj.Index))
                .Write("\" aria-label=\"").Write(HtmlText.Encode(state.Words.Format("page.footnote-back", order))).Write("\">↩</a>");
            return;
        }

        var number = order.ToString(CultureInfo.InvariantCulture);
        if (state.InsideLink)
        {
            renderer.Write("<sup id=\"").Write(FootnoteIds.Reference(obj.Index)).Write("\">").Write(number).Write("</sup>");
            return;
        }

        if (state.Editing is not null)
        {
            renderer.Write("<sup contenteditable=\"false\"><a class=\"footnote-ref\"");
            EditingMarks.Write(renderer, EditingMarks.Label, (obj.Footnote.Label ?? "").TrimStart('^'));
            renderer.Write(" href=\"#").Write(FootnoteIds.Note(order))
                .Write("\" aria-label=\"").Write(HtmlText.Encode(state.Words.Format("page.footnote", order))).Write("\">").Write(number).Write("</a></sup>");
            return;
        }

        renderer.Write("<sup><a class=\"footnote-ref\" id=\"").Write(FootnoteIds.Reference(obj.Index)).Write("\" href=\"#").Write(FootnoteIds.Note(order))
            .Write("\" aria-label=\"").Write(HtmlText.Encode(state.Words.Format("page.footnote", order))).Write("\">").Write(number).Write("</a></sup>");
    }
}

internal sealed class FootnoteGroupHtml(PageState state) : HtmlObjectRenderer<FootnoteGroup>
{
    protected override void Write(HtmlRenderer renderer, FootnoteGroup obj)
    {
        renderer.EnsureLine();
        renderer.Write("<section class=\"footnotes\" aria-label=\"").Write(HtmlText.Encode(state.Words["page.footnotes"])).WriteLine("\"><ol>");
        foreach (var footnote in obj.OfType<Footnote>())
        {
            renderer.Write("<li id=\"").Write(FootnoteIds.Note(footnote.Order)).WriteLine("\">");
            renderer.WriteChildren(footnote);
            renderer.EnsureLine();
            renderer.WriteLine("</li>");
        }

        renderer.WriteLine("</ol></section>");
    }
}
