namespace PolicyHub.Content.Search;

/// <summary>A word of the library that a query meets; used again for other words in other queries.</summary>
internal sealed class Match
{
    public int Word { get; private set; }

    /// <summary>Words of the query that it meets by itself, by place.</summary>
    public ulong Words { get; set; }

    /// <summary>Those of <see cref="Words"/> that it is a form of.</summary>
    public ulong Typed { get; set; }

    public float Weight { get; set; }

    /// <summary>Alternatives of several words that it is a part of.</summary>
    public List<(int Whole, int Group)> Parts { get; } = [];

    /// <summary>All words of the query, by place, that it meets, by itself or with others.</summary>
    public ulong All { get; set; }

    public void Reset(int word)
    {
        (Word, Words, Typed, Weight, All) = (word, 0, 0, 0, 0);
        Parts.Clear();
    }
}
