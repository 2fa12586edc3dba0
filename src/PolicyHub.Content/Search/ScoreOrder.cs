namespace PolicyHub.Content.Search;

/// <summary>Sorts by score, the highest first.</summary>
internal static class ScoreOrder
{
    private const int MostOnStack = 512;

    /// <param name="scoreOf">No score is negative.</param>
    /// <param name="alike">Which goes first of those that score the same; a dear question, asked of these only.</param>
    /// <param name="wanted">So many are looked at, from the first: behind them those that score the same may stand in any order.</param>
    public static void Sort<T>(Span<T> items, Func<T, float> scoreOf, Comparison<T> alike, int wanted)
    {
        var keys = items.Length <= MostOnStack ? stackalloc float[items.Length] : new float[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            keys[i] = -scoreOf(items[i]);
        }

        keys.Sort(items);
        for (var (from, to) = (0, 1); from < items.Length && from < wanted; from = to++)
        {
            while (to < items.Length && keys[to] == keys[from])
            {
                to++;
            }

            if (to > from + 1)
            {
                items[from..to].Sort(alike);
            }
        }
    }
}
