using System.Collections.Concurrent;

namespace PolicyHub.Content;

/// <summary>
/// What is costly to make and the same for all readers of equal rights, kept by <see cref="Reader.Key"/>. The number of sets of rights is bounded:
/// past it, what is asked for is made anew each time.
/// </summary>
internal sealed class PerReader<T>(int most = PerReader<T>.Most)
    where T : class
{
    private const int Most = 64;

    private readonly ConcurrentDictionary<string, T> kept = new(StringComparer.Ordinal);

    /// <summary>Two threads may both make it; they make the same.</summary>
    public T Of(Reader reader, Func<Reader, T> make)
    {
        if (kept.TryGetValue(reader.Key, out var known))
        {
            return known;
        }

        var made = make(reader);
        return kept.Count < most ? kept.GetOrAdd(reader.Key, made) : made;
    }
}
