using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

public sealed class Porter2Tests
{
    /// <summary>Pairs from the sample vocabulary that the algorithm's description prints, and words that reach each of its steps.</summary>
    [Theory]
    [InlineData("consign", "consign")]
    [InlineData("consigned", "consign")]
    [InlineData("consignment", "consign")]
    [InlineData("consist", "consist")]
    [InlineData("consistency", "consist")]
    [InlineData("consistently", "consist")]
    [InlineData("consolation", "consol")]
    [InlineData("console", "consol")]
    [InlineData("conspiracies", "conspiraci")]
    [InlineData("constable", "constabl")]
    [InlineData("constancy", "constanc")]
    [InlineData("knack", "knack")]
    [InlineData("knavish", "knavish")]
    [InlineData("kneaded", "knead")]
    [InlineData("knightly", "knight")]
    [InlineData("knots", "knot")]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("ties", "tie")]
    [InlineData("cries", "cri")]
    [InlineData("gas", "gas")]
    [InlineData("this", "this")]
    [InlineData("gaps", "gap")]
    [InlineData("kiwis", "kiwi")]
    [InlineData("agreed", "agre")]
    [InlineData("feed", "feed")]
    [InlineData("hoped", "hope")]
    [InlineData("hopping", "hop")]
    [InlineData("luxuriated", "luxuri")]
    [InlineData("falling", "fall")]
    [InlineData("cry", "cri")]
    [InlineData("by", "by")]
    [InlineData("say", "say")]
    [InlineData("relational", "relat")]
    [InlineData("conditional", "condit")]
    [InlineData("digitizer", "digit")]
    [InlineData("operator", "oper")]
    [InlineData("hopefulness", "hope")]
    [InlineData("formality", "formal")]
    [InlineData("sensibility", "sensibl")]
    [InlineData("geology", "geolog")]
    [InlineData("triplicate", "triplic")]
    [InlineData("electrical", "electr")]
    [InlineData("goodness", "good")]
    [InlineData("revival", "reviv")]
    [InlineData("allowance", "allow")]
    [InlineData("adjustment", "adjust")]
    [InlineData("adoption", "adopt")]
    [InlineData("effective", "effect")]
    [InlineData("rate", "rate")]
    [InlineData("controlling", "control")]
    [InlineData("generate", "generat")]
    [InlineData("general", "general")]
    [InlineData("community", "communiti")]
    [InlineData("skies", "sky")]
    [InlineData("dying", "die")]
    [InlineData("news", "news")]
    [InlineData("proceed", "proceed")]
    [InlineData("exceeding", "exceed")]
    [InlineData("youth", "youth")]
    [InlineData("boyish", "boyish")]
    [InlineData("ub014", "ub014")]
    [InlineData("größe", "größe")]
    public void Stem_Word_IsAsDescribed(string word, string stem) => Assert.Equal(stem, Porter2.Stem(word));

    [Theory]
    [InlineData("fee", "fees")]
    [InlineData("waive", "waived", "waives", "waiving")]
    [InlineData("apply", "applies", "applied", "applying")]
    [InlineData("bill", "bills", "billed", "billing")]
    [InlineData("resident", "residents")]
    [InlineData("policy", "policies")]
    [InlineData("notify", "notifies", "notified")]
    public void Stem_FormsOfOneWord_ShareIt(string word, params string[] forms) =>
        Assert.All(forms, form => Assert.Equal(Porter2.Stem(word), Porter2.Stem(form)));

    [Fact]
    public void Stem_AnyLetters_NeverThrowsAndNeverGrowsByMoreThanOne()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            // Few letters, so that endings and doubled letters come often.
            var word = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => "aeiysltndgb"[random.Next(11)]));
            Assert.InRange(Porter2.Stem(word).Length, 1, word.Length + 1);
        }
    }
}
