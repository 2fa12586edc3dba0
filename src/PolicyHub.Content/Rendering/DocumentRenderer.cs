using System.Collections.Immutable;
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

    /// <summary>
    /// The page to be edited in place, as the pieces that it is made of; null: it can be edited as Markdown only. What links lead to is not looked at: who may change a
    /// text may read all of it.
    /// </summary>
    /// <param name="fileAddress">Where a file that is not published yet is shown; null: where it always is.</param>
    public ImmutableArray<RenderedPiece>? RenderForEditing(Document document, Func<LibraryPath, string?>? fileAddress)
    {
        if (MarkdownBody.IsTooLarge(document.Body) || MarkdownBody.Parse(document.Body) is not { } markdown)
        {
            return null;
        }

        try
        {
            using var writer = new BodyWriter(document, Words, leads: null, new EditingMarks(fileAddress));
            var body = writer.Write(markdown);
            return [.. writer.Written.Select(piece => new RenderedPiece(piece.Line, body.Html.Slice(piece.Start, piece.End)))];
        }
        catch (PageTooLongException)
        {
            return null;
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
