using System.Numerics;
using System.Runtime.Intrinsics;

namespace PolicyHub.Content.Search;

/// <summary>Sets of slots, a bit each, 64 to a word: what a search asks of all documents it asks of many at once.</summary>
internal static class SlotBits
{
    private const int Slots = 64;

    /// <summary>An empty set.</summary>
    /// <param name="slots">How many there are.</param>
    public static ulong[] Create(int slots) => new ulong[(slots + Slots - 1) / Slots];

    public static bool Has(ReadOnlySpan<ulong> set, int slot) => (set[slot / Slots] >> slot & 1) != 0;

    public static void Add(Span<ulong> set, int slot) => set[slot / Slots] |= 1ul << slot;

    public static void Remove(Span<ulong> set, int slot) => set[slot / Slots] &= ~(1ul << slot);

    /// <summary>Leaves in a set only what is in another as well.</summary>
    public static void Keep(Span<ulong> set, ReadOnlySpan<ulong> other)
    {
        for (var i = 0; i < set.Length; i++)
        {
            set[i] &= other[i];
        }
    }

    /// <summary>How many two sets have in common.</summary>
    public static int CountCommon(ReadOnlySpan<ulong> set, ReadOnlySpan<ulong> other)
    {
        var count = 0;
        for (var i = 0; i < set.Length && i < other.Length; i++)
        {
            count += BitOperations.PopCount(set[i] & other[i]);
        }

        return count;
    }

    /// <summary>Those of a set whose value is not below a bound.</summary>
    /// <param name="values">By slot, with room to the end of the last word.</param>
    /// <param name="into">As long as the set; may be the same.</param>
    /// <returns>How many they are.</returns>
    public static int AtLeast(float[] values, float bound, ReadOnlySpan<ulong> set, Span<ulong> into)
    {
        var (bounds, wide) = (Vector256.Create(bound), Vector512.Create(bound));
        var count = 0;
        for (var i = 0; i < set.Length; i++)
        {
            var word = set[i];
            if (word != 0)
            {
                ref var first = ref values.AsSpan(i * Slots, Slots)[0];
                word &= Vector512.IsHardwareAccelerated ? AtLeast(ref first, wide) : AtLeast(ref first, bounds);
                count += BitOperations.PopCount(word);
            }

            into[i] = word;
        }

        return count;
    }

    private static ulong AtLeast(ref float values, Vector512<float> bounds)
    {
        var set = 0ul;
        for (var part = 0; part < Slots; part += Vector512<float>.Count)
        {
            set |= Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref values, (nuint)part), bounds).ExtractMostSignificantBits() << part;
        }

        return set;
    }

    private static ulong AtLeast(ref float values, Vector256<float> bounds)
    {
        var set = 0ul;
        for (var part = 0; part < Slots; part += Vector256<float>.Count)
        {
            set |= (ulong)Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref values, (nuint)part), bounds).ExtractMostSignificantBits() << part;
        }

        return set;
    }

    /// <summary>The slots of a set, ascending.</summary>
    public static Enumerator Of(ReadOnlySpan<ulong> set) => new(set);

    /// <summary>Goes over a set; it may lose slots meanwhile.</summary>
    public ref struct Enumerator(ReadOnlySpan<ulong> set)
    {
        private readonly ReadOnlySpan<ulong> set = set;
        private int next;
        private ulong word;

        public readonly Enumerator GetEnumerator() => this;

        public int Current { get; private set; }

        public bool MoveNext()
        {
            while (word == 0)
            {
                if (next == set.Length)
                {
                    return false;
                }

                word = set[next++];
            }

            Current = ((next - 1) * Slots) + BitOperations.TrailingZeroCount(word);
            word &= word - 1;
            return true;
        }
    }
}
