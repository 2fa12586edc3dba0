namespace PolicyHub.Content.Search;

/// <summary>
/// The term frequency of a word in a document, weighed over all fields, in one byte: four bits of exponent and the four bits after the
/// leading one, as Lucene's SmallFloat keeps its norms. What is stored is off by a 32nd at most, from 1/120 to 496.
/// </summary>
internal static class Impact
{
    /// <summary>Of a float of 32 bits all but sign, exponent and four bits of the fraction go.</summary>
    private const int Dropped = 19;

    /// <summary>What stands for 2 to the power of -7 is 0, which is also what no word at all has.</summary>
    private const int Least = (127 - 7) << 4;

    private static readonly float[] Values = [.. Enumerable.Range(0, 256).Select(impact => impact == 0 ? 0 : BitConverter.Int32BitsToSingle((impact + Least) << Dropped))];

    /// <summary>By impact, the term frequency that it stands for.</summary>
    public static ReadOnlySpan<float> Frequencies => Values;

    /// <summary>The nearest impact; half way goes up. What is too small or too large for a byte gets the least or the most that is not 0.</summary>
    public static byte Of(float frequency)
    {
        var rounded = (BitConverter.SingleToInt32Bits(frequency) + (1 << (Dropped - 1))) >> Dropped;
        return frequency > 0 ? (byte)Math.Clamp(rounded - Least, 1, 255) : (byte)0;
    }
}
