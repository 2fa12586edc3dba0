using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Tests.Documents;

namespace PolicyHub.Content.Tests.Rendering;

/// <summary>Input that wants to run something in the reader's browser, or to keep the server busy for ever.</summary>
public sealed class HostileInputTests
{
    public static TheoryData<string> Hostile =>
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x]( javascript:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](java&#10;script:alert(1))",
        "[x](java&Tab;script:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](&#x6A&#x61vascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](\\javascript:alert(1))",
        "[x](&#1;javascript:alert(1))",
        "[x](vbscript:msgbox(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](file:///etc/passwd)",
        "[x](blob:https://x/1)",
        "[x](//evil.example/x)",
        "[x](/\\evil.example/x)",
        "[x](\\\\evil.example/x)",
        "[x](/%09/evil.example)",
        "[x](https:evil.example)",
        "[x](&#8203;javascript:alert(1))",
        "[x][1]\n\n[1]: javascript:alert(1)",
        "[x][1]\n\n[1]: <javascript:alert(1)> \"\\\" onclick=alert(1)\"",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "www.x.example\" onclick=\"alert(1)",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "![\"onerror=alert(1)](x.png \"\\\"onload=alert(1)\")",
        "![](https://evil.example/pixel.gif)",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onmouseover=alert(1)>b</b> <!-- c --> <?php ?> <![CDATA[x]]>",
        "<svg><script>alert(1)</script></svg>",
        "</div></body><base href=//evil.example>",
        "# x {onclick=alert(1) style=color:red}\n\n[x](y.md){onclick=alert(1)}",
        "# \"><script>alert(1)</script>",
        "```\"onclick=alert(1)\nx\n```",
        "```html <script>\n<script>alert(1)</script>\n```",
        "|<script>|b|\n|:-:|-:|\n|[x](javascript:alert(1))|<img src=x onerror=a>|",
        "+---+---+\n| <script> | [x](javascript:1) |\n+---+---+",
        "x[^1]\n\n[^1]: [y](javascript:alert(1)) <script>alert(1)</script>",
        "[^\"><script>]: x\n\n[^\"><script>]",
        "> [!SAY]\n> <script>alert(1)</script> [x](javascript:alert(1))",
        "> [!\"><script>]\n> x",
        "<iframe src=x>\n: <script>alert(1)</script>",
        "- [x] <input onfocus=alert(1) autofocus>",
        "[<img src=x onerror=alert(1)>](x.md)",
        "[![x](javascript:alert(1))](javascript:alert(1))",
        "[x](mailto:a@b.example?subject=\"onclick=alert(1))",
        "{{site.baseurl}}javascript:alert(1) [x]({{site.baseurl}}//evil.example) [y]({{ site.baseurl }}/\\evil.example)",
        "&lt;script&gt;alert(1)&lt;/script&gt; &quot;",
        "<style>*{color:red}</style><link rel=stylesheet href=//evil.example>",
        "<a href=\"javascript:alert(1)\">x</a>",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Render_HostileInput_EmitsNothingActive(string body)
    {
        var html = Render(body).Html.Value;

        Assert.Empty(SafetyOracle.Find(html));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(html);
    }

    /// <summary>Were the oracle blind, every test above would pass.</summary>
    [Theory]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("<a href=\"//evil.example\">x</a>")]
    [InlineData("<a href=\"/\\evil.example\">x</a>")]
    [InlineData("<a href=\"java\tscript:alert(1)\">x</a>")]
    [InlineData("<img src=\"data:image/svg+xml,x\">")]
    [InlineData("<img src=\"https://evil.example/x.gif\">")]
    [InlineData("<p onclick=\"alert(1)\">x</p>")]
    [InlineData("<p style=\"color:red\">x</p>")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<base href=\"https://evil.example\">")]
    [InlineData("<body onload=\"alert(1)\">")]
    [InlineData("<svg><a xlink:href=\"javascript:alert(1)\">x</a></svg>")]
    public void Oracle_ActiveContent_FindsIt(string html) => Assert.NotEmpty(SafetyOracle.Find(html));

    [Fact]
    public void Render_HarmlessInput_KeepsItsLinksAndMarkup()
    {
        var html = Render("# A\n\n**b** [c](../d.md#e) [f](https://g.example/) <h@i.example>\n\n|j|\n|-|\n|k|").Html.Value;

        Assert.Empty(SafetyOracle.Find(html));
        Assert.Contains("<strong>b</strong>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/docs/d#e\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://g.example/\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"mailto:h@i.example\"", html, StringComparison.Ordinal);
        Assert.Contains("<td>k</td>", html, StringComparison.Ordinal);
    }

    /// <summary>Each took seconds or more before the bounds; the runner's own patience is the limit here.</summary>
    [Theory]
    [InlineData("[a](b")]
    [InlineData("[")]
    [InlineData("![[")]
    [InlineData("*a")]
    [InlineData("a**b_")]
    [InlineData("` `` ")]
    [InlineData("<a")]
    [InlineData("|a\n")]
    [InlineData("|")]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("1. a\n  ")]
    [InlineData("[a]: b\n")]
    [InlineData("[^a]: b\n")]
    [InlineData("a\n=\n")]
    [InlineData("# a\n")]
    [InlineData("a\n: b\n")]
    [InlineData("+---+\n")]
    public void Render_HalfAMegabyteOfOneSign_ComesBackSafeAndWhole(string sign)
    {
        foreach (var start in new[] { "", "> ", "|a|b|\n|-|-|\n" })
        {
            var rendered = Render(start + string.Concat(Enumerable.Repeat(sign, 500_000 / sign.Length)));

            Assert.InRange(rendered.Html.Value.Length, 0, BoundedWriterLimit);
            Assert.Equal(rendered.Html.Value.Length, rendered.Sections[^1].HtmlEnd);
        }
    }

    [Fact]
    public void Render_ShortTextThatGrows_IsCutOff()
    {
        var address = "https://x.example/" + new string('a', 1900);
        var rendered = Render($"{string.Concat(Enumerable.Repeat("[a]\n\n", 9_000))}[a]: {address}");

        Assert.Equal("page-too-large", Assert.Single(rendered.Problems).Code);
        Assert.StartsWith("<pre class=\"plain-text\">", rendered.Html.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WideTableOfManyRows_IsLeftAsText()
    {
        var rendered = Render($"{new string('|', 3000)}\n{string.Concat(Enumerable.Repeat("|-", 3000))}\n{string.Concat(Enumerable.Repeat("|a\n", 15_000))}");

        Assert.Contains(rendered.Problems, problem => problem.Code == "block-too-heavy");
    }

    [Fact]
    public void Render_BodyOverTheCap_IsPlainTextAndReported()
    {
        var rendered = Render("## Do\n\n<b>" + new string('x', 600_000));

        Assert.Equal("page-too-large", Assert.Single(rendered.Problems).Code);
        Assert.StartsWith("<pre class=\"plain-text\">## Do\n\n&lt;b&gt;", rendered.Html.Value, StringComparison.Ordinal);
        Assert.Equal((0, rendered.Html.Value.Length), (Assert.Single(rendered.Sections).HtmlStart, rendered.Sections[0].HtmlEnd));
    }

    [Fact]
    public void Render_OneBlockTooHeavyOrTooDeep_KeepsTheRestOfThePage()
    {
        var rendered = Render($"## Do\n\nBefore.\n\n{string.Concat(Enumerable.Repeat("[a](b", 20_000))}\n\n{string.Concat(Enumerable.Repeat("[", 400))}x{string.Concat(Enumerable.Repeat("](y)", 400))}\n\nAfter.");

        Assert.Contains(rendered.Problems, problem => problem.Code == "block-too-heavy" && problem.Position.Line == 9);
        Assert.Contains("<p>Before.</p>", rendered.Html.Value, StringComparison.Ordinal);
        Assert.Contains("<p>After.</p>", rendered.Html.Value, StringComparison.Ordinal);
        Assert.Empty(SafetyOracle.Find(rendered.Html.Value));
    }

    [Fact]
    public void Render_QuotesTooDeep_AreThePageAsPlainText()
    {
        var rendered = Render("Before.\n\n" + string.Concat(Enumerable.Repeat("> ", 500)) + "<b>x</b>");

        Assert.Equal("page-too-deep", Assert.Single(rendered.Problems).Code);
        Assert.StartsWith("<pre class=\"plain-text\">Before.", rendered.Html.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_EmphasisTooDeep_IsOneBlockAsPlainText()
    {
        var rendered = Render($"Before.\n\n{string.Concat(Enumerable.Repeat("*a ", 300))}<b>x</b>{string.Concat(Enumerable.Repeat(" a*", 300))}\n\nAfter.");

        Assert.Equal(("block-too-deep", 7), (Assert.Single(rendered.Problems).Code, rendered.Problems[0].Position.Line));
        Assert.Contains("&lt;b&gt;x", rendered.Html.Value, StringComparison.Ordinal);
        Assert.EndsWith("<p>After.</p>\n", rendered.Html.Value, StringComparison.Ordinal);
        Assert.Empty(SafetyOracle.Find(rendered.Html.Value));
    }

    private const int BoundedWriterLimit = 8 * 1024 * 1024;

    private static RenderedBody Render(string body) =>
        new DocumentRenderer(Words.English).Render(Reading.Document("---\ntitle: T\nsummary: S\n---\n" + body, "a/x.md"));
}
