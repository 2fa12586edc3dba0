using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class SynonymsReaderTests
{
    [Fact]
    public void Read_Entries_AreKept()
    {
        var (synonyms, problems) = SynonymsReader.Read("- { words: [late charge, penalty], means: [late fee] }\n- { words: waver, means: [waiver], one-way: true }\n");

        Assert.Empty(problems);
        Assert.Equal(["late charge", "penalty"], synonyms.Entries[0].Words);
        Assert.False(synonyms.Entries[0].OneWay);
        Assert.Equal("waver", Assert.Single(synonyms.Entries[1].Words));
        Assert.True(synonyms.Entries[1].OneWay);
    }

    [Theory]
    [InlineData("- { words: [a] }\n- { words: [b], means: [c] }", 1, 1, 1)]
    [InlineData("- { words: [b], means: [c] }\n- just words", 1, 2, 1)]
    [InlineData("- { words: [b], means: [c], one-way: perhaps }", 1, 1, 0)]
    [InlineData("words: [a]", 1, 1, 0)]
    [InlineData("- { words: [a", 1, 2, 0)]
    [InlineData("", 0, 0, 0)]
    public void Read_WrongEntry_IsAProblemWithItsLine(string yaml, int problems, int line, int entries)
    {
        var (synonyms, found) = SynonymsReader.Read(yaml);

        Assert.Equal(problems, found.Length);
        Assert.Equal(entries, synonyms.Entries.Length);
        Assert.All(found, problem => Assert.Equal(("bad-synonyms", line), (problem.Code, problem.Position.Line)));
    }
}
