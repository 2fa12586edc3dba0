namespace PolicyHub.Content.Search;

/// <summary>Finding one ascending list in another.</summary>
internal static class SlotSearch
{
    /// <summary>The first position from one on whose document is not before a slot: by doubling steps, then bisection.</summary>
    public static int Advance(ReadOnlySpan<ushort> documents, int from, ushort slot)
    {
        if (from >= documents.Length || documents[from] >= slot)
        {
            return from;
        }

        var step = 1;
        while (from + step < documents.Length && documents[from + step] < slot)
        {
            from += step;
            step *= 2;
        }

        var to = Math.Min(documents.Length, from + step);
        from++;
        while (from < to)
        {
            var middle = (from + to) >>> 1;
            (from, to) = documents[middle] < slot ? (middle + 1, to) : (from, middle);
        }

        return from;
    }
}
