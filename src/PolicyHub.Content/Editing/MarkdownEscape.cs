using System.Text;

namespace PolicyHub.Content.Editing;

/// <summary>
/// Text as Markdown that means just that text. What could not be taken for a mark stays as it was typed, so that a source remains readable:
/// the rules of CommonMark 0.31 and of the extensions that the pipeline turns on.
/// </summary>
internal static class MarkdownEscape
{
    /// <summary>Text inside a line.</summary>
    public static string Inline(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (IsMark(text, at))
            {
                escaped.Append('\\');
            }

            escaped.Append(text[at]);
        }

        return escaped.ToString();
    }

    /// <summary>What begins a paragraph, or a line of one, so that it begins nothing else: a heading, a list, a quote, a rule, code, a definition.</summary>
    public static string LineStart(string line)
    {
        if (line.Length == 0)
        {
            return line;
        }

        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is > 0 and <= 9 && digits < line.Length && line[digits] is '.' or ')' && (digits + 1 == line.Length || line[digits + 1] == ' '))
        {
            return line[..digits] + "\\" + line[digits..];
        }

        var isMark = line[0] switch
        {
            '#' => line.TrimStart('#') is "" or [' ', ..],
            '>' or '|' => true,
            '-' or '+' => line.Length == 1 || line[1] is ' ' or '-' or '=' || line.Trim('-', ' ').Length == 0,
            '=' => line.Trim('=', ' ').Length == 0,
            '~' => line.StartsWith("~~~", StringComparison.Ordinal),
            ':' => line.Length == 1 || line[1] is ' ' or '-',
            _ => false,
        };
        return isMark ? "\\" + line : line;
    }

    /// <summary>Whether what follows an ampersand would make another sign of it.</summary>
    private static bool IsEntity(ReadOnlySpan<char> text)
    {
        var length = text.StartsWith("#") ? 1 : 0;
        while (length < text.Length && char.IsAsciiLetterOrDigit(text[length]))
        {
            length++;
        }

        return length > 0 && length < text.Length && text[length] == ';';
    }

    private static bool IsMark(string text, int at)
    {
        char before = at > 0 ? text[at - 1] : ' ', after = at + 1 < text.Length ? text[at + 1] : ' ';
        return text[at] switch
        {
            '\\' => char.IsAscii(after) && char.IsPunctuation(after) || char.IsSymbol(after) || at + 1 == text.Length,
            '`' or '[' or ']' => true,
            '*' => !(char.IsWhiteSpace(before) && char.IsWhiteSpace(after)) || at == 0,
            '_' => !(char.IsLetterOrDigit(before) && char.IsLetterOrDigit(after)) && !(char.IsWhiteSpace(before) && char.IsWhiteSpace(after)),
            '~' => before == '~' || after == '~',
            '<' => char.IsAsciiLetter(after) || after is '/' or '!' or '?',
            '&' => IsEntity(text.AsSpan(at + 1)),
            '|' => true,
            _ => false,
        };
    }
}
