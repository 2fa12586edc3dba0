using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace PolicyHub.Web.Pages.History;

/// <summary>A table as a file (RFC 4180) that spreadsheets open: in UTF-8 with the mark they look for, and no cell a formula.</summary>
public static class Csv
{
    /// <summary>With one of these a cell stands within quotes.</summary>
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n;\t");

    /// <param name="rows">The first holds the names of the columns.</param>
    public static FileContentResult File(string name, IEnumerable<IEnumerable<string?>> rows) =>
        new(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Write(rows))).ToArray(), "text/csv; charset=utf-8") { FileDownloadName = name };

    public static string Write(IEnumerable<IEnumerable<string?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// A text that a spreadsheet would run, because of how it begins, gets an apostrophe before it (OWASP, CSV Injection); a cell within quotes
    /// keeps commas and line breaks.
    /// </summary>
    private static string Cell(string? value)
    {
        var text = value ?? "";
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠')
        {
            text = "'" + text;
        }

        return text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
