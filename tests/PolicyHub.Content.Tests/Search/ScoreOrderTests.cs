using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class ScoreOrderTests
{
    /// <summary>Few and many, with many that score the same.</summary>
    [Fact]
    public void Sort_RandomScores_HasThoseWantedInOrder()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            (int Name, float Score)[] items = [.. Enumerable.Range(0, random.Next(round % 10 == 0 ? 1200 : 60)).Select(name => (name, random.Next(20) / 4f))];
            random.Shuffle(items);
            var wanted = random.Next(items.Length + 2);
            (int Name, float Score)[] expected = [.. items.OrderByDescending(item => item.Score).ThenBy(item => item.Name)];

            ScoreOrder.Sort(items.AsSpan(), item => item.Score, (a, b) => a.Name.CompareTo(b.Name), wanted);
            Assert.Equal(expected.Take(wanted), items.Take(wanted));
            Assert.Equal(expected.Select(item => item.Score), items.Select(item => item.Score));
            Assert.Equal(expected.Select(item => item.Name).Order(), items.Select(item => item.Name).Order());
        }
    }
}
