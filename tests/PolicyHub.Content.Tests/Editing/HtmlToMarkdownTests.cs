using AngleSharp.Html.Parser;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Tests.Search;
using Document = PolicyHub.Content.Documents.Document;

namespace PolicyHub.Content.Tests.Editing;

public sealed class HtmlToMarkdownTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "<p>One <b>two</b> <i>three</i></p>", "One **two** *three*" },
        { "plain <strong>bold </strong>after", "plain **bold** after" },
        { "<p><b>Note:</b>text</p>", "**Note**:text" },
        { "<p><b>foo</b><b>bar</b></p>", "**foobar**" },
        { "<p><b>a <i>b</i></b> c</p>", "**a *b*** c" },
        { "<p><span style='font-weight:700'>bold</span> <b style='font-weight:normal'>not</b></p>", "**bold** not" },
        { "<h2>A heading</h2><p>Text</p>", "## A heading\n\nText" },
        { "<p>One<br>two</p>", "One\\\ntwo" },
        { "<p>1. not a list</p><p># not a heading</p><p>- not a list</p><p>+ 5</p><p>-5 degrees</p>", "1\\. not a list\n\n\\# not a heading\n\n\\- not a list\n\n\\+ 5\n\n-5 degrees" },
        { "<p>2 * 3 * 4, snake_case, a_b, [x], `y`, &lt;b&gt;, R&amp;D, AT&amp;T;</p>", "2 * 3 * 4, snake_case, a_b, \\[x\\], \\`y\\`, \\<b>, R&D, AT\\&T;" },
        { "<ul><li>One</li><li>Two<ul><li>Three</li></ul></li></ul>", "- One\n- Two\n  - Three" },
        { "<ol start=3><li>One</li><li>Two</li></ol>", "3. One\n4. Two" },
        { "<ul><li><p>One</p></li><li><p>Two</p><p>More</p></li></ul>", "- One\n\n- Two\n\n  More" },
        { "<ul><li>One</li></ul><ul><li>Two</li></ul>", "- One\n\n* Two" },
        { "<ul><li>One</li><ul><li>Below</li></ul></ul>", "- One\n  - Below" },
        { "<ul><li><input type=checkbox checked> Done</li><li><input type=checkbox> Open</li></ul>", "- [x] Done\n- [ ] Open" },
        { "<table><tr><th>Fee</th><th align=right>Cost</th></tr><tr><td>Late | over</td><td>$5</td></tr></table>", "| Fee | Cost |\n| --- | ---: |\n| Late \\| over | $5 |" },
        { "<table><tr><td><table><tr><td><p>Mail</p></td></tr></table></td></tr></table>", "Mail" },
        { "<blockquote><p>Quoted</p><p>Twice</p></blockquote>", "> Quoted\n>\n> Twice" },
        { "<div class='callout callout-say' role=note><p class=callout-label>Say</p><p>Hello</p></div>", "> [!SAY]\n> Hello" },
        { "<pre><code class=language-sh>ls `x`\n</code></pre>", "```sh\nls `x`\n```" },
        { "<p>Use <code>a`b</code></p>", "Use ``a`b``" },
        { "<p><a href='https://riverton.example/a (b)' title='T'>Link</a> <a href='javascript:x()'>no</a></p>", "[Link](<https://riverton.example/a (b)> \"T\") no" },
        { "<dl><dt>Term</dt><dd>What it is</dd></dl>", "Term\n:   What it is" },
        { "<script>x</script><style>y</style><p hidden>z</p><!-- c -->Word<o:p></o:p>", "Word" },
        { "<p>a\u00a0 b</p><p>&nbsp;</p><div>c<div>d</div></div>", "a b\n\nc\n\nd" },
        { "", "" },
        {
            "<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span> </span></span>One</p>\n<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>a)</span>Two</p>\n<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Three</p><p class=MsoNormal>After</p>",
            "- One\n  1. Two\n- Three\n\nAfter"
        },
        { "<b id=docs-internal-guid style='font-weight:normal'><p dir=ltr><span style='font-weight:400'>Plain</span></p><ul><li dir=ltr><p role=presentation><span>Item</span></p></li></ul></b>", "Plain\n\n- Item" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Convert_Html_IsTheMarkdownThatOneWouldWrite(string html, string markdown) => Assert.Equal(markdown, new HtmlToMarkdown().Convert(html));

    /// <summary>What is shown, turned to Markdown and shown again, is the same page: nothing that a document can say is lost on the way.</summary>
    [Fact]
    public void Convert_EveryPageOfTheStarterLibrary_ShowsTheSameAgain()
    {
        var pages = 0;
        var folder = StarterLibrary.FindFolder();
        foreach (var file in Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = LibraryPath.Parse(Path.GetRelativePath(folder, file));
            if (path.IsHidden || DocumentReader.Read(path, File.ReadAllBytes(file), LibrarySettings.Default).Document is not { } document)
            {
                continue;
            }

            var shown = Render(document);
            var markdown = new HtmlToMarkdown(href => href).Convert(shown);
            Assert.Equal(Normal(shown), Normal(Render(document with { Body = markdown })));
            pages++;
        }

        Assert.True(pages > 50, $"only {pages} pages");
    }

    private static string Render(Document document) => new DocumentRenderer(LibrarySettings.Default.Words).Render(document).Html.Value;

    /// <summary>Without links, whose addresses differ, and ids, and with white space as a browser shows it.</summary>
    private static string Normal(string html)
    {
        var body = new HtmlParser().ParseDocument(html).Body!;
        foreach (var element in body.QuerySelectorAll("a.anchor, section.footnotes, sup").ToList())
        {
            element.Remove();
        }

        foreach (var link in body.QuerySelectorAll("a").ToList())
        {
            link.Replace([.. link.ChildNodes]);
        }

        body.Normalize();
        foreach (var element in body.QuerySelectorAll("*"))
        {
            foreach (var name in element.Attributes.Select(attribute => attribute.Name).Where(name => name is not ("class" or "start" or "colspan" or "checked")).ToList())
            {
                element.RemoveAttribute(name);
            }
        }

        return string.Join("\n", string.Join(' ', body.InnerHtml.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Split("> <").SelectMany(line => line.Split("><"))).Trim();
    }
}
