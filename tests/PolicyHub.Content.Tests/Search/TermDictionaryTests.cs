using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class TermDictionaryTests
{
    /// <summary>Letters that a byte holds, the last that it holds, one that it doesn't, and a script of its own.</summary>
    private const string Letters = "abe19éþÿāжж水";

    /// <summary>Short words, words that begin alike for longer than the head that they are looked up by, words that come in later: all as a plain list has them.</summary>
    [Fact]
    public void Find_RandomWords_AsAListHasThem()
    {
        var random = new Random(11);
        var analyzer = Analyzer.For("en");
        var (dictionary, words) = (TermDictionary.Empty, new List<string>());
        for (var round = 0; round < 6; round++)
        {
            List<string> added = [.. Enumerable.Range(0, random.Next(1, 500)).Select(_ => Word(random)).Distinct().Except(words)];
            dictionary = dictionary.With(added, analyzer);
            words.AddRange(added);
            var sorted = words.Order(StringComparer.Ordinal).ToList();
            for (var asked = 0; asked < 300; asked++)
            {
                var word = random.Next(3) == 0 ? Word(random) : words[random.Next(words.Count)];
                Assert.Equal(words.IndexOf(word), dictionary.Find(word));

                var prefix = word[..random.Next(word.Length + 1)];
                Assert.Equal(sorted.Where(other => other.StartsWith(prefix, StringComparison.Ordinal)), Text(dictionary.StartingWith(prefix)));

                var stem = analyzer.Stem(word);
                Assert.Equal(sorted.Where(other => analyzer.Stem(other) == stem), Text(dictionary.WithStem(stem)));

                var sound = analyzer.Sound(word);
                Assert.Equal(sorted.Where(other => sound != 0 && analyzer.Sound(other) == sound), Text(dictionary.SoundingLike(sound)));
            }
        }

        List<string> Text(ReadOnlySpan<int> found) => [.. found.ToArray().Select(word => dictionary[word])];
    }

    [Fact]
    public void Find_NoWords_FindsNone()
    {
        Assert.Equal(-1, TermDictionary.Empty.Find("fee"));
        Assert.Empty(TermDictionary.Empty.StartingWith("").ToArray());
        Assert.Empty(TermDictionary.Empty.WithStem("fee").ToArray());
        Assert.Empty(TermDictionary.Empty.SoundingLike(7).ToArray());
    }

    private static string Word(Random random)
    {
        var rest = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Letters[random.Next(Letters.Length)]));
        return random.Next(3) switch { 0 => "abababab" + rest, 1 => "ab" + rest + "ing", _ => rest };
    }
}
