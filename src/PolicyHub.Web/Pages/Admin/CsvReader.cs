using System.Collections.Immutable;
using System.Text;

namespace PolicyHub.Web.Pages.Admin;

/// <summary>Reads a table that somebody saved from a spreadsheet: RFC 4180, with commas, semicolons or tabs between cells, whichever the first line has most of.</summary>
internal static class CsvReader
{
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>Rows with the line on which each begins; empty ones are left out. A quote that nobody closes ends with the text.</summary>
    public static IReadOnlyList<(int Line, ImmutableArray<string> Cells)> Read(string text)
    {
        var rows = new List<(int, ImmutableArray<string>)>();
        var (cells, cell, isQuoted, line, start) = (new List<string>(), new StringBuilder(), false, 1, 1);
        text = text.TrimStart('\uFEFF');
        var between = Between(text);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            line += letter == '\n' ? 1 : 0;
            if (isQuoted)
            {
                if (letter != '"')
                {
                    cell.Append(letter);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append(text[at++]);
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (letter == '"' && cell.ToString().Trim().Length == 0)
            {
                cell.Clear();
                isQuoted = true;
            }
            else if (letter == between)
            {
                EndCell();
            }
            else if (letter == '\n')
            {
                EndRow();
                start = line;
            }
            else
            {
                cell.Append(letter);
            }
        }

        EndRow();
        return rows;

        void EndCell()
        {
            cells.Add(Plain(cell.ToString().Trim()));
            cell.Clear();
        }

        void EndRow()
        {
            EndCell();
            if (cells.Any(one => one.Length > 0))
            {
                rows.Add((start, [.. cells]));
            }

            cells.Clear();
        }
    }

    // Our own files put an apostrophe before what a spreadsheet would run; here it is taken off again.
    private static string Plain(string cell) => cell.Length > 1 && cell[0] == '\'' && cell[1] is '=' or '+' or '-' or '@' ? cell[1..] : cell;

    private static char Between(string text)
    {
        var first = text.Split('\n', 2)[0];
        return Separators.MaxBy(sign => first.Count(letter => letter == sign));
    }
}
