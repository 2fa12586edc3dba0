using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class WordStreamTests
{
    [Fact]
    public void Reader_AnyNumbers_GivesThemBack()
    {
        int[] words = [0, 1, 49_151, 49_152, 49_153, 57_343, 57_344, 57_345, 65_535, 65_536, 1_000_000, 67_000_000, 7, 49_152];
        var units = new List<ushort>();
        foreach (var word in words)
        {
            WordStream.Append(units, word);
        }

        var read = new List<int>();
        foreach (var word in new WordStream.Reader(units.ToArray()))
        {
            read.Add(word);
        }

        Assert.Equal(words, read);
    }

    [Fact]
    public void Count_AnyStretch_CountsItsWords()
    {
        var random = new Random(3);
        for (var length = 0; length < 200; length++)
        {
            var units = new List<ushort>();
            for (var i = 0; i < length; i++)
            {
                WordStream.Append(units, random.Next(2) == 0 ? random.Next(49_152) : random.Next(1_000_000));
            }

            Assert.Equal(length, WordStream.Count(units.ToArray()));
        }
    }

    /// <summary>Words past the 49 152nd are searched, corrected, quoted and marked like any other, next to each other too.</summary>
    [Fact]
    public void Search_WordsWithHighNumbers_AreFoundLikeAnyOther()
    {
        static string Name(int number) => string.Concat(number.ToString("D6", System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)('a' + (digit - '0'))));
        var documents = Enumerable.Range(0, 60)
            .Select(part => Library.Doc($"d{part:00}", $"Part {part}", string.Join(' ', Enumerable.Range(part * 1000, 1000).Select(Name))))
            .Append(Library.Doc("late", "Late fees", $"Pay {Name(59_000)} {Name(59_001)} {Name(59_500)} by the day."))
            .ToArray();
        var index = SearchIndex.Build(documents, "en");
        Assert.True(index.Words > 60_000);
        Assert.Equal(["d59", "late"], index.Find(Name(59_001)).Paths().Order());
        Assert.Equal(["late"], index.Find($"\"{Name(59_001)} {Name(59_500)}\" ").Paths());
        Assert.Equal(["d59"], index.Find($"\"{Name(59_001)} {Name(59_002)}\" ").Paths());
        Assert.Contains($"[{Name(59_500)}] by", Library.Marked(index.Find($"late {Name(59_500)}").Hits[0].Excerpt), StringComparison.Ordinal);
        Assert.Equal("late", index.Find($"{Name(59_001)} {Name(59_500)}").Paths()[0]);
    }
}
