using PolicyHub.Content.Search;

namespace PolicyHub.Web.Pages.Find;

/// <summary>Excerpts run on in one line; in those of a table each row begins a line of its own again, so that it can be read.</summary>
public static class ExcerptRows
{
    private const string BetweenCells = " | ";

    private const char Cut = '…';

    /// <summary>The excerpt with its rows parted by line breaks; as it is where it shows no table.</summary>
    public static MarkedText Of(SearchHit hit)
    {
        ArgumentNullException.ThrowIfNull(hit);
        var excerpt = hit.Excerpt;
        if (!excerpt.Text.Contains(BetweenCells, StringComparison.Ordinal))
        {
            return excerpt;
        }

        var source = hit.Document.Sections[hit.Section].Text;
        var lead = excerpt.Text.StartsWith(Cut) ? 1 : 0;
        var shown = excerpt.Text[lead..].TrimEnd(Cut);
        var start = source.Replace('\n', ' ').IndexOf(shown, StringComparison.Ordinal);
        if (start < 0)
        {
            return excerpt;
        }

        var text = excerpt.Text.ToCharArray();
        for (var at = source.IndexOf('\n', start); at >= 0 && at < start + shown.Length; at = source.IndexOf('\n', at + 1))
        {
            if (IsRow(LineBefore(source, at)) || IsRow(LineAfter(source, at)))
            {
                text[lead + at - start] = '\n';
            }
        }

        return excerpt with { Text = new string(text) };
    }

    private static bool IsRow(ReadOnlySpan<char> line) => line.Contains(BetweenCells, StringComparison.Ordinal);

    private static ReadOnlySpan<char> LineBefore(string text, int lineBreak) => text.AsSpan(0, lineBreak)[(text.AsSpan(0, lineBreak).LastIndexOf('\n') + 1)..];

    private static ReadOnlySpan<char> LineAfter(string text, int lineBreak)
    {
        var rest = text.AsSpan(lineBreak + 1);
        return rest.IndexOf('\n') is var end and >= 0 ? rest[..end] : rest;
    }
}
