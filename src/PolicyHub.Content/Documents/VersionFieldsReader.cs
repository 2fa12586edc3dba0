using System.Collections.Immutable;
using System.Text;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Documents;

/// <summary>What the catalogue needs of every version ever.</summary>
/// <param name="Title">As front matter has it, else the first heading where the text begins with one; null where neither does.</param>
/// <param name="Access">The label of its own that a reader must hold; null: its folder's rule.</param>
public readonly record struct VersionFields(
    string? Id, DeclaredMoment? Effective, DeclaredMoment? Rescinded, string? Title = null, string? Access = null);

/// <summary>
/// Reads a few fields from front matter without a YAML parser, as the catalogue does so for tens of thousands of texts. It knows single
/// lines of the form <c>key: value</c> at the left edge, plain or quoted, with comments; that is how these fields are written. Only a label
/// or a day that is written in another way is worth the parser.
/// </summary>
public static class VersionFieldsReader
{
    private const int LongestId = 200;
    private const int LongestTitle = 300;

    /// <summary>Never throws; all null when there is no front matter that ends.</summary>
    public static VersionFields Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes["\uFEFF"u8.Length..];
        }

        var whole = bytes;
        if (!bytes.StartsWith("---"u8) || !IsFence(NextLine(ref bytes)))
        {
            return WithHeading(whole.StartsWith("---"u8) ? WithMissed(default, whole, whole) : default, whole);
        }

        var fields = default(VersionFields);
        var yaml = bytes;
        while (!bytes.IsEmpty)
        {
            var line = NextLine(ref bytes);
            if (IsFence(line) || line.TrimEnd(" \t"u8).SequenceEqual("..."u8))
            {
                return WithHeading(WithMissed(fields, yaml[..^bytes.Length], whole), bytes);
            }

            fields = Take(line, fields);
        }

        return WithHeading(WithMissed(default, whole, whole), whole);
    }

    /// <summary>
    /// What keeps a text from readers, its label and its days, is never missed for the way in which it is written: where it is not on one
    /// line, the parser reads it.
    /// </summary>
    private static VersionFields WithMissed(VersionFields fields, ReadOnlySpan<byte> yaml, ReadOnlySpan<byte> whole)
    {
        // That a text is public is never taken from one line: another may close it.
        var isMissed = (fields.Access is null or Reader.Public && MayStandIn(yaml, "access"u8))
            || (fields.Effective is null && MayStandIn(yaml, "effective"u8))
            || (fields.Rescinded is null && MayStandIn(yaml, "rescinded"u8));
        if (!isMissed || FrontMatter.Decode(whole) is not { } text || FrontMatter.Split(text).Yaml is not { } front)
        {
            return fields;
        }

        var (root, failure) = YamlTree.Read(front, 1);
        if (failure is not null)
        {
            return MayStandIn(yaml, "access"u8) ? fields with { Access = fields.Access is null or Reader.Public ? AccessField.Nobody : fields.Access } : fields;
        }

        if (root is not YamlMap map)
        {
            return fields;
        }

        var read = new FieldReader(map, "", ImmutableArray.CreateBuilder<Problem>(), new FieldPositions());
        return fields with
        {
            Access = fields.Access is null or Reader.Public ? AccessField.Of(read) : fields.Access,
            Effective = fields.Effective ?? read.Moment("effective"),
            Rescinded = fields.Rescinded ?? read.Moment("rescinded"),
        };
    }

    /// <summary>Whether a name stands somewhere before a colon, as it does wherever it is a field.</summary>
    private static bool MayStandIn(ReadOnlySpan<byte> yaml, ReadOnlySpan<byte> name)
    {
        for (var at = yaml.IndexOf(name); at >= 0; at = yaml.IndexOf(name))
        {
            yaml = yaml[(at + name.Length)..];
            if (yaml.TrimStart("\"' \t\r\n"u8) is [(byte)':', ..])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A title that front matter does not give is the heading that the body begins with.</summary>
    private static VersionFields WithHeading(VersionFields fields, ReadOnlySpan<byte> body)
    {
        if (fields.Title is not null)
        {
            return fields;
        }

        while (!body.IsEmpty)
        {
            var line = NextLine(ref body).Trim(" \t"u8);
            if (!line.IsEmpty)
            {
                return line.StartsWith("# "u8) ? fields with { Title = Heading(line[2..]) } : fields;
            }
        }

        return fields;
    }

    private static string? Heading(ReadOnlySpan<byte> line) => Line(Encoding.UTF8.GetString(line).Trim().TrimEnd('#').TrimEnd(), LongestTitle);

    private static string? Line(string text, int longest) => text.Length > 0 && text.Length <= longest && !text.Any(char.IsControl) ? text : null;

    /// <summary>The first of two equal keys counts; of two labels both do.</summary>
    private static VersionFields Take(ReadOnlySpan<byte> line, VersionFields fields)
    {
        // Most lines are told apart by their first letter.
        if (line.IsEmpty || line[0] is not ((byte)'i' or (byte)'e' or (byte)'r' or (byte)'t' or (byte)'a' or (byte)'"' or (byte)'\''))
        {
            return fields;
        }

        if (fields.Id is null && TryValue(line, "id"u8, out var id))
        {
            return fields with { Id = Line(id, LongestId) };
        }

        if (fields.Effective is null && TryValue(line, "effective"u8, out var effective))
        {
            return fields with { Effective = Moment(effective) };
        }

        if (fields.Rescinded is null && TryValue(line, "rescinded"u8, out var rescinded))
        {
            return fields with { Rescinded = Moment(rescinded) };
        }

        if (fields.Title is null && TryValue(line, "title"u8, out var title))
        {
            return fields with { Title = Line(title, LongestTitle) };
        }

        if (TryValue(line, "access"u8, out var access))
        {
            return fields with { Access = fields.Access is { } written ? Reader.Both(written, access) : access };
        }

        return fields;
    }

    private static DeclaredMoment? Moment(string text) => DeclaredMoment.TryParse(text, out var moment) ? moment : null;

    private static bool TryValue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key, out string value)
    {
        value = "";
        if (line[0] is (byte)'"' or (byte)'\'')
        {
            if (line.Length < key.Length + 2 || line[key.Length + 1] != line[0])
            {
                return false;
            }

            line = line[1..(key.Length + 1)].SequenceEqual(key) ? line[(key.Length + 2)..] : default;
        }
        else
        {
            line = line.StartsWith(key) ? line[key.Length..] : default;
        }

        line = line.TrimStart(" \t"u8);
        if (line.IsEmpty || line[0] != ':' || (line.Length > 1 && line[1] is not ((byte)' ' or (byte)'\t')))
        {
            return false;
        }

        value = Scalar(Encoding.UTF8.GetString(line[1..]).Trim());
        return value.Length > 0;
    }

    /// <summary>The text of a scalar on one line; empty for null and for what is no such scalar.</summary>
    private static string Scalar(string text)
    {
        if (text.Length == 0)
        {
            return "";
        }

        if (text[0] is '"' or '\'')
        {
            return Quoted(text);
        }

        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '#' && (index == 0 || text[index - 1] is ' ' or '\t'))
            {
                text = text[..index].TrimEnd();
                break;
            }
        }

        return text is "" or "~" or "null" or "Null" or "NULL" || text[0] is '|' or '>' or '[' or '{' or '&' or '*' or '!' or '%' or '@' or '`' ? "" : text;
    }

    private static string Quoted(string text)
    {
        var quote = text[0];
        var value = new StringBuilder(text.Length);
        for (var index = 1; index < text.Length; index++)
        {
            var letter = text[index];
            if (letter == '\\' && quote == '"' && index + 1 < text.Length)
            {
                value.Append(text[++index]);
            }
            else if (letter != quote)
            {
                value.Append(letter);
            }
            else if (quote == '\'' && index + 1 < text.Length && text[index + 1] == '\'')
            {
                value.Append(text[++index]);
            }
            else
            {
                return value.ToString().Trim();
            }
        }

        return "";
    }

    private static bool IsFence(ReadOnlySpan<byte> line) => line.TrimEnd(" \t"u8).SequenceEqual("---"u8);

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
