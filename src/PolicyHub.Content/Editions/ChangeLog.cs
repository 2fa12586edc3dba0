using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Editions;

/// <summary>
/// Everything that ever happened to a document of the library, newest first. Made once per edition, in a few milliseconds for thousands
/// of commits; each question is then one pass over it.
/// </summary>
public sealed class ChangeLog
{
    /// <summary>More names than this help nobody to choose.</summary>
    private const int MostPeople = 200;

    /// <summary>Sets of labels whose log is kept: it holds a row for everything that ever happened.</summary>
    private const int MostReaders = 16;

    private static readonly ConditionalWeakTable<Edition, PerReader<ChangeLog>> Kept = [];

    private readonly ImmutableArray<LoggedEvent> events;
    private readonly Lazy<IReadOnlyList<string>> people;

    private ChangeLog(Edition today, Reader reader)
    {
        var standing = today.All.ToDictionary(document => document.History, document => document.Kind);
        events =
        [
            .. from history in today.Catalogue.Documents
               where reader.MaySee(today.AccessOf(history))
               let kind = standing.TryGetValue(history, out var known) ? known : today.Settings.KindOf(history.Path)
               from change in DocumentEvent.Of(history, today, reader)
               orderby change.Published descending, change.Title
               select new LoggedEvent(change, kind),
        ];
        people = new(FindPeople);
    }

    /// <summary>Who had a part in it, the busiest, by name, in the order of names.</summary>
    public IReadOnlyList<string> People => people.Value;

    /// <summary>The log of what a reader may see; kept with the edition for a few sets of labels.</summary>
    /// <param name="today">Says who may see what, and of which kind a document is.</param>
    public static ChangeLog Of(Edition today, Reader reader) =>
        Kept.GetValue(today, _ => new PerReader<ChangeLog>(MostReaders)).Of(reader, one => new ChangeLog(today, one));

    /// <summary>What was asked for, newest first.</summary>
    public IEnumerable<LoggedEvent> Find(ChangeFilter filter) =>
        from known in events
        let change = known.Event
        where (filter.Kind is null || known.Kind == filter.Kind)
            && (filter.Since is null || change.Published >= filter.Since)
            && (filter.Until is null || change.Published <= filter.Until)
            && (filter.Area is null || IsUnder(filter.Area, change))
            && (filter.Person is null || Approval.PeopleOf(change.Commit).Any(name => name.Contains(filter.Person, StringComparison.OrdinalIgnoreCase)))
        select known;

    private IReadOnlyList<string> FindPeople() =>
    [
        .. events.Select(known => known.Event.Commit).DistinctBy(commit => commit.Id)
            .SelectMany(Approval.PeopleOf).CountBy(name => name, StringComparer.Ordinal)
            .OrderByDescending(pair => pair.Value).Take(MostPeople).Select(pair => pair.Key).Order(StringComparer.CurrentCulture),
    ];

    /// <summary>A document belongs to the folder where it stood then, to the one that it left, and to the one where it stands now.</summary>
    private static bool IsUnder(string area, DocumentEvent change) =>
        IsUnder(area, change.Path) || IsUnder(area, change.History.Path) || (change.MovedFrom is { } from && IsUnder(area, from));

    private static bool IsUnder(string area, LibraryPath path) =>
        path.Value.Length > area.Length && path.Value[area.Length] == '/' && path.Value.StartsWith(area, StringComparison.Ordinal);
}

/// <param name="Kind">Of the document today; of one that is gone, what its folder says.</param>
public sealed record LoggedEvent(DocumentEvent Event, DocumentKind Kind);

/// <summary>Which changes are asked for; what is null leaves out nothing.</summary>
public sealed record ChangeFilter
{
    /// <summary>A folder, without a slash at its end.</summary>
    public string? Area { get; init; }

    public DocumentKind? Kind { get; init; }

    /// <summary>A part of the name of an author, of who proposed it or of who approved it.</summary>
    public string? Person { get; init; }

    /// <summary>Published at or after.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Published at or before.</summary>
    public DateTimeOffset? Until { get; init; }
}
