using System.Collections.Immutable;
using System.Globalization;
using AngleSharp.Dom;

namespace PolicyHub.Content.Editing;

/// <summary>Writes a table of rows and columns; its first row is its head, as Markdown has no other.</summary>
internal static class TableMarkdown
{
    private const int MostColumns = 60;

    private const int MostSpan = 20;

    /// <param name="text">The inside of a cell on one line.</param>
    /// <returns>Null: it is no table of data, but holds tables or a single column.</returns>
    public static ImmutableArray<string>? Write(IElement table, Func<IElement, string> text)
    {
        if (table.QuerySelector("table") is not null)
        {
            return null;
        }

        var rows = table.QuerySelectorAll("tr").Select(row => Cells(row, text)).Where(row => row.Any(cell => cell.Text.Length > 0)).ToList();
        var columns = rows.Count == 0 ? 0 : rows.Max(row => row.Count);
        if (columns is < 2 or > MostColumns)
        {
            return null;
        }

        var lines = ImmutableArray.CreateBuilder<string>(rows.Count + 1);
        foreach (var row in rows)
        {
            lines.Add($"| {string.Join(" | ", row.Select(cell => cell.Text).Concat(Enumerable.Repeat("", columns - row.Count)))} |");
            if (lines.Count == 1)
            {
                lines.Add($"| {string.Join(" | ", Enumerable.Range(0, columns).Select(column => Rule(rows, column)))} |");
            }
        }

        return lines.ToImmutable();
    }

    private static List<(string Text, string Alignment)> Cells(IElement row, Func<IElement, string> text)
    {
        var cells = new List<(string, string)>();
        foreach (var cell in row.Children.Where(child => child.LocalName is "td" or "th"))
        {
            cells.Add((text(cell), AlignmentOf(cell)));
            if (int.TryParse(cell.GetAttribute("colspan"), NumberStyles.None, CultureInfo.InvariantCulture, out var span))
            {
                cells.AddRange(Enumerable.Repeat(("", ""), Math.Clamp(span, 1, MostSpan) - 1));
            }
        }

        return cells;
    }

    private static string AlignmentOf(IElement cell) =>
        cell.ClassList.FirstOrDefault(name => name.StartsWith("align-", StringComparison.Ordinal))?["align-".Length..] ?? cell.GetAttribute("align")?.ToLowerInvariant() ?? PastedHtml.Style(cell, "text-align") ?? "";

    private static string Rule(List<List<(string Text, string Alignment)>> rows, int column) =>
        rows.Where(row => row.Count > column).Select(row => row[column].Alignment).FirstOrDefault(alignment => alignment.Length > 0) switch
        {
            "left" => ":---",
            "center" => ":---:",
            "right" => "---:",
            _ => "---",
        };
}
