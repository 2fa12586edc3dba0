using System.Collections.Frozen;

namespace PolicyHub.Content;

/// <summary>Who reads, as far as content knows: a set of access labels, opaque strings. No person, no role.</summary>
public sealed class Reader
{
    // A line break stands in no label, as labels are written on one line.
    private const char And = '\n';

    private readonly FrozenSet<string> labels;

    public Reader(IEnumerable<string> labels) => this.labels = labels.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A reader with no label: sees only what has no access rule.</summary>
    public static Reader Anyone { get; } = new([]);

    public IReadOnlyCollection<string> Labels => labels;

    /// <summary>Whether this reader may see what carries the label; an empty label is open to every reader.</summary>
    public bool MaySee(string access) => access.Length == 0 || labels.Contains(access)
        || (access.Contains(And, StringComparison.Ordinal) && access.Split(And).All(labels.Contains));

    /// <summary>The label that asks for both of two labels.</summary>
    public static string Both(string one, string other) =>
        one.Length == 0 || one == other ? other : other.Length == 0 ? one : string.Join(And, one.Split(And).Union(other.Split(And)).Order(StringComparer.Ordinal));
}
