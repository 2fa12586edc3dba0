using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class AnalyzerTests
{
    [Theory]
    // case and accents
    [InlineData("Late FEES", "late fees")]
    [InlineData("Café Renée", "cafe renee")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("Straße", "strasse")]
    [InlineData("ﬁle Ｆｅｅ", "file fee")]
    [InlineData("ΆΛΦΑ", "αλφα")]
    [InlineData("Ёлка", "елка")]
    // apostrophes
    [InlineData("resident's bill", "resident bill")]
    [InlineData("residents’ bills", "residents bills")]
    [InlineData("don't can’t", "dont cant")]
    [InlineData("O'Brien", "obrien")]
    [InlineData("'quoted'", "quoted")]
    // hyphens
    [InlineData("shut-off", "shut off")]
    [InlineData("follow‑up", "follow up")]
    [InlineData("co\u00ADoperate", "cooperate")]
    // ids
    [InlineData("UB-014", "ub014")]
    [InlineData("see ub-014.", "see ub014")]
    [InlineData("COVID-19", "covid19 covid")]
    [InlineData("18F form W-4", "18f form w4")]
    // numbers, money
    [InlineData("1,250 and 3.5", "1250 and 3.5")]
    [InlineData("$25.00", "25")]
    [InlineData("$25.50", "25.50")]
    [InlineData("$1,250.00", "1250")]
    [InlineData("10% of 12,34", "10 of 12 34")]
    // units
    [InlineData("30days 5pm 10kg", "30 days 5 pm 10 kg")]
    [InlineData("1st 22nd", "1st 22nd")]
    [InlineData("5-day", "5 day")]
    // phone numbers
    [InlineData("call 555-0123 now", "call 5550123 now")]
    [InlineData("(312) 555-0123", "3125550123 5550123")]
    [InlineData("312.555.0123", "3125550123 5550123")]
    [InlineData("1-312-555-0123", "3125550123 5550123")]
    [InlineData("2026-01-15", "2026 01 15")]
    // abbreviations
    [InlineData("U.S. at 5 p.m.", "us at 5 pm")]
    [InlineData("e.g. this", "eg this")]
    [InlineData("digital.gov", "digital gov")]
    // scripts without spaces
    [InlineData("水費 late", "水 費 late")]
    // nothing
    [InlineData("— … 🎉 !?", "")]
    [InlineData("", "")]
    public void Words_English_FollowTheNamedRule(string text, string words) =>
        Assert.Equal(words, string.Join(' ', Analyzer.For("en-US").Words(text).Select(word => word.Folded)));

    [Fact]
    public void Words_French_PartAtApostrophes() =>
        Assert.Equal(["l", "eau", "d", "ici"], Analyzer.For("fr-CA").Words("L'eau d’ici").Select(word => word.Folded));

    [Fact]
    public void For_LanguageWithoutStemmer_OnlyFolds()
    {
        Assert.Equal("gebuhren", Analyzer.For("de").Stem("gebuhren"));
        Assert.Equal("fee", Analyzer.For("en").Stem("fees"));
    }

    [Fact]
    public void Words_AnyText_StandInsideItAndInOrder()
    {
        var random = new Random(5);
        const string Letters = "aAé'’-.,0139 $()\u0301\u00AD水🎉\uD83C\uDF89ـم\n\tßUB";
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Letters[random.Next(Letters.Length)]));
            var last = (Start: 0, End: 0);
            foreach (var word in Analyzer.For(i % 2 == 0 ? "en" : "fr").Words(text))
            {
                Assert.NotEmpty(word.Folded);
                Assert.InRange(word.Length, 1, text.Length - word.Start);
                // A part of a word stands where the word stands; else each begins where the last one ended, or later.
                Assert.True(word.Start >= last.End || (word.Start, word.End) == last, text);
                last = (word.Start, word.End);
            }
        }
    }

    [Fact]
    public void Words_VeryLongWord_IsCut() =>
        Assert.InRange(Assert.Single(Analyzer.For("en").Words(new string('x', 10_000))).Folded.Length, 1, WordReader.Longest);
}
