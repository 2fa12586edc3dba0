namespace PolicyHub.Content.Search;

/// <summary>A word of a text that the query meets, or that is part of something it means as a whole.</summary>
internal struct MetPlace
{
    /// <summary>How many words stand before it in the text.</summary>
    public required int At { get; init; }

    /// <summary>See <see cref="MatchMap.NumberOf"/>.</summary>
    public required int Number { get; init; }

    /// <summary>The words of the query that are met here; none where only part of a whole stands.</summary>
    public ulong Words { get; set; }

    /// <summary>Worth a mark by itself.</summary>
    public bool IsStrong { get; set; }

    /// <summary>A word so common that it tells nothing is marked only beside one that does.</summary>
    public static bool IsMarked(ReadOnlySpan<MetPlace> places, int i)
    {
        var place = places[i];
        return place.Words != 0 && (place.IsStrong
            || (i > 0 && places[i - 1].IsStrong && places[i - 1].At == place.At - 1)
            || (i + 1 < places.Length && places[i + 1].IsStrong && places[i + 1].At == place.At + 1));
    }
}
