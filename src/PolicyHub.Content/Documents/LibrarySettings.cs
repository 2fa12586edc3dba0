using System.Collections.Immutable;
using System.Globalization;

namespace PolicyHub.Content.Documents;

/// <summary>What <c>library.yml</c> says, every field with a default, so that any Markdown repository works without one.</summary>
public sealed record LibrarySettings
{
    public static LibrarySettings Default { get; } = new();

    public string Name { get; init; } = "PolicyHub";

    public string ShortName { get; init; } = "PolicyHub";

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>A BCP 47 tag; chooses the culture of dates, the <c>lang</c> of pages and the analyzer of search.</summary>
    public string Language { get; init; } = "en-US";

    /// <summary>The culture of dates and numbers on screen.</summary>
    public CultureInfo Culture => CultureInfo.GetCultureInfo(Language);

    public string Theme { get; init; } = "civic";

    /// <summary>The emergency page, one key away from everywhere; null when the library has none.</summary>
    public LibraryPath? Emergency { get; init; }

    /// <summary>Months from one review to the next where a document names no date.</summary>
    public int ReviewCycleMonths { get; init; } = 12;

    /// <summary>Kind by folder; the longest folder that holds a document decides.</summary>
    public ImmutableArray<KeyValuePair<string, DocumentKind>> Kinds { get; init; } = [];

    /// <summary>Folder to the label under which the home page offers it, in the order written.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Areas { get; init; } = [];

    /// <summary>Slug to label; empty: any audience may be named.</summary>
    public ImmutableDictionary<string, string> Audiences { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Positions by slug; empty: any owner may be named.</summary>
    public ImmutableDictionary<string, Position> Positions { get; init; } = ImmutableDictionary<string, Position>.Empty;

    public ImmutableArray<Holiday> Holidays { get; init; } = [];

    /// <summary>The groups that access labels name: slug to name. A label that is none of them admits only auditors.</summary>
    public ImmutableDictionary<string, string> Groups { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Access label by folder, for documents that name none; the longest folder decides.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Access { get; init; } = [];

    /// <summary>Who has to say yes to a change.</summary>
    public ApprovalRules Approvals { get; init; } = ApprovalRules.None;

    /// <summary>The words on screen, with this library's own put in.</summary>
    public Words Words { get; init; } = Words.English;

    /// <summary>Where the settings stand in <c>library.yml</c>.</summary>
    public FieldPositions WrittenAt { get; init; } = FieldPositions.None;

    public DocumentKind KindOf(LibraryPath path) => LongestFolder(Kinds, path, out var kind) ? kind : DocumentKind.Page;

    public string AccessOf(LibraryPath path) => LongestFolder(Access, path, out var label) ? label : "";

    /// <summary>The labels that a member of groups holds: those groups that this library declares. Asked of today's settings, whatever day is read.</summary>
    public IEnumerable<string> LabelsOf(IEnumerable<string> groups) => groups.Where(Groups.ContainsKey).Distinct(StringComparer.Ordinal);

    /// <summary>What the longest folder that holds a path says; false: none holds it.</summary>
    internal static bool LongestFolder<T>(ImmutableArray<KeyValuePair<string, T>> rules, LibraryPath path, out T value)
    {
        value = default!;
        var longest = -1;
        foreach (var (folder, candidate) in rules)
        {
            if (folder.Length > longest && IsUnder(path, folder))
            {
                (longest, value) = (folder.Length, candidate);
            }
        }

        return longest >= 0;
    }

    /// <summary>An empty folder is the root, which holds every path.</summary>
    private static bool IsUnder(LibraryPath path, string folder) => folder.Length == 0 || (
        path.Value.Length > folder.Length && path.Value[folder.Length] == '/' && path.Value.StartsWith(folder, StringComparison.Ordinal));
}

/// <param name="HeldBy">Names of people; empty: nobody holds it, which is a problem for every document that it owns.</param>
public sealed record Position(string Slug, string Title, ImmutableArray<string> HeldBy)
{
    /// <summary>The position above, to which an approval goes that waits too long; null: none.</summary>
    public string? Above { get; init; }
}

public sealed record Holiday(DateOnly Date, string Name);
