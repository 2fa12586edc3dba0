using System.Globalization;
using System.Text;

namespace PolicyHub.Content.Search;

/// <summary>What a character is to search, and the letters that it is folded to: lower case, without accents.</summary>
internal static class Folding
{
    /// <summary>Latin, Greek and the letters of old word processors; the rest has no accents to take off and is only put in lower case.</summary>
    private static readonly Dictionary<char, string> Folded = Tabulate((0xC0, 0x24F), (0x370, 0x3FF), (0x1E00, 0x1FFF), (0xFB00, 0xFB06), (0xFF10, 0xFF5A));

    private static readonly Class[] Ascii =
    [
        .. Enumerable.Range(0, 128).Select(code => (char)code).Select(letter =>
            char.IsAsciiLetter(letter) ? Class.Letter : char.IsAsciiDigit(letter) ? Class.Digit : letter == '\'' ? Class.Apostrophe : Class.Other),
    ];

    internal enum Class : byte
    {
        Other,
        Letter,
        Digit,

        /// <summary>An accent of its own, or a soft hyphen: part of a word, and left out.</summary>
        Ignored,

        /// <summary>A letter of a script without spaces between words: a word by itself.</summary>
        Ideograph,
        Apostrophe,
    }

    public static Class ClassOf(char letter) => letter < Ascii.Length ? Ascii[letter] : ClassBeyondAscii(letter);

    private static Class ClassBeyondAscii(char letter)
    {

        if (letter is '\u2019' or '\u2018' or '\u02BC' or '\uFF07')
        {
            return Class.Apostrophe;
        }

        if (letter is '\u00AD' or (>= '\u0300' and <= '\u036F') or (>= '\u064B' and <= '\u0652') or '\u200D' or '\u200C')
        {
            return Class.Ignored;
        }

        if (letter is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF'))
        {
            return Class.Ideograph;
        }

        return char.GetUnicodeCategory(letter) switch
        {
            UnicodeCategory.DecimalDigitNumber => Class.Digit,
            // Vowel signs of Indic scripts are marks; without them the words fall together.
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => Class.Letter,
            // Half of a pair: the letters beyond the basic plane are historic scripts and symbols; a pair is kept as it stands.
            UnicodeCategory.Surrogate => Class.Other,
            _ => char.IsLetter(letter) ? Class.Letter : Class.Other,
        };
    }

    /// <summary>Writes the folded letters and returns how many; at most 4.</summary>
    public static int Fold(char letter, Span<char> into)
    {
        if (letter < 128)
        {
            into[0] = (char)(letter is >= 'A' and <= 'Z' ? letter | 0x20 : letter);
            return 1;
        }

        if (Folded.TryGetValue(letter, out var folded))
        {
            folded.CopyTo(into);
            return folded.Length;
        }

        into[0] = char.IsDigit(letter) ? (char)('0' + (int)char.GetNumericValue(letter)) : char.ToLowerInvariant(letter);
        return 1;
    }

    private static Dictionary<char, string> Tabulate(params ReadOnlySpan<(int From, int To)> ranges)
    {
        var table = new Dictionary<char, string>
        {
            ['ß'] = "ss",
            ['æ'] = "ae",
            ['Æ'] = "ae",
            ['œ'] = "oe",
            ['Œ'] = "oe",
            ['ø'] = "o",
            ['Ø'] = "o",
            ['đ'] = "d",
            ['Đ'] = "d",
            ['ł'] = "l",
            ['Ł'] = "l",
            ['ı'] = "i",
            ['þ'] = "th",
            ['Þ'] = "th",
            ['ð'] = "d",
            ['Ð'] = "d",
            ['ё'] = "е",
            ['Ё'] = "е",
        };
        foreach (var (from, to) in ranges)
        {
            for (var code = from; code <= to; code++)
            {
                var letters = ((char)code).ToString().Normalize(NormalizationForm.FormKD)
                    .Where(char.IsLetterOrDigit)
                    .Select(char.ToLowerInvariant);
                var text = string.Concat(letters);
                if (text.Length is > 0 and <= 4)
                {
                    table.TryAdd((char)code, text);
                }
            }
        }

        return table;
    }
}
