using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class UnitFinderTests
{
    /// <summary>Texts shorter and longer than a block, with few and with too many units to compare each.</summary>
    [Fact]
    public void Find_RandomUnits_FindsEachOnce()
    {
        var random = new Random(5);
        var finder = new UnitFinder();
        for (var round = 0; round < 400; round++)
        {
            finder.Clear();
            var wanted = new HashSet<ushort>();
            for (var left = random.Next(random.Next(2) == 0 ? 8 : 150); left > 0; left--)
            {
                var unit = (ushort)random.Next(random.Next(2) == 0 ? 300 : 65_536);
                wanted.Add(unit);
                finder.Add(unit);
            }

            var units = new ushort[random.Next(400)];
            for (var i = 0; i < units.Length; i++)
            {
                units[i] = (ushort)random.Next(random.Next(2) == 0 ? 300 : 65_536);
            }

            var into = new int[units.Length + UnitFinder.Likely];
            var count = finder.Find(units, into);
            Assert.Equal(Enumerable.Range(0, units.Length).Where(at => wanted.Contains(units[at])), into[..count]);
        }
    }
}
