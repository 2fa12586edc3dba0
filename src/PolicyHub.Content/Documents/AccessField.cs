using System.Collections.Immutable;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Documents;

/// <summary>
/// The label in <c>access</c>, closed where in doubt: several labels ask for all of them, <c>public</c> beside another is as if it were not
/// there, and what is no label at all is one that nobody holds, so that a mistake in the field never opens a text.
/// </summary>
internal static class AccessField
{
    /// <summary>No label that a person writes, as labels are written on one line.</summary>
    public const string Nobody = "\r";

    /// <summary>Null where the field is missing or empty: the folder's rule.</summary>
    public static string? Of(FieldReader fields)
    {
        // Reports what is no text.
        fields.List("access");
        return fields.Every("access").Select(entry => Of(entry.Value, fields, "access")).OfType<string>().Aggregate((string?)null, (one, other) => one is null ? other : Reader.Both(one, other));
    }

    /// <summary>The label that a value asks for; null where it says nothing.</summary>
    public static string? Of(YamlNode value, FieldReader fields, string name)
    {
        var labels = (value is YamlList list ? list.Items : [value]).Select(Label).OfType<string>().ToImmutableArray();
        if (labels.Contains(Reader.Public) && labels.Any(label => label != Reader.Public))
        {
            fields.Report(ProblemCatalogue.PublicAndMore(fields.File, value.Position, name));
        }

        return labels.IsEmpty ? null : labels.Aggregate(Reader.Both);
    }

    private static string? Label(YamlNode node) => node switch
    {
        YamlScalar { IsNothing: true } => null,
        YamlScalar scalar => string.IsNullOrWhiteSpace(scalar.Text) ? null : scalar.Text.Trim(),
        _ => Nobody,
    };
}
