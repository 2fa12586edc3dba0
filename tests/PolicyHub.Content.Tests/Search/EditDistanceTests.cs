using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("waver", "waiver", 1)]
    [InlineData("recieve", "receive", 1)]
    [InlineData("fee", "fee", 0)]
    [InlineData("form", "from", 1)]
    [InlineData("informaation", "information", 1)]
    [InlineData("abc", "xyz", 3)]
    public void Measure_KnownPairs_CountSlips(string word, string other, int slips) =>
        Assert.Equal(Math.Min(slips, 3), EditDistance.Measure(word, other, 2).Whole);

    [Fact]
    public void Measure_AnyWords_AgreesWithTheWholeTable()
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var (word, other) = (Word(random), Word(random));
            var most = random.Next(1, 3);
            var table = Table(word, other);
            var (whole, start) = EditDistance.Measure(word, other, most);
            Assert.Equal(Math.Min(table[word.Length, other.Length], most + 1), Math.Min(whole, most + 1));
            Assert.Equal(Math.Min(Enumerable.Range(0, other.Length + 1).Min(j => table[word.Length, j]), most + 1), Math.Min(start, most + 1));
        }
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => "abc"[random.Next(3)]));

    /// <summary>Optimal string alignment, the whole table, as textbooks have it.</summary>
    private static int[,] Table(string word, string other)
    {
        var table = new int[word.Length + 1, other.Length + 1];
        for (var i = 0; i <= word.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                    table[i - 1, j - 1] + (word[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table;
    }
}
