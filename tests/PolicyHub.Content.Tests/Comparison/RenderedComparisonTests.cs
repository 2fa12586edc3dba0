using AngleSharp.Html.Parser;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Tests.Documents;

namespace PolicyHub.Content.Tests.Comparison;

public sealed class RenderedComparisonTests
{
    [Theory]
    [InlineData("May be waived in 24 months.", "May be waived in 12 months.", "May be waived in [-24-][+12+] months.")]
    [InlineData("The fee is $25.00.", "The fee is $27.50.", "The fee is $[-25.00-][+27.50+].")]
    [InlineData("Ask the billing lead before you waive it, always.", "Ask nobody, always.", "[-Ask the billing lead before you waive it, always.-][+Ask nobody, always.+]")]
    [InlineData("Do not call the resident back today.", "Do call the resident back today.", "Do [-not -]call the resident back today.")]
    [InlineData("Wrapped at\nanother place.", "Wrapped\nat another place.", "Wrapped at another place.")]
    [InlineData("Now **bold** here.", "Now bold here.", "Now [-bold-][+bold+] here.")]
    [InlineData("See [the form](a.md) first.", "See [the form](b.md) first.", "See [-the form-][+the form+] first.")]
    [InlineData("A & B & C stay.", "A & D & C stay.", "A & [-B-][+D+] & C stay.")]
    public void Of_Paragraph_MarksWords(string old, string fresh, string expected) => Assert.Equal(expected, Marked(old, fresh));

    [Fact]
    public void Of_List_MarksItemsInsideTheList()
    {
        var body = Parse(Html("- one thing\n- two things\n- three", "- one thing\n- two new things\n- four"));

        Assert.Equal(4, body.QuerySelectorAll("ul > li").Length);
        Assert.Equal("new ", body.QuerySelector("li:nth-child(2) ins")!.TextContent);
        Assert.Equal("three", body.QuerySelector("li:nth-child(3) > del")!.TextContent);
        Assert.Equal("four", body.QuerySelector("li:nth-child(4) > ins")!.TextContent);
    }

    [Fact]
    public void Of_EmptyItemThatCame_IsMarked()
    {
        Assert.Single(Parse(Html("- one\n", "- one\n-\n")).QuerySelectorAll("li > ins"));
        Assert.Equal(2, Parse(Html("| a | b |\n|-|-|\n| 1 | 2 |", "| a | b |\n|-|-|\n| 1 | 2 |\n|  |  |")).QuerySelectorAll("td > ins").Length);
    }

    [Fact]
    public void Of_TableWithANewColumn_MarksItsCellsOnly()
    {
        var body = Parse(Html("| Role | Limit |\n|-|-|\n| Lead | $75 |\n| Clerk | $10 |", "| Role | Phone | Limit |\n|-|-|-|\n| Lead | 12 | $75 |\n| Clerk | 13 | $10 |"));

        Assert.All(body.QuerySelectorAll("tr"), row => Assert.Equal(3, row.Children.Length));
        Assert.Equal(["Phone", "12", "13"], body.QuerySelectorAll("ins").Select(mark => mark.TextContent));
        Assert.Empty(body.QuerySelectorAll("del"));
    }

    [Fact]
    public void Of_TableWithAnotherRow_MarksTheRow()
    {
        var body = Parse(Html("| Role | Limit |\n|-|-|\n| Lead | $75 |", "| Role | Limit |\n|-|-|\n| Clerk | $10 |\n| Lead | $75 |"));

        Assert.Equal(["Clerk", "$10"], body.QuerySelectorAll("ins").Select(mark => mark.TextContent));
    }

    [Fact]
    public void Of_BlockThatWent_HoldsNoIdOrLandmark()
    {
        var html = Html("## Old part\n\n| a |\n|-|\n| b |\n\nSee.[^1]\n\n[^1]: Note.", "Nothing of that.");
        var body = Parse(html);

        Assert.Empty(body.QuerySelectorAll("[id], [role], section[aria-label], a[href]"));
        Assert.Contains("Old part", body.QuerySelector("del")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_StruckOutByItsAuthor_IsNoMark()
    {
        var body = Parse(Html("It was ~~ten~~ twelve.", "It was ~~ten~~ thirteen."));

        Assert.Equal("ten", body.QuerySelector("s")!.TextContent);
        Assert.Equal("twelve", Assert.Single(body.QuerySelectorAll("del")).TextContent);
    }

    [Fact]
    public void Of_ChangeInOnePart_NamesThatPart()
    {
        var comparison = Compare("Top.\n\n## Fees\n\nTen dollars each.\n\n## Hours\n\nNine to five.\n\n## Fees\n\nOther.", "Top.\n\n## Fees\n\nTen dollars each.\n\n## Hours\n\nNine to six.\n\n## Fees\n\nOther.\n\n## New\n\nText.");

        Assert.Equal([new ChangedSection("hours", "Hours"), new ChangedSection("new", "New")], comparison.Sections);
        Assert.Equal((1, 2, 0), (comparison.Changed, comparison.Added, comparison.Removed));
    }

    [Fact]
    public void Of_WordsForScreenReaders_AreSaidOncePerChangeAndAreNoText()
    {
        var body = Parse(Html("Go **now and** then home.", "Go home."));

        Assert.Equal(["removed:"], body.QuerySelectorAll("[data-said]").Select(mark => mark.GetAttribute("data-said")));
        Assert.DoesNotContain("removed:", body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TextOverTheCap_IsNotCompared()
    {
        var comparison = Compare(string.Concat(Enumerable.Repeat("word ", 110_000)), "word");

        Assert.Null(comparison.Html);
        Assert.False(comparison.IsSame);
    }

    [Fact]
    public void Of_ManyParagraphsEachChangedALittle_MarksWordsInEach()
    {
        string Text(string word) => string.Join("\n\n", Enumerable.Range(0, 700).Select(number => $"Paragraph number p{number} says {word} about the matter m{number * 7}."));
        var comparison = Compare(Text("little"), Text("much"));

        Assert.Equal((700, 0, 0), (comparison.Changed, comparison.Added, comparison.Removed));
    }

    /// <summary>Long texts with little in common take the other ways through the diff: anchors, and none at all.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public void Of_LongTexts_HoldsBoth(int differentWords)
    {
        var random = new Random(7);
        string Text() => string.Join(' ', Enumerable.Range(0, 12_000).Select(_ => $"w{random.Next(differentWords)}"));
        var (shared, old, fresh) = (Text(), Text(), Text());
        var (left, right) = (Render($"{old} {shared}"), Render($"{fresh} {shared}"));
        var html = RenderedComparison.Of(left, right, Words.English).Html!.Value;

        Assert.Equal(ComparedHtml.Read(left.Value), ComparedHtml.Read(html, "ins.diff"));
        Assert.Equal(ComparedHtml.Read(right.Value), ComparedHtml.Read(html, "del.diff"));
    }

    private static SafeHtml Render(string text) => new DocumentRenderer(Words.English).Render(Reading.Document($"---\ntitle: X\n---\n{text}")).Html;

    private static RenderedComparison Compare(string old, string fresh) => RenderedComparison.Of(Render(old), Render(fresh), Words.English);

    private static string Html(string old, string fresh) => Compare(old, fresh).Html!.Value;

    private static AngleSharp.Dom.IElement Parse(string html) => new HtmlParser().ParseDocument(html).Body!;

    private static string Marked(string old, string fresh)
    {
        var body = Parse(Html(old, fresh));
        foreach (var mark in body.QuerySelectorAll("ins, del"))
        {
            mark.TextContent = mark.LocalName == "ins" ? $"[+{mark.TextContent.Trim('\n')}+]" : $"[-{mark.TextContent.Trim('\n')}-]";
        }

        return body.TextContent.ReplaceLineEndings(" ").Trim().Replace("-] [+", "-][+", StringComparison.Ordinal);
    }
}
