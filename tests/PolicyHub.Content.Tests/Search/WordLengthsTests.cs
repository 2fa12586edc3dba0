using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class WordLengthsTests
{
    /// <summary>All that a slip or two lead to, and nothing else, however the words came in.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public void Near_RandomWords_FindsThoseThatAre(int slips, bool unfinished)
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
            var found = new List<(int Word, int Slips, bool Whole)>();
            lengths.Near(word, slips, unfinished, IsKnown, found);
            all += found.Count;
            Assert.Equal(
                Enumerable.Range(0, words.Count).Where(IsKnown)
                    .Select(other => (Word: other, Distance: EditDistance.Measure(word, words[other], slips)))
                    .Select(other => (other.Word, Slips: unfinished ? other.Distance.Start : other.Distance.Whole, other.Distance.Whole))
                    .Where(other => other.Slips <= slips)
                    .Select(other => (other.Word, other.Slips, other.Whole <= other.Slips)),
                found.Order());
        }

        Assert.InRange(all, 1, 300 * words.Count * 3 / 4);

        static bool IsKnown(int word) => word % 7 != 3;
    }

    [Fact]
    public void Near_NoWords_FindsNone()
    {
        var found = new List<(int Word, int Slips, bool Whole)>();
        WordLengths.Empty.Near("fee", 1, unfinished: true, _ => true, found);
        Assert.Empty(found);
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => "abcdefgh19é"[random.Next(11)]));
}
