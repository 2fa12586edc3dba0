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
}
