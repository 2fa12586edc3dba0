using System.Buffers;
using System.Globalization;
using System.Text;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editing;

/// <summary>
/// Writes YAML 1.2 that any reader of YAML takes for exactly what was given: what could be read as a number, a date, a yes or a mark of the language
/// stands in quotes.
/// </summary>
internal static class YamlText
{
    private const int Deeper = 2;

    /// <summary>Words that older readers take for true, false or nothing.</summary>
    private static readonly string[] Reserved = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];

    /// <summary>What ends a value inside brackets, or may be taken to.</summary>
    private static readonly SearchValues<char> Marks = SearchValues.Create(",[]{}:#\"'");

    public static YamlScalar Text(string text) => new(default, text, IsPlain: false);

    /// <summary>A text that needs no quotes, such as a date.</summary>
    public static YamlScalar Plain(string text) => new(default, text, IsPlain: true);

    /// <summary>A value on one line.</summary>
    /// <param name="isInside">It stands inside brackets.</param>
    /// <param name="quote">The quotes that are taken where they can hold the text; none: only where they are needed.</param>
    public static string OneLine(YamlNode node, bool isInside = false, char quote = '\0') => node switch
    {
        YamlScalar { IsPlain: true } scalar => scalar.Text,
        YamlScalar scalar => Quoted(scalar.Text, isInside, quote),
        YamlList list => $"[{string.Join(", ", list.Items.Select(item => OneLine(item, isInside: true)))}]",
        YamlMap map => $"{{ {string.Join(", ", Written(map).Select(entry => $"{OneLine(Text(entry.Key), isInside: true)}: {OneLine(entry.Value, isInside: true)}"))} }}",
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    /// <summary>A field with its value, as lines without their ends.</summary>
    /// <param name="indent">Spaces before it.</param>
    public static IEnumerable<string> Field(string name, YamlNode value, int indent)
    {
        var key = new string(' ', indent) + OneLine(Text(name)) + ":";
        return value switch
        {
            YamlList { Items: [_, ..] items } when IsLong(value) => items.SelectMany(item => Item(item, indent + Deeper)).Prepend(key),
            YamlMap map => Written(map).SelectMany(entry => Field(entry.Key, entry.Value, indent + Deeper)).Prepend(key),
            _ => [$"{key} {OneLine(value)}"],
        };
    }

    /// <summary>One value of a list, as lines without their ends.</summary>
    /// <param name="indent">Spaces before its dash.</param>
    public static IEnumerable<string> Item(YamlNode value, int indent)
    {
        var dash = new string(' ', indent) + "- ";
        return value is YamlMap map
            ? Written(map).SelectMany(entry => Field(entry.Key, entry.Value, indent + Deeper)).Select((line, index) => index == 0 ? dash + line[dash.Length..] : line)
            : [dash + OneLine(value)];
    }

    /// <summary>What is given as nothing is not written.</summary>
    private static IEnumerable<YamlEntry> Written(YamlMap map) => map.Entries.Where(entry => entry.Value is not YamlScalar { IsNothing: true });

    /// <summary>Whether a list is better written with a line for each value.</summary>
    private static bool IsLong(YamlNode list) => ((YamlList)list).Items.Any(item => item is not YamlScalar) || OneLine(list).Length > 120;

    private static string Quoted(string text, bool isInside, char quote)
    {
        if (quote == '\0' && IsPlain(text, isInside))
        {
            return text;
        }

        var needsEscape = text.Any(MustBeEscaped);
        if (!needsEscape && (quote == '\'' || (quote == '\0' && text.AsSpan().ContainsAny('"', '\\') && !text.Contains('\''))))
        {
            return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        }

        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' or '\\' => quoted.Append('\\').Append(letter),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                _ when MustBeEscaped(letter) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
                _ => quoted.Append(letter),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static bool MustBeEscaped(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF';

    private static bool IsPlain(string text, bool isInside) =>
        text.Length > 0
        && (char.IsLetter(text[0]) || (char.IsAsciiDigit(text[0]) && text.Contains(' ') && text.Any(char.IsLetter) && !text.Contains(':')))
        && !char.IsWhiteSpace(text[^1]) && text[^1] != ':'
        && !text.Any(MustBeEscaped)
        && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal)
        && (!isInside || !text.AsSpan().ContainsAny(Marks))
        && !Reserved.Contains(text, StringComparer.OrdinalIgnoreCase);
}
