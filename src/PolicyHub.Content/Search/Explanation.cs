using System.Collections.Immutable;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>How a word of the library came to stand for what was asked.</summary>
public enum MatchWay
{
    Typed,

    /// <summary>Another form of the word: fee, fees.</summary>
    Form,

    /// <summary>It begins with the word, which was unfinished.</summary>
    Prefix,

    /// <summary>Written as one word where it was asked as two, or the other way round.</summary>
    Joined,
    Synonym,
    Corrected,
}

/// <summary>Where in a document a word was met.</summary>
[Flags]
public enum MatchPlaces
{
    None = 0,
    Title = 1,
    Id = 2,
    AlsoKnownAs = 4,

    /// <summary>The heading of the section found.</summary>
    Heading = 8,

    /// <summary>A question that the document answers.</summary>
    Answer = 16,
    Summary = 32,

    /// <summary>Facts of the front matter, such as the phone number of a desk.</summary>
    Details = 64,

    /// <summary>The text of the section found.</summary>
    Text = 128,

    /// <summary>Another section.</summary>
    Elsewhere = 256,
}

/// <summary>Words that stand in the document for what was asked.</summary>
/// <param name="Words">As search reads them: lower case, without accents.</param>
public sealed record WordMatch(string Words, MatchWay Way, MatchPlaces Places);

/// <summary>A word of the query, or several that mean something together, and what met it; nothing where the document has none of it.</summary>
public sealed record WordReason(string Asked, ImmutableArray<WordMatch> Matches);

/// <summary>Why a search found a document.</summary>
/// <param name="Words">In the order of the query.</param>
/// <param name="Pinned">Why its owner placed it first; null where nobody did.</param>
public sealed record Explanation(ImmutableArray<WordReason> Words, string? Pinned)
{
    public static Explanation None { get; } = new([], null);

    /// <summary>A sentence for each thing that was met or not, in the words of the library.</summary>
    public IEnumerable<string> Sentences(Words words)
    {
        if (Pinned is { } reason)
        {
            yield return words.Format("why.pinned", reason);
        }

        foreach (var word in Words)
        {
            if (word.Matches.IsEmpty)
            {
                yield return words.Format("why.nowhere", word.Asked);
            }

            foreach (var way in word.Matches.GroupBy(match => match.Way))
            {
                var places = way.Aggregate(MatchPlaces.None, (sum, match) => sum | match.Places);
                yield return words.Format("why." + Key(way.Key), word.Asked, Listed([.. way.Select(match => words.Format("why.quoted", match.Words))], words), Places(places, words));
            }
        }
    }

    private static string Places(MatchPlaces places, Words words) => Listed(
        [.. Enum.GetValues<MatchPlaces>().Where(place => place != MatchPlaces.None && places.HasFlag(place)).Select(place => words["why.place." + Key(place)])], words);

    private static string Listed(IReadOnlyList<string> names, Words words) =>
        names.Count < 2 ? string.Concat(names) : words.Format("why.list", string.Join(words["why.list.comma"], names.SkipLast(1)), names[^1]);

    private static string Key<T>(T name)
        where T : struct, Enum => $"{name}".ToLowerInvariant();
}
