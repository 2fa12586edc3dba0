using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PolicyHub.Content.Search;

/// <summary>
/// Finds where a few units stand in a word stream. A search reads the texts of its best documents for the words of the query, some 70 000 units at
/// 20 words: 64 units at a time are held against each word, which is several times as fast as asking a table about one unit after the other.
/// </summary>
internal sealed class UnitFinder
{
    /// <summary>Wanted units in most blocks, at most.</summary>
    public const int Likely = 4;

    private const int Block = 64;

    /// <summary>Past so many units to look for the table is as fast.</summary>
    private const int MostCompared = 96;

    private readonly List<ushort> wanted = [];

    /// <summary>A bit for each unit there can be.</summary>
    private readonly uint[] bits = new uint[(ushort.MaxValue + 1) / 32];

    public void Clear()
    {
        foreach (var unit in wanted)
        {
            bits[unit >> 5] = 0;
        }

        wanted.Clear();
    }

    public void Add(ushort unit)
    {
        if (!Has(unit))
        {
            bits[unit >> 5] |= 1u << unit;
            wanted.Add(unit);
        }
    }

    /// <summary>Writes the places of the wanted units, ascending.</summary>
    /// <param name="into">Has room for <see cref="Likely"/> more than there are units.</param>
    /// <returns>How many.</returns>
    public int Find(ReadOnlySpan<ushort> units, Span<int> into)
    {
        var (count, at) = (0, 0);
        if (Vector256.IsHardwareAccelerated && wanted.Count <= MostCompared && units.Length >= Block)
        {
            ref var first = ref MemoryMarshal.GetReference(units);
            for (var done = 0; done < units.Length; done = at + Block)
            {
                // The last block reaches back over what was looked at.
                at = Math.Min(done, units.Length - Block);
                var met = Compare(ref Unsafe.Add(ref first, at)) >> (done - at) << (done - at);

                // Most blocks have some, few have more than four: four are written whether they are there or not, as simdjson does (Langdale and Lemire 2019).
                var end = count + BitOperations.PopCount(met);
                for (var i = 0; i < Likely; i++, met &= met - 1)
                {
                    into[count + i] = at + BitOperations.TrailingZeroCount(met);
                }

                for (count += Likely; count < end; count++, met &= met - 1)
                {
                    into[count] = at + BitOperations.TrailingZeroCount(met);
                }

                count = end;
            }

            return count;
        }

        for (; at < units.Length; at++)
        {
            // Without a branch: which word of a text is met nobody can foretell.
            into[count] = at;
            count += Has(units[at]) ? 1 : 0;
        }

        return count;
    }

    private bool Has(ushort unit) => ((bits[unit >> 5] >> unit) & 1) != 0;

    /// <summary>A bit for each of 64 units that is wanted: the least of what it differs in from all that are wanted is then nothing.</summary>
    private ulong Compare(ref ushort units)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var (low, high) = (Vector512.LoadUnsafe(ref units), Vector512.LoadUnsafe(ref units, 32));
            var (leastLow, leastHigh) = (Vector512<ushort>.AllBitsSet, Vector512<ushort>.AllBitsSet);
            foreach (var unit in CollectionsMarshal.AsSpan(wanted))
            {
                var same = Vector512.Create(unit);
                leastLow = Vector512.Min(leastLow, low ^ same);
                leastHigh = Vector512.Min(leastHigh, high ^ same);
            }

            return Bits(leastLow) | (Bits(leastHigh) << 32);
        }

        var (first, second) = (Vector256.LoadUnsafe(ref units), Vector256.LoadUnsafe(ref units, 16));
        var (third, fourth) = (Vector256.LoadUnsafe(ref units, 32), Vector256.LoadUnsafe(ref units, 48));
        var least = Vector256<ushort>.AllBitsSet;
        var (leastSecond, leastThird, leastFourth) = (least, least, least);
        foreach (var unit in CollectionsMarshal.AsSpan(wanted))
        {
            var same = Vector256.Create(unit);
            least = Vector256.Min(least, first ^ same);
            leastSecond = Vector256.Min(leastSecond, second ^ same);
            leastThird = Vector256.Min(leastThird, third ^ same);
            leastFourth = Vector256.Min(leastFourth, fourth ^ same);
        }

        return Bits(least) | (Bits(leastSecond) << 16) | (Bits(leastThird) << 32) | (Bits(leastFourth) << 48);
    }

    private static ulong Bits(Vector512<ushort> least) => Vector512.Equals(least, Vector512<ushort>.Zero).ExtractMostSignificantBits();

    private static ulong Bits(Vector256<ushort> least) => Vector256.Equals(least, Vector256<ushort>.Zero).ExtractMostSignificantBits();
}
