using System.Globalization;
using System.Text;

namespace PolicyHub.Content.Comparison;

/// <summary>Cuts a text into words, white space and signs; together the pieces are the text to the letter.</summary>
internal static class TextWords
{
    /// <summary>
    /// The length of the piece that starts at a place. A number keeps its points and commas, a word its apostrophes and the marks on its
    /// letters; an ideograph is a word by itself. In HTML a character reference is one piece, so that no cut falls into it.
    /// </summary>
    public static int LengthAt(ReadOnlySpan<char> text, bool isHtml)
    {
        if (isHtml && text[0] == '&')
        {
            var end = text.IndexOf(';');
            return end < 0 ? 1 : end + 1;
        }

        if (char.IsWhiteSpace(text[0]))
        {
            var length = 1;
            while (length < text.Length && char.IsWhiteSpace(text[length]))
            {
                length++;
            }

            return length;
        }

        Rune.DecodeFromUtf16(text, out var first, out var at);
        if (!IsWord(first))
        {
            return WithMarks(text, at);
        }

        if (IsIdeograph(first))
        {
            return WithMarks(text, at);
        }

        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text[at..], out var next, out var taken);
            if (IsIdeograph(next) || !(IsWord(next) || IsMark(next) || JoinsAt(text, at)))
            {
                break;
            }

            at += taken;
        }

        return at;
    }

    public static IEnumerable<string> Cut(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = LengthAt(text.AsSpan(at), isHtml: false);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    private static int WithMarks(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text[at..], out var next, out var taken);
            if (!IsMark(next))
            {
                break;
            }

            at += taken;
        }

        return at;
    }

    /// <summary>A point or comma between digits, an apostrophe between letters.</summary>
    private static bool JoinsAt(ReadOnlySpan<char> text, int at) => at > 0 && at + 1 < text.Length && text[at] switch
    {
        '.' or ',' => char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]),
        '\'' or '’' => char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]),
        _ => false,
    };

    private static bool IsWord(Rune rune) => Rune.IsLetterOrDigit(rune);

    private static bool IsMark(Rune rune) => rune.Value is 0x200D or 0xFFFD
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsIdeograph(Rune rune) => rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0x20000 and <= 0x3FFFF);
}
