using AngleSharp.Html.Parser;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Tests.Search;

public sealed class MarkTests
{
    private static readonly PolicyHub.Content.Search.SearchIndex Index = Library.Index(
        Library.Doc("a", "Late fees", "A late fee may be waived by the resident's counter at 5 p.m. R&D class anchor href title."),
        Library.Doc("b", "Other", "Café water."));

    [Theory]
    [InlineData("late fee", "<p>A late fee, two Late Fees.</p>", "<p>A <mark>late</mark> <mark>fee</mark>, two <mark>Late</mark> <mark>Fees</mark>.</p>")]
    [InlineData("waivd", "<p>waived</p>", "<p><mark>waived</mark></p>")]
    [InlineData("fe", "<p>fees feed</p>", "<p><mark>fees</mark> feed</p>")]
    [InlineData("cafe", "<p>Caf&eacute; Caf&#233; Café</p>", "<p><mark>Caf&eacute;</mark> <mark>Caf&#233;</mark> <mark>Café</mark></p>")]
    [InlineData("resident", "<p>resident&#39;s</p>", "<p><mark>resident</mark>&#39;s</p>")]
    [InlineData("fee", "<h2 id=\"fee\">Fee<a class=\"anchor\" href=\"#fee\">fee</a> fee</h2>", "<h2 id=\"fee\"><mark>Fee</mark><a class=\"anchor\" href=\"#fee\">fee</a> <mark>fee</mark></h2>")]
    [InlineData("title href", "<a href=\"title\" title='a > href'>title</a>", "<a href=\"title\" title='a > href'><mark>title</mark></a>")]
    [InlineData("late", "&lt;late&gt; &amp;late; late", "&lt;<mark>late</mark>&gt; &amp;<mark>late</mark>; <mark>late</mark>")]
    [InlineData("late", "&late; &unknown; late", "&late; &unknown; <mark>late</mark>")]
    [InlineData("", "<p>late</p>", "<p>late</p>")]
    [InlineData("nothing", "<p>late</p>", "<p>late</p>")]
    public void Mark_Html_MarksTextOnly(string query, string html, string marked) =>
        Assert.Equal(marked, Index.Mark(new SafeHtml(html), query, Reader.Anyone).Value);

    /// <summary>Pieces of text that are two words in one place shift what stands after them.</summary>
    [Fact]
    public void Excerpt_FarDownALongText_MarksTheWordItself()
    {
        var random = new Random(23);
        string[] pieces = ["paper", "312-555-0123", "COVID-19", "UB-014", "don't", "$25.00", "5pm", "shut-off", "(312) 555-0123"];
        for (var round = 0; round < 60; round++)
        {
            var words = Enumerable.Range(0, random.Next(1, 400)).Select(_ => pieces[random.Next(pieces.Length)]).ToList();
            words.Insert(random.Next(words.Count + 1), "zebra");
            var excerpt = Library.Index(Library.Doc("a", "Title", string.Join(' ', words))).Find("zebra").Hits[0].Excerpt;
            var mark = Assert.Single(excerpt.Marks);
            Assert.Equal("zebra", excerpt.Text.Substring(mark.Start, mark.Length));
            Assert.InRange(excerpt.Text.Length, 5, 800);
        }
    }

    [Fact]
    public void Mark_AnyHtml_KeepsTextAndElements()
    {
        var random = new Random(17);
        var parser = new HtmlParser();
        string[] pieces = ["late ", "fee", "<b>", "</b>", "<p>", "</p>", "&amp;", "&#39;s ", "&lt;late&gt;", "<i title=\"late > fee\">", "</i>", "<a class=\"anchor\" href=\"#late\">late</a>", "Café ", "&eacute;", "&late;", "🎉", "&", " ", "<br>", "<code>late-fee</code>", "5 p.m. "];
        for (var i = 0; i < 2_000; i++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var (before, after) = (parser.ParseDocument(html), parser.ParseDocument(Index.Mark(new SafeHtml(html), "late fee caf waver", Reader.Anyone).Value));
            Assert.Equal(before.Body!.TextContent, after.Body!.TextContent);
            foreach (var mark in after.QuerySelectorAll("mark"))
            {
                Assert.DoesNotContain(mark.TextContent, char.IsWhiteSpace);
                Assert.Null(mark.Closest("a.anchor"));
                mark.Replace([.. mark.ChildNodes]);
            }

            after.Body.Normalize();
            Assert.Equal(before.Body.InnerHtml, after.Body.InnerHtml);
        }
    }
}
