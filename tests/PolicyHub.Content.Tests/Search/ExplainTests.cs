using PolicyHub.Content.Documents;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Tests.Search;

/// <summary>Why a hit was found, as the page and the command line tell it.</summary>
public sealed class ExplainTests
{
    private static readonly SynonymSet Synonyms = new([new SynonymEntry(["penalty"], ["late fee"]), new SynonymEntry(["knock off"], ["waive"], OneWay: true)]);

    private static readonly SearchIndex Fees = SearchIndex.Build(
        [
            Library.Doc(
                "fees", "Late fees", "The lead text.\n## Waivers\nWe waive a fee by code; the cutoff is noon.\n## Elsewhere\nZebra.", id: "UB-014", known: ["overdue charge"],
                answers: [new DirectAnswer("Who is exempt?", "Seniors.", null, null)], summary: "Money due."),
            Library.Doc("carts", "Carts", "A kiwi in a cart."),
            Library.Doc("secret", "Late secret", "Zanzibar.", access: "leads"),
        ],
        "en",
        synonyms: Synonyms);

    [Theory]
    [InlineData("fees waiver ", "“fees” stands in the title.", "“fees” was also read as “fee”: in the text.", "“waiver” was also read as “waivers”: in the heading.")]
    [InlineData("overdue wai", "“overdue” stands in what callers call it.", "“wai” begins “waive” and “waivers”: in the heading and the text.")]
    [InlineData("waivrs", "“waivrs” was read as “waivers”: in the heading.")]
    [InlineData("penalty waivers ", "“penalty” can mean “late fees”: in the title.", "“waivers” stands in the heading.")]
    [InlineData("knock off waivers ", "“knock off” can mean “waive”: in the text.", "“waivers” stands in the heading.")]
    [InlineData("latefees waivers ", "“latefees” was read as “late fees”: in the title.", "“waivers” stands in the heading.")]
    [InlineData("cut off waivers ", "“cut off” was read as “cutoff”: in the text.", "“waivers” stands in the heading.")]
    [InlineData("waivers zebra ", "“waivers” stands in the heading.", "“zebra” stands in another section.")]
    [InlineData("waivers kiwi ", "“waivers” stands in the heading.", "“kiwi” does not stand here.")]
    [InlineData("waivers exempt money ", "“waivers” stands in the heading.", "“exempt” stands in a question that it answers.", "“money” stands in the summary.")]
    [InlineData("Waivers UB-014 ", "“Waivers” stands in the heading.", "“UB-014” stands in the number.")]
    public void Explain_EachWord_SaysWhatMetItAndWhere(string text, params string[] expected)
    {
        var query = new SearchQuery { Text = text };
        var hit = Fees.Search(query, Reader.Anyone).Hits.Single(hit => hit.Document.Document.Path.Value == "fees.md") with { Section = 1 };

        var sentences = Fees.Explain(query, Reader.Anyone, hit).Sentences(Words.English).ToList();

        Assert.All(expected, sentence => Assert.Contains(sentence, sentences));
    }

    [Fact]
    public void Explain_WordThatStandsHere_IsNotSaidToBeASlip()
    {
        var query = new SearchQuery { Text = "fee waivers" };
        var hit = Assert.Single(Fees.Search(query, Reader.Anyone).Hits, hit => hit.Document.Document.Path.Value == "fees.md");

        Assert.DoesNotContain(Fees.Explain(query, Reader.Anyone, hit).Words.SelectMany(word => word.Matches), match => match.Way == MatchWay.Corrected);
    }

    [Fact]
    public void Explain_DocumentThatTheReaderMayNotSee_SaysNothing()
    {
        var query = new SearchQuery { Text = "zanzibar" };
        var hit = Assert.Single(Fees.Search(query, new Reader(["leads"])).Hits);

        Assert.NotEmpty(Fees.Explain(query, new Reader(["leads"]), hit).Words);
        Assert.Same(Explanation.None, Fees.Explain(query, Reader.Anyone, hit));
        Assert.Same(Explanation.None, Library.Index(Library.Doc("other", "Other")).Explain(query, Reader.Anyone, hit));
    }

    [Fact]
    public void Sentences_EveryWayAndPlace_HaveTheirWords()
    {
        var reasons = new Explanation(
            [new WordReason("x", []), .. Enum.GetValues<MatchWay>().Select(way => new WordReason("x", [new WordMatch("y", way, (MatchPlaces)511)]))], "because");

        var sentences = reasons.Sentences(Words.English).ToList();

        Assert.Equal(2 + Enum.GetValues<MatchWay>().Length, sentences.Count);
        Assert.All(sentences, sentence => Assert.DoesNotContain('{', sentence));
    }

    [Theory]
    [InlineData("\"unclosed -x kind: id: 🐘 \u0001")]
    [InlineData("a a a a a a a a a a a a")]
    public void Explain_AnyText_NeverFails(string text)
    {
        var query = new SearchQuery { Text = text };
        var hit = Fees.Find("fees").Hits[0];

        Assert.NotNull(Fees.Explain(query, Reader.Anyone, hit));
    }
}
