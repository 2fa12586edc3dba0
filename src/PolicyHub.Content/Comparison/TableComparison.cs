namespace PolicyHub.Content.Comparison;

/// <summary>
/// Two states of a table as one: its rows and columns are put side by side, so that a new column marks its cells and leaves the others
/// as they are. Every row written has a cell for every column of both.
/// </summary>
internal sealed class TableComparison
{
    private readonly HtmlNumbers numbers;
    private readonly ComparisonWriter writer;
    private readonly Action<HtmlElement, HtmlElement> writeCell;
    private readonly List<(int Old, int New)> columns;
    private readonly HtmlElement old;
    private readonly HtmlElement fresh;

    private TableComparison(HtmlElement old, HtmlElement fresh, HtmlNumbers numbers, ComparisonWriter writer, Action<HtmlElement, HtmlElement> writeCell)
    {
        (this.old, this.fresh, this.numbers, this.writer, this.writeCell) = (old, fresh, numbers, writer, writeCell);
        columns = Alignment.Of(Columns(old), Columns(fresh));
    }

    /// <summary>Writes the table as one, or answers false where cells span others or no column is in both: then both are shown whole.</summary>
    /// <param name="writeCell">Writes a cell that stands in both and differs.</param>
    public static bool TryWrite(HtmlElement old, HtmlElement fresh, HtmlNumbers numbers, ComparisonWriter writer, Action<HtmlElement, HtmlElement> writeCell)
    {
        if (HasSpans(old) || HasSpans(fresh))
        {
            return false;
        }

        var table = new TableComparison(old, fresh, numbers, writer, writeCell);
        if (!table.columns.Exists(column => column is { Old: >= 0, New: >= 0 }))
        {
            return false;
        }

        writer.Open(fresh);
        table.WritePart("thead");
        table.WritePart("tbody");
        writer.Close(fresh);
        return true;
    }

    private static IEnumerable<HtmlElement> ElementsOf(HtmlElement element) => element.Children.OfType<HtmlElement>();

    private static bool HasSpans(HtmlElement table) =>
        AllRows(table).SelectMany(row => row).Any(cell => cell["colspan"] is not null || cell["rowspan"] is not null);

    private static List<HtmlElement[]> AllRows(HtmlElement table) => [.. ElementsOf(table).SelectMany(ElementsOf).Select(row => ElementsOf(row).ToArray())];

    private static List<HtmlElement[]> Rows(HtmlElement table, string part) =>
        [.. ElementsOf(table).Where(group => group.Tag == part).SelectMany(ElementsOf).Select(row => ElementsOf(row).ToArray())];

    /// <summary>A column is known by its heading, else by what stands in it.</summary>
    private List<Alignment.Part> Columns(HtmlElement table)
    {
        var rows = AllRows(table);
        var count = rows.Count == 0 ? 0 : rows.Max(row => row.Length);
        return
        [
            .. from column in Enumerable.Range(0, count)
               let cells = rows.Where(row => column < row.Length).Select(row => row[column]).ToList()
               select new Alignment.Part(numbers.KeyOf(cells[0].Children), 0, numbers.WordsOf(cells)),
        ];
    }

    private void WritePart(string part)
    {
        var (left, right) = (Rows(old, part), Rows(fresh, part));
        if (left.Count + right.Count == 0)
        {
            return;
        }

        writer.Html.Append('<').Append(part).Append(">\n");
        foreach (var (oldRow, newRow) in Alignment.Of(Parts(left, column => column.Old), Parts(right, column => column.New)))
        {
            writer.Html.Append("<tr>\n");
            if (oldRow >= 0 && newRow >= 0)
            {
                WritePair(left[oldRow], right[newRow]);
            }
            else
            {
                WriteAlone(oldRow >= 0 ? left[oldRow] : right[newRow], oldRow >= 0 ? Mark.Removed : Mark.Added);
            }

            writer.Html.Append("</tr>\n");
        }

        writer.Html.Append("</").Append(part).Append(">\n");
    }

    /// <summary>Rows by their cells in the columns that both have.</summary>
    private List<Alignment.Part> Parts(List<HtmlElement[]> rows, Func<(int Old, int New), int> side) =>
    [
        .. from row in rows
           let cells = columns.Where(column => column is { Old: >= 0, New: >= 0 }).Select(side).Where(place => place < row.Length).Select(place => row[place]).ToList()
           select new Alignment.Part(numbers.KeyOf(cells), 0, numbers.WordsOf(cells)),
    ];

    private void WritePair(HtmlElement[] left, HtmlElement[] right)
    {
        foreach (var (oldColumn, newColumn) in columns)
        {
            switch (At(left, oldColumn), At(right, newColumn))
            {
                case ({ } before, { } after) when before.Key == after.Key:
                    writer.Write([after]);
                    break;
                case ({ } before, { } after):
                    writeCell(before, after);
                    break;
                case (var before, var after):
                    writer.Changed += (before ?? after) is { Children.Count: > 0 } ? 1 : 0;
                    WriteCell(before ?? after, before is null ? Mark.Added : Mark.Removed);
                    break;
            }
        }
    }

    private void WriteAlone(HtmlElement[] row, Mark mark)
    {
        writer.CountWhole(mark);
        var isEmpty = row.All(cell => cell.Children.Count == 0);
        foreach (var (oldColumn, newColumn) in columns)
        {
            WriteCell(At(row, mark == Mark.Removed ? oldColumn : newColumn), mark, isEmpty);
        }
    }

    private void WriteCell(HtmlElement? cell, Mark mark, bool evenIfEmpty = false)
    {
        if (cell is null)
        {
            writer.Html.Append("<td></td>\n");
            return;
        }

        writer.Html.Append(writer.OpeningOf(cell, mark == Mark.Removed));
        writer.WriteWhole(cell.Children, mark, evenIfEmpty);
        writer.Close(cell);
    }

    private static HtmlElement? At(HtmlElement[] row, int column) => column >= 0 && column < row.Length ? row[column] : null;
}
