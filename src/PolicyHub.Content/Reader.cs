using System.Collections.Frozen;

namespace PolicyHub.Content;

/// <summary>Who reads, as far as content knows: a set of access labels, opaque strings. No person, no role.</summary>
public sealed class Reader
{
    private readonly FrozenSet<string> labels;

    public Reader(IEnumerable<string> labels) => this.labels = labels.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A reader with no label: sees only what has no access rule.</summary>
    public static Reader Anyone { get; } = new([]);

    public IReadOnlyCollection<string> Labels => labels;

    /// <summary>Whether this reader may see what carries the label; an empty label is open to every reader.</summary>
    public bool MaySee(string access) => access.Length == 0 || labels.Contains(access);
}
