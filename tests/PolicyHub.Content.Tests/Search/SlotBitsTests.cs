using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class SlotBitsTests
{
    [Fact]
    public void AtLeast_RandomValues_KeepsThoseOfTheSet()
    {
        var random = new Random(6);
        for (var round = 0; round < 200; round++)
        {
            var slots = random.Next(1, 300);
            var set = SlotBits.Create(slots);
            var values = new float[set.Length * 64];
            var expected = new List<int>();
            for (var slot = 0; slot < slots; slot++)
            {
                values[slot] = random.Next(4);
                if (random.Next(3) > 0)
                {
                    SlotBits.Add(set, slot);
                    expected.AddRange(values[slot] >= 2 ? [slot] : []);
                }
            }

            var kept = SlotBits.Create(slots);
            Assert.Equal(expected.Count, SlotBits.AtLeast(values, 2, set, kept));
            Assert.Equal(expected, Slots(kept));
            Assert.Equal(expected.Count, SlotBits.CountCommon(kept, set));
            Assert.All(expected, slot => Assert.True(SlotBits.Has(set, slot)));
            expected.ForEach(slot => SlotBits.Remove(set, slot));
            Assert.Equal(0, SlotBits.CountCommon(kept, set));
        }
    }

    private static List<int> Slots(ulong[] set)
    {
        var slots = new List<int>();
        foreach (var slot in SlotBits.Of(set))
        {
            slots.Add(slot);
        }

        return slots;
    }
}
