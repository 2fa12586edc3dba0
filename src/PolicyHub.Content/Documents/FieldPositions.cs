using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Documents;

/// <summary>Where the fields of a file stand, so that what is found later, across documents, can still name line and column.</summary>
public sealed class FieldPositions
{
    private readonly Dictionary<string, SourcePosition> positions = new(StringComparer.Ordinal);

    internal FieldPositions()
    {
    }

    public static FieldPositions None { get; } = new();

    /// <summary>
    /// The position of a field's value, such as <c>desk</c> or <c>answers[0].section</c>; of the nearest field around it where
    /// it stands not by itself; none where the file does not have it.
    /// </summary>
    public SourcePosition Of(string field)
    {
        while (!positions.TryGetValue(field, out var position))
        {
            var end = field.LastIndexOfAny(['.', '[']);
            if (end <= 0)
            {
                return SourcePosition.None;
            }

            field = field[..end];
        }

        return positions[field];
    }

    /// <summary>The position of one value of a list field.</summary>
    public SourcePosition Of(string field, int index) => Of(FormattableString.Invariant($"{field}[{index}]"));

    internal void Set(string field, SourcePosition position) => positions[field] = position;
}
