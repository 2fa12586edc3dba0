using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Tests.Documents;

public sealed class WordsTests
{
    [Fact]
    public void With_KnownAndUnknownKeys_ReplacesOnlyWhatIsThere()
    {
        var words = Words.English.With([KeyValuePair.Create("callout.say", "Tell them"), KeyValuePair.Create("no.such.key", "x")]);

        Assert.Equal("Tell them", words["callout.say"]);
        Assert.Equal("Say", Words.English["callout.say"]);
        Assert.Equal(Words.English.Keys.Order(), words.Keys.Order());
    }

    [Fact]
    public void Format_Values_AreInPlace() => Assert.Equal("Table 2", Words.English.Format("page.table-numbered", 2));

    [Fact]
    public void Index_UnknownKey_Throws() => Assert.Throws<KeyNotFoundException>(() => Words.English["no.such.key"]);

    [Fact]
    public void English_EveryText_IsWellFormedAndNotEmpty() =>
        Assert.All(Words.English.Keys, key => Assert.True(Words.English[key].Length > 0 && Words.English.Takes(key, Words.English[key]), key));
}
