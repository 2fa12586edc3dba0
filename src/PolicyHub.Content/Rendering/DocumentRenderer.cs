using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Rendering;

/// <summary>Markdown to safe HTML, with the one pipeline. Immutable, safe for use by many threads.</summary>
/// <param name="leads">Whether a file of the library is there for whoever reads; a link to one that is not is written as its words alone. Null: all are.</param>
public sealed class DocumentRenderer(Words words, Func<LibraryPath, bool>? leads = null)
{
    public Words Words { get; } = words;

    /// <summary>Never throws; input over the caps is shown as plain text and reported.</summary>
    public RenderedBody Render(Document document)
    {
        if (MarkdownBody.IsTooLarge(document.Body))
        {
            return AsPlainText(document, ProblemCatalogue.BodyTooLarge(document.Path.Value, MarkdownBody.Largest));
        }

        if (MarkdownBody.Parse(document.Body) is not { } markdown)
        {
            return AsPlainText(document, ProblemCatalogue.BodyTooDeep(document.Path.Value));
        }

        try
        {
            using var writer = new BodyWriter(document, Words, leads);
            return writer.Write(markdown);
        }
        catch (PageTooLongException)
        {
            return AsPlainText(document, ProblemCatalogue.BodyTooLarge(document.Path.Value, BoundedWriter.Longest));
        }
    }

    private RenderedBody AsPlainText(Document document, Problem problem)
    {
        if (leads is not null)
        {
            // The source names what its links lead to.
            document = document with { Body = "" };
        }

        var html = new StringBuilder("<pre class=\"plain-text\">");
        HtmlText.Append(html, document.Body);
        html.Append("</pre>\n");
        return new RenderedBody
        {
            Html = new SafeHtml(html.ToString()),
            Sections = [new RenderedSection("", "", 0, document.Body, 0, html.Length, document.BodyLine)],
            Links = [],
            Problems = [problem],
        };
    }
}
