using System.Text;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Rendering;

/// <summary>A box of a task list: shown, not to be clicked, and said aloud.</summary>
internal sealed class TaskHtml(PageState state) : HtmlObjectRenderer<TaskList>
{
    protected override void Write(HtmlRenderer renderer, TaskList obj) => renderer
        .Write("<input type=\"checkbox\"").Write(state.Editing is null ? " disabled" : "").Write(obj.Checked ? " checked" : "")
        .Write(" aria-label=\"").Write(HtmlText.Encode(state.Words[obj.Checked ? "page.task-done" : "page.task-open"])).Write("\">");
}

/// <summary>Links and images.</summary>
internal sealed class LinkHtml(PageState state) : HtmlObjectRenderer<LinkInline>
{
    protected override void Write(HtmlRenderer renderer, LinkInline obj)
    {
        var url = obj.GetDynamicUrl?.Invoke() ?? obj.Url ?? "";
        var address = LinkWriter.Record(state, obj, url, obj.IsImage);
        if (obj.IsImage)
        {
            WriteImage(renderer, obj, address, url);
            return;
        }

        if (state.InsideLink || address.Refusal == LinkRefusal.Hidden)
        {
            renderer.WriteChildren(obj);
            return;
        }

        state.InsideLink = true;
        LinkWriter.Open(renderer, state, address, url, obj.Title);
        renderer.WriteChildren(obj);
        renderer.Write("</a>");
        state.InsideLink = false;
    }

    private void WriteImage(HtmlRenderer renderer, LinkInline image, LinkAddress address, string url)
    {
        var words = new StringBuilder();
        PlainText.Append(words, image, 0);
        var alt = words.ToString().ReplaceLineEndings(" ").Trim();
        if (address.Href is null)
        {
            WriteWords(renderer, alt, url);
            return;
        }

        if (alt.Length == 0)
        {
            state.Report(ProblemCatalogue.ImageWithoutAlt(state.Document.Path.Value, state.PositionOf(image)));
        }

        // No page loads anything from another host, so such an image is offered as a link.
        if (address.IsExternal)
        {
            state.Report(ProblemCatalogue.ExternalImage(state.Document.Path.Value, state.PositionOf(image)));
            var label = alt.Length == 0 && state.Editing is null ? state.Words["page.image"] : alt;
            if (state.InsideLink)
            {
                WriteWords(renderer, label, url);
                return;
            }

            LinkWriter.Open(renderer, state, address, url, image.Title, isPicture: true);
            renderer.Write(HtmlText.Encode(label)).Write("</a>");
            return;
        }

        renderer.Write("<img src=\"").Write(HtmlText.Encode(state.Editing?.FileAddress(address.Target) ?? address.Href)).Write("\" alt=\"").Write(HtmlText.Encode(alt)).Write("\" loading=\"lazy\"");
        LinkWriter.WriteTitle(renderer, image.Title);
        if (state.Editing is not null)
        {
            EditingMarks.Write(renderer, EditingMarks.Address, url);
        }

        renderer.Write('>');
    }

    /// <summary>A picture that is not shown, by its words.</summary>
    private void WriteWords(HtmlRenderer renderer, string alt, string url)
    {
        if (state.Editing is null)
        {
            renderer.Write(HtmlText.Encode(alt));
            return;
        }

        renderer.Write("<span ").Write(EditingMarks.Picture);
        EditingMarks.Write(renderer, EditingMarks.Address, url);
        renderer.Write('>').Write(HtmlText.Encode(alt)).Write("</span>");
    }
}

/// <summary>An address in angle brackets.</summary>
internal sealed class AutolinkHtml(PageState state) : HtmlObjectRenderer<AutolinkInline>
{
    protected override void Write(HtmlRenderer renderer, AutolinkInline obj)
    {
        var address = LinkWriter.Record(state, obj, obj.IsEmail ? "mailto:" + obj.Url : obj.Url, isImage: false);
        if (state.InsideLink || address.Refusal == LinkRefusal.Hidden)
        {
            renderer.Write(HtmlText.Encode(obj.Url));
            return;
        }

        LinkWriter.Open(renderer, state, address, obj.IsEmail ? "mailto:" + obj.Url : obj.Url, null);
        renderer.Write(HtmlText.Encode(obj.Url)).Write("</a>");
    }
}

internal static class LinkWriter
{
    /// <summary>Decides where a link leads, and notes it for checks.</summary>
    public static LinkAddress Record(PageState state, Inline link, string url, bool isImage)
    {
        var address = LinkAddress.Of(state.Document.Path, url, isImage);
        if (!state.Leads(address))
        {
            return LinkAddress.Hidden;
        }

        var position = state.PositionOf(link);
        state.Links.Add(new DocumentLink(url, address.Target, address.Anchor, isImage, address.IsExternal, position));
        switch (address.Refusal)
        {
            case LinkRefusal.Unsafe:
                state.Report(ProblemCatalogue.UnsafeLink(state.Document.Path.Value, position, url));
                break;
            case LinkRefusal.LeavesLibrary:
                state.Report(ProblemCatalogue.LinkLeavesLibrary(state.Document.Path.Value, position, url));
                break;
            default:
                break;
        }

        return address;
    }

    public static void Open(HtmlRenderer renderer, PageState state, LinkAddress address, string url, string? title, bool isPicture = false)
    {
        renderer.Write("<a");
        if (state.Editing is not null)
        {
            EditingMarks.Write(renderer, EditingMarks.Address, url);
            renderer.Write(isPicture ? $" {EditingMarks.Picture}" : "");
        }

        if (address.Href is null)
        {
            renderer.Write(" class=\"blocked-link\">");
            return;
        }

        renderer.Write(" href=\"").Write(HtmlText.Encode(state.Editing?.FileAddress(address.Target) ?? address.Href)).Write('"');
        if (address.IsExternal)
        {
            renderer.Write(" rel=\"noopener noreferrer\"");
        }

        WriteTitle(renderer, title);
        renderer.Write('>');
    }

    public static void WriteTitle(HtmlRenderer renderer, string? title)
    {
        if (!string.IsNullOrWhiteSpace(title))
        {
            renderer.Write(" title=\"").Write(HtmlText.Encode(title)).Write('"');
        }
    }
}
