using System.Collections.Frozen;

namespace PolicyHub.Content;

/// <summary>Who reads, as far as content knows: a set of access labels, opaque strings. No person, no role.</summary>
public sealed class Reader
{
    /// <summary>The label that every reader passes, and that alone opens a document to people who are not staff.</summary>
    public const string Public = "public";

    // A line break stands in no label, as labels are written on one line.
    private const char And = '\n';

    /// <summary>No set of labels gives it, as no label holds a control character.</summary>
    private const string AuditorKey = "\r";

    private readonly FrozenSet<string> labels;

    /// <param name="labels">What is no label, as it is empty or holds a control character, is held by nobody.</param>
    public Reader(IEnumerable<string> labels)
    {
        this.labels = labels.Where(label => label.Length > 0 && !label.Any(char.IsControl)).ToFrozenSet(StringComparer.Ordinal);
        Key = string.Join(And, this.labels.Order(StringComparer.Ordinal));
    }

    private Reader() => (labels, SeesAll, Key) = ([], true, AuditorKey);

    /// <summary>Staff with no group: a reader who sees only what has no access rule, or a public one.</summary>
    public static Reader Anyone { get; } = new([]);

    /// <summary>Sees everything, even what a mistake in its access rule closed to all others.</summary>
    public static Reader Auditor { get; } = new();

    public IReadOnlyCollection<string> Labels => labels;

    /// <summary>Whether nothing is hidden from this reader, whatever labels there are.</summary>
    public bool SeesAll { get; }

    /// <summary>The same for two readers who see the same, and for no others: what is kept for a reader is kept under it. Empty: <see cref="Anyone"/>.</summary>
    public string Key { get; }

    /// <summary>Whether this reader may see what carries the label; an empty label is open to every reader, as is <see cref="Public"/>.</summary>
    public bool MaySee(string access) => SeesAll || Holds(access)
        || (access.Contains(And, StringComparison.Ordinal) && access.Split(And).All(Holds));

    /// <summary>The label that asks for both of two labels: of a public one and one that is open to staff, the latter.</summary>
    public static string Both(string one, string other) =>
        one == other ? one
        : IsOpen(one) ? (IsOpen(other) ? "" : other)
        : IsOpen(other) ? one
        : string.Join(And, one.Split(And).Union(other.Split(And)).Order(StringComparer.Ordinal));

    /// <summary>Whether a label keeps nobody of staff out.</summary>
    public static bool IsOpen(string access) => access is "" or Public;

    /// <summary>The labels that one made by <see cref="Both"/> asks for; none where it is open.</summary>
    internal static IEnumerable<string> Parts(string access) => access.Split(And).Where(part => !IsOpen(part));

    private bool Holds(string label) => IsOpen(label) || labels.Contains(label);
}
