using System.Globalization;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace PolicyHub.Content.Rendering;

/// <summary>A table in a region that scrolls by itself and by keyboard; alignment as classes, as no style may stand in a page.</summary>
internal sealed class TableHtml(PageState state) : HtmlObjectRenderer<Table>
{
    protected override void Write(HtmlRenderer renderer, Table obj)
    {
        state.Tables++;
        var label = state.Tables == 1 ? state.Words["page.table"] : state.Words.Format("page.table-numbered", state.Tables);
        renderer.EnsureLine();
        renderer.Write("<div class=\"table-scroll\"").Write(state.Editing is null ? " tabindex=\"0\"" : "").Write(" role=\"region\" aria-label=\"").Write(HtmlText.Encode(label)).WriteLine("\"><table>");

        var part = "";
        foreach (var row in obj.OfType<TableRow>())
        {
            // A header row below the body would need a second head, which HTML does not have.
            var wanted = row.IsHeader && part != "tbody" ? "thead" : "tbody";
            if (wanted != part)
            {
                Close(renderer, part);
                renderer.Write('<').Write(wanted).WriteLine('>');
                part = wanted;
            }

            WriteRow(renderer, obj, row);
        }

        Close(renderer, part);
        renderer.WriteLine("</table></div>");
    }

    private static void WriteRow(HtmlRenderer renderer, Table table, TableRow row)
    {
        renderer.WriteLine("<tr>");
        for (var index = 0; index < row.Count; index++)
        {
            var cell = (TableCell)row[index];
            renderer.Write(row.IsHeader ? "<th scope=\"col\"" : "<td");
            WriteSpan(renderer, "colspan", cell.ColumnSpan);
            WriteSpan(renderer, "rowspan", cell.RowSpan);
            if (AlignmentOf(table, cell, index) is { } alignment)
            {
                renderer.Write(" class=\"align-").Write(alignment).Write('"');
            }

            renderer.Write('>');
            var wasImplicit = renderer.ImplicitParagraph;
            renderer.ImplicitParagraph = cell.Count == 1;
            renderer.WriteChildren(cell);
            renderer.ImplicitParagraph = wasImplicit;
            renderer.WriteLine(row.IsHeader ? "</th>" : "</td>");
        }

        renderer.WriteLine("</tr>");
    }

    private static void WriteSpan(HtmlRenderer renderer, string name, int span)
    {
        if (span > 1)
        {
            renderer.Write(' ').Write(name).Write("=\"").Write(span.ToString(CultureInfo.InvariantCulture)).Write('"');
        }
    }

    private static string? AlignmentOf(Table table, TableCell cell, int index)
    {
        var column = cell.ColumnIndex >= 0 ? cell.ColumnIndex : index;
        return column >= table.ColumnDefinitions.Count ? null : table.ColumnDefinitions[column].Alignment switch
        {
            TableColumnAlign.Left => "left",
            TableColumnAlign.Center => "center",
            TableColumnAlign.Right => "right",
            _ => null,
        };
    }

    private static void Close(HtmlRenderer renderer, string part)
    {
        if (part.Length > 0)
        {
            renderer.Write("</").Write(part).WriteLine('>');
        }
    }
}
