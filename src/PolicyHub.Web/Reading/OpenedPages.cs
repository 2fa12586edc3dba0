using System.Collections.Concurrent;
using System.Collections.Immutable;
using PolicyHub.Records.Reading;

namespace PolicyHub.Web.Reading;

/// <summary>Pages that people opened and the records have not heard of yet: noting one costs a request next to nothing.</summary>
public sealed class OpenedPages
{
    /// <summary>Beyond it pages are not noted until the records have taken in the others.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(Guid Person, string Path), DateTimeOffset> pending = new();

    public void Note(Guid person, string path, DateTimeOffset at)
    {
        if (pending.Count < Most)
        {
            pending[(person, path)] = at;
        }
    }

    /// <summary>Those of one person that the records have not heard of.</summary>
    public IEnumerable<OpenedPage> PendingOf(Guid person) =>
        from page in pending
        where page.Key.Person == person
        select new OpenedPage(person, page.Key.Path, page.Value);

    /// <summary>Forgets those of one person.</summary>
    public void Forget(Guid person)
    {
        foreach (var page in PendingOf(person))
        {
            pending.TryRemove((person, page.Path), out _);
        }
    }

    internal ImmutableArray<OpenedPage> All() => [.. pending.Select(page => new OpenedPage(page.Key.Person, page.Key.Path, page.Value))];

    /// <summary>Drops what the records have taken in, unless it was opened again since.</summary>
    internal void Told(IEnumerable<OpenedPage> pages)
    {
        foreach (var page in pages)
        {
            pending.TryRemove(KeyValuePair.Create((page.Person, page.Path), page.At));
        }
    }
}
