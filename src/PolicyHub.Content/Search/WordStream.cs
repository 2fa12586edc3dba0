using System.Numerics;
using System.Runtime.Intrinsics;

namespace PolicyHub.Content.Search;

/// <summary>
/// Word numbers in 16 bits each. Words are numbered as they come, so those that come often have low numbers; the few from
/// 49 152 on take two units, as UTF-16 has it for rare characters: one of C000 to DFFF, then one of E000 to FFFF. That makes 67 million words.
/// </summary>
internal static class WordStream
{
    private const int High = 0xC000;
    private const int Low = 0xE000;
    private const int LowBits = 13;

    /// <summary>The unit that a word starts with; no word has it as its second.</summary>
    public static ushort FirstUnit(int word) => (ushort)(word < High ? word : High | ((word - High) >> LowBits));

    public static void Append(List<ushort> units, int word)
    {
        units.Add(FirstUnit(word));
        if (word >= High)
        {
            units.Add((ushort)(Low | ((word - High) & ((1 << LowBits) - 1))));
        }
    }

    /// <summary>How many words a stretch of a stream has that starts and ends between words.</summary>
    public static int Count(ReadOnlySpan<ushort> units)
    {
        // One that is no second unit, each.
        var (count, at) = (units.Length, 0);
        for (; at <= units.Length - Vector512<ushort>.Count; at += Vector512<ushort>.Count)
        {
            var seconds = Vector512.GreaterThanOrEqual(Vector512.Create(units[at..]), Vector512.Create((ushort)Low));
            count -= BitOperations.PopCount(seconds.ExtractMostSignificantBits());
        }

        for (; at < units.Length; at++)
        {
            count -= units[at] >= Low ? 1 : 0;
        }

        return count;
    }

    /// <summary>The word at a place of a stream, and the place after it.</summary>
    public static int Read(ReadOnlySpan<ushort> units, int at, out int next)
    {
        var unit = units[at];
        next = at + (unit < High ? 1 : 2);
        return unit < High ? unit : High + ((unit & (Low - High - 1)) << LowBits | (units[at + 1] & ((1 << LowBits) - 1)));
    }

    /// <summary>Reads words one after the other.</summary>
    public ref struct Reader(ReadOnlySpan<ushort> units)
    {
        private readonly ReadOnlySpan<ushort> units = units;
        private int next;

        public int Current { get; private set; }

        public readonly Reader GetEnumerator() => this;

        public bool MoveNext()
        {
            if (next >= units.Length)
            {
                return false;
            }

            Current = Read(units, next, out next);
            return true;
        }
    }
}
