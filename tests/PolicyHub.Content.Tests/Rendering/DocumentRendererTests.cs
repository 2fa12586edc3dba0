using AngleSharp.Html.Parser;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Tests.Documents;

namespace PolicyHub.Content.Tests.Rendering;

public sealed class DocumentRendererTests
{
    [Fact]
    public void Render_Heading_HasAnAnchorThatIsNoPartOfItsWords()
    {
        var rendered = Render("## Do *this* now\n\nText.");

        Assert.StartsWith(
            "<h2 id=\"do-this-now\">Do <em>this</em> now<a class=\"anchor\" href=\"#do-this-now\" aria-label=\"Link to “Do this now”\">#</a></h2>\n<p>Text.</p>",
            rendered.Html.Value,
            StringComparison.Ordinal);
        Assert.Equal(("Do this now", "do-this-now", 2, "Text."), (rendered.Sections[1].Heading, rendered.Sections[1].Anchor, rendered.Sections[1].Level, rendered.Sections[1].Text));
    }

    [Theory]
    [InlineData("Waivers for customers 65 and over", "waivers-for-customers-65-and-over")]
    [InlineData("If not, say", "if-not-say")]
    [InlineData("What's next? (soon)", "whats-next-soon")]
    [InlineData("Größe & Maß_x", "größe--maß_x")]
    [InlineData("`code` and [link](x.md)", "code-and-link")]
    [InlineData("!!!", "section")]
    public void Render_HeadingWords_MakeTheAnchorOfCodeHosts(string heading, string anchor) =>
        Assert.Equal(anchor, Render($"## {heading}").Sections[1].Anchor);

    [Fact]
    public void Render_SameHeadingsTwice_HaveAnchorsOfTheirOwn() =>
        Assert.Equal(["", "a", "a-1", "a-2", "a-1-1"], Render("## A\n\n## A\n\n## A\n\n## A 1\n").Sections.Select(section => section.Anchor));

    [Theory]
    [InlineData("2 3 3 2", "2 3 3 2")]
    [InlineData("1 2 3", "2 3 4")]
    [InlineData("3 4 3", "2 3 2")]
    [InlineData("2 4 4 3", "2 3 3 3")]
    [InlineData("3 2 3", "2 2 3")]
    [InlineData("1 2 3 4 5 6", "2 3 4 5 6 6")]
    public void Render_HeadingLevels_StandUnderTheTitleAndSkipNone(string written, string shown)
    {
        var body = string.Join("\n\n", written.Split(' ').Select((level, index) => $"{new string('#', int.Parse(level, System.Globalization.CultureInfo.InvariantCulture))} H{index}"));

        Assert.Equal(shown, string.Join(' ', Render(body).Sections.Skip(1).Select(section => section.Level)));
    }

    [Theory]
    [InlineData("# Late  *fees*\n\nText.")]
    [InlineData("Late fees\n=========\n\nText.")]
    public void Render_TitleAgainOnTop_IsNotShownTwice(string body)
    {
        var document = Reading.Document(body);
        var rendered = new DocumentRenderer(Words.English).Render(document);

        Assert.Equal("Late fees", document.Title);
        Assert.Equal("<p>Text.</p>\n", rendered.Html.Value);
        Assert.Equal("Text.", Assert.Single(rendered.Sections).Text);
    }

    [Fact]
    public void Render_OtherTopHeading_StaysAsALevelBelowTheTitle() =>
        Assert.StartsWith("<h2 id=\"other\">", Render("# Other\n\nText.").Html.Value, StringComparison.Ordinal);

    [Fact]
    public void Render_Sections_CutTheHtmlAtHeadings()
    {
        var rendered = Render("Lead.\n\n## Do\n\n1. One\n2. Two\n\n> # Quoted\n\n### More\n\nEnd.\n");

        Assert.Equal(["", "do", "more"], rendered.Sections.Select(section => section.Anchor));
        Assert.Equal("<p>Lead.</p>\n", Slice(rendered, 0));
        Assert.StartsWith("<h2 id=\"do\">", Slice(rendered, 1), StringComparison.Ordinal);
        Assert.EndsWith("</blockquote>\n", Slice(rendered, 1), StringComparison.Ordinal);
        Assert.StartsWith("<h3 id=\"more\">", Slice(rendered, 2), StringComparison.Ordinal);
        Assert.Equal("One\nTwo\nQuoted", rendered.Sections[1].Text);
        Assert.Equal([3, 5, 12], rendered.Sections.Select(section => section.Line));
        Assert.Equal(rendered.Html.Value, string.Concat(Enumerable.Range(0, 3).Select(index => Slice(rendered, index))));
    }

    [Fact]
    public void Render_NoBody_HasOneEmptySection() => Assert.Equal(("", 0, 0), (Render("").Sections.Single().Text, Render("").Sections.Single().HtmlStart, Render("").Html.Value.Length));

    [Theory]
    [InlineData("SAY", "say", "Say")]
    [InlineData("do", "do", "Do")]
    [InlineData("NEVER", "never", "Never")]
    [InlineData("NOTE", "note", "Note")]
    [InlineData("WARN", "warn", "Watch out")]
    [InlineData("WARNING", "warn", "Watch out")]
    [InlineData("CAUTION", "warn", "Watch out")]
    [InlineData("IMPORTANT", "warn", "Watch out")]
    [InlineData("TIP", "note", "Note")]
    public void Render_Callout_HasItsKindAndLabel(string marker, string kind, string label) => Assert.Equal(
        $"<div class=\"callout callout-{kind}\" role=\"note\"><p class=\"callout-label\">{label}</p>\n<p>I can\nhelp.</p>\n</div>\n",
        Render($"> [!{marker}]\n> I can\n> help.").Html.Value);

    [Fact]
    public void Render_CalloutInAStepOrOnOneLine_IsACallout()
    {
        var rendered = Render("1. First\n   > [!NEVER]\n   > Not this.\n\n> [!SAY] All on one line.\n\n> [!SAY]\n");

        Assert.Contains("callout-never", rendered.Html.Value, StringComparison.Ordinal);
        Assert.Contains("<p>All on one line.</p>", rendered.Html.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("[!", rendered.Html.Value, StringComparison.Ordinal);
        Assert.Equal("First\nNot this.\nAll on one line.", rendered.Sections[0].Text);
    }

    [Theory]
    [InlineData("> [!OTHER]\n> Text")]
    [InlineData("> Plain quote")]
    [InlineData("> [!SAY](x.md)")]
    public void Render_QuoteWithoutOurMarker_StaysAQuote(string body) => Assert.StartsWith("<blockquote>", Render(body).Html.Value, StringComparison.Ordinal);

    [Fact]
    public void Render_MisspeltMarker_IsAQuoteAndReported()
    {
        var rendered = Render("Text\n\n> [!SYA]\n> x");

        Assert.Contains("[!SYA]", rendered.Html.Value, StringComparison.Ordinal);
        Assert.Equal(("unknown-callout", 5), (Assert.Single(rendered.Problems).Code, rendered.Problems[0].Position.Line));
    }

    [Fact]
    public void Render_WordsOfTheCity_AreOnTheLabels()
    {
        var words = Words.English.With([KeyValuePair.Create("callout.say", "<Tell> them")]);
        var rendered = new DocumentRenderer(words).Render(Reading.Document("> [!SAY]\n> x"));

        Assert.Contains("&lt;Tell&gt; them", rendered.Html.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Table_ScrollsByItselfAndAlignsByClass()
    {
        var rendered = Render("| Role | Up to |\n|:--|--:|\n| Counter | $25 |\n\n|a|\n|:-:|\n|b|");
        var page = new HtmlParser().ParseDocument(rendered.Html.Value);

        Assert.Equal(["Table", "Table 2"], page.QuerySelectorAll("div.table-scroll[tabindex='0'][role=region]").Select(region => region.GetAttribute("aria-label")));
        Assert.Equal("Up to", page.QuerySelector("thead th.align-right[scope=col]")?.TextContent);
        Assert.Equal("Counter", page.QuerySelector("tbody td.align-left")?.TextContent);
        Assert.Equal("b", page.QuerySelector("td.align-center")?.TextContent);
        Assert.Equal("Role | Up to\nCounter | $25\na\nb", rendered.Sections[0].Text);
    }

    [Fact]
    public void Render_GridTable_HasBlocksInItsCells()
    {
        var page = new HtmlParser().ParseDocument(Render("+-----+-----+\n| A   | B   |\n+=====+=====+\n| - x | y   |\n+-----+-----+\n").Html.Value);

        Assert.Equal("x", page.QuerySelector("td li")?.TextContent);
        Assert.Empty(page.QuerySelectorAll("[style]"));
    }

    [Fact]
    public void Render_ListsOfAllKinds_AreThere()
    {
        var page = new HtmlParser().ParseDocument(Render("- [ ] open\n- [x] done\n\nTerm\n: Meaning\n\n3. three\n\n~~old~~ ~new~ https://a.example").Html.Value);

        Assert.Equal(["Not done", "Done"], page.QuerySelectorAll("input[type=checkbox][disabled]").Select(box => box.GetAttribute("aria-label")));
        Assert.Equal(("Term", "Meaning"), (page.QuerySelector("dt")!.TextContent, page.QuerySelector("dd")!.TextContent.Trim()));
        Assert.Equal("3", page.QuerySelector("ol")?.GetAttribute("start"));
        Assert.Equal("old", Assert.Single(page.QuerySelectorAll("del")).TextContent);
        Assert.Equal("https://a.example", page.QuerySelector("a[rel='noopener noreferrer']")?.TextContent);
    }

    [Fact]
    public void Render_Footnotes_LeadThereAndBack()
    {
        var rendered = Render("## A\n\nOne[^1] and[^1].\n\n## B\n\nTwo[^n].\n\n[^n]: Second.\n[^1]: First $5.\n");
        var page = new HtmlParser().ParseDocument(rendered.Html.Value);

        var links = page.QuerySelectorAll("a.footnote-ref, a.footnote-back");
        Assert.Equal(6, links.Length);
        Assert.All(links, link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
        Assert.All(links, link => Assert.False(string.IsNullOrEmpty(link.GetAttribute("aria-label"))));
        Assert.Equal(["One and.\nFirst $5.", "Two.\nSecond."], rendered.Sections.Skip(1).Select(section => section.Text));
    }

    [Theory]
    [InlineData("a <b class=\"x\">bold</b> word<br/>here", "a  bold  word here")]
    [InlineData("<div>\n\nText\n\n</div>", "Text")]
    [InlineData("{{< note a=\"b\" >}}Text{{< /note >}} {% if x %}more{% endif %}", "Text   more")]
    [InlineData("Write `<b>` for {{ bold }}", "Write <b> for {{ bold }}")]
    [InlineData("Say <your name> and <Tell> them 1 < 2 > 0, {so}", "Say <your name> and <Tell> them 1 < 2 > 0, {so}")]
    public void Render_MarkupInText_IsNoWordToSearch(string body, string text) => Assert.Equal(text, Render(body).Sections.Single().Text);

    [Fact]
    public void Render_RawHtml_IsShownAsText() =>
        Assert.Equal("<p>a &lt;b&gt;b&lt;/b&gt;</p>\n", Render("a <b>b</b>").Html.Value);

    [Fact]
    public void Render_Code_KeepsItsTextAndLanguage()
    {
        var rendered = Render("```yaml\na: <b>\n```\n");

        Assert.Equal("<pre><code class=\"language-yaml\">a: &lt;b&gt;\n</code></pre>\n", rendered.Html.Value);
        Assert.Equal("a: <b>", rendered.Sections[0].Text);
    }

    [Fact]
    public void Render_Positions_AreLinesAndColumnsOfTheFile()
    {
        var rendered = Render("Text\nwith [a](javascript:x).\n\n- ![](y.png)\n");

        Assert.Equal(
            [("unsafe-link", new SourcePosition(4, 6)), ("image-without-alt", new SourcePosition(6, 3))],
            rendered.Problems.Select(problem => (problem.Code, problem.Position)));
    }

    private static string Slice(RenderedBody rendered, int section) =>
        rendered.Html.Slice(rendered.Sections[section].HtmlStart, rendered.Sections[section].HtmlEnd).Value;

    /// <summary>The body starts on line 3 of the file, or on line 1 where there is none.</summary>
    private static RenderedBody Render(string body) => new DocumentRenderer(Words.English).Render(Reading.Document($"---\n---\n{body}") with { Title = "T" });
}
