using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class WordLengthsTests
{
    /// <summary>Whatever a slip or two lead to is among the likely ones, however the words came in.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public void AddLikely_RandomWords_LeavesNoneOutThatIsNear(int slips, bool unfinished)
    {
        var random = new Random(slips);
        var words = new List<string>();
        var lengths = WordLengths.Empty;
        for (var round = 0; round < 4; round++)
        {
            List<string> added = [.. Enumerable.Range(0, random.Next(600)).Select(_ => Word(random)).Distinct().Except(words)];
            lengths = lengths.With(added, words.Count);
            words.AddRange(added);
        }

        var all = 0;
        for (var asked = 0; asked < 300; asked++)
        {
            var word = Word(random);
            var likely = new List<int>();
            lengths.AddLikely(word, slips, unfinished, likely);
            Assert.Equal(likely.Count, likely.Distinct().Count());
            all += likely.Count;
            var near = Enumerable.Range(0, words.Count).Where(other => EditDistance.Measure(word, words[other], slips) is var (whole, start) && (unfinished ? start : whole) <= slips);
            Assert.Empty(near.Except(likely));
        }

        Assert.InRange(all, 1, 300 * words.Count * 3 / 4);
    }

    [Fact]
    public void AddLikely_NoWords_FindsNone()
    {
        var likely = new List<int>();
        WordLengths.Empty.AddLikely("fee", 1, unfinished: true, likely);
        Assert.Empty(likely);
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => "abcdefgh19é"[random.Next(11)]));
}
