using System.Collections.Immutable;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Documents;

/// <summary>
/// The label in <c>access</c>, closed where in doubt: several labels ask for all of them, and what is no label at all is one that nobody
/// holds, so that a mistake in the field never opens a text.
/// </summary>
internal static class AccessField
{
    /// <summary>No label that a person writes, as labels are written on one line.</summary>
    public const string Nobody = "\r";

    /// <summary>Null where the field is missing or empty: the folder's rule.</summary>
    public static string? Of(FieldReader fields)
    {
        if (fields.Holds<YamlMap>("access"))
        {
            fields.List("access");
            return Nobody;
        }

        var labels = fields.List("access");
        return labels.IsEmpty ? null : labels.Aggregate(Reader.Both);
    }

    /// <summary>The same of a whole file, with a YAML parser.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        if (FrontMatter.Decode(bytes) is not { } text || FrontMatter.Split(text).Yaml is not { } yaml)
        {
            return null;
        }

        var (root, failure) = YamlTree.Read(yaml, 1);
        return failure is not null ? Nobody
            : root is YamlMap map ? Of(new FieldReader(map, "", ImmutableArray.CreateBuilder<Problem>(), new FieldPositions()))
            : null;
    }

    /// <summary>Whether <c>access</c> stands somewhere before a colon, as it does wherever it is a field.</summary>
    public static bool MayStandIn(ReadOnlySpan<byte> yaml)
    {
        for (var at = yaml.IndexOf("access"u8); at >= 0; at = yaml.IndexOf("access"u8))
        {
            yaml = yaml[(at + "access"u8.Length)..];
            if (yaml.TrimStart("\"' \t\r\n"u8) is [(byte)':', ..])
            {
                return true;
            }
        }

        return false;
    }
}
