using AngleSharp.Html.Parser;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Tests.Documents;

namespace PolicyHub.Content.Tests.Rendering;

public sealed class LinkTests
{
    [Theory]
    [InlineData("payment-plans.md", "/docs/policies/billing/payment-plans", "policies/billing/payment-plans.md", null)]
    [InlineData("../../desks/billing.md#hours", "/docs/desks/billing#hours", "desks/billing.md", "hours")]
    [InlineData("./a%20b.md", "/docs/policies/billing/a%20b", "policies/billing/a b.md", null)]
    [InlineData("caf%C3%A9/x.markdown", "/docs/policies/billing/caf%C3%A9/x", "policies/billing/café/x.markdown", null)]
    [InlineData("#do", "#do", null, "do")]
    [InlineData("u-12.svg", "/files/policies/billing/u-12.svg", "policies/billing/u-12.svg", null)]
    [InlineData("../forms/u-12.pdf?x=1", "/files/policies/forms/u-12.pdf", "policies/forms/u-12.pdf", null)]
    [InlineData("/travel/guide/", "/docs/travel/guide", "travel/guide", null)]
    [InlineData("/travel/guide#top", "/docs/travel/guide#top", "travel/guide", "top")]
    [InlineData("{{site.baseurl}}/travel/", "/docs/travel", "travel", null)]
    [InlineData("{{ site.baseurl }}/travel/", "/docs/travel", "travel", null)]
    [InlineData("../", "/docs/policies", "policies", null)]
    [InlineData("/", "/", null, null)]
    public void Render_LinkInside_LeadsToThePageOrFile(string link, string href, string? target, string? anchor)
    {
        var rendered = Render($"[x]({link})");

        Assert.Equal(href, Anchor(rendered).GetAttribute("href"));
        var recorded = Assert.Single(rendered.Links);
        Assert.Equal((target, anchor, false, false), (recorded.Target?.Value, recorded.Anchor, recorded.IsExternal, recorded.IsImage));
        Assert.Empty(rendered.Problems);
    }

    [Theory]
    [InlineData("https://a.example/b?c=d&e#f", "https://a.example/b?c=d&e#f")]
    [InlineData("<https://a.example/b c>", "https://a.example/b%20c")]
    [InlineData("https://münchen.example/ß", "https://m%C3%BCnchen.example/%C3%9F")]
    [InlineData("mailto:a@b.example", "mailto:a@b.example")]
    [InlineData("tel:555-0110", "tel:555-0110")]
    [InlineData("HTTP://A.example", "HTTP://A.example")]
    public void Render_LinkOutside_GivesNothingAway(string link, string href)
    {
        var rendered = Render($"[x]({link})");

        Assert.Equal((href, "noopener noreferrer"), (Anchor(rendered).GetAttribute("href"), Anchor(rendered).GetAttribute("rel")));
        Assert.True(Assert.Single(rendered.Links).IsExternal);
    }

    [Theory]
    [InlineData("javascript:alert(1)", "unsafe-link")]
    [InlineData("ftp://a.example", "unsafe-link")]
    [InlineData("//a.example", "unsafe-link")]
    [InlineData("https://", "unsafe-link")]
    [InlineData("../../../x.md", "link-leaves-library")]
    [InlineData("%2e%2e/%2e%2e/%2e%2e/x.md", "link-leaves-library")]
    [InlineData("a%5Cb.md", "link-leaves-library")]
    [InlineData(".git/config", "link-leaves-library")]
    public void Render_LinkRefused_KeepsItsTextWithoutAnAddress(string link, string code)
    {
        var rendered = Render($"[some *text*]({link})");

        Assert.Contains("<a class=\"blocked-link\">some <em>text</em></a>", rendered.Html.Value, StringComparison.Ordinal);
        Assert.Equal(code, Assert.Single(rendered.Problems).Code);
    }

    [Fact]
    public void Render_Image_ComesFromTheLibraryOnly()
    {
        var rendered = Render("![A map](../map.png \"Map\") ![](b.svg) ![Far](https://a.example/c.png) ![No](data:image/png;base64,x)");
        var images = new HtmlParser().ParseDocument(rendered.Html.Value).QuerySelectorAll("img");

        Assert.Equal(
            [("/files/policies/map.png", "A map", "lazy", "Map"), ("/files/policies/billing/b.svg", "", "lazy", null)],
            images.Select(image => (image.GetAttribute("src")!, image.GetAttribute("alt")!, image.GetAttribute("loading")!, image.GetAttribute("title"))));
        Assert.Contains("<a href=\"https://a.example/c.png\" rel=\"noopener noreferrer\">Far</a> No", rendered.Html.Value, StringComparison.Ordinal);
        Assert.Equal(["image-without-alt", "external-image", "unsafe-link"], rendered.Problems.Select(problem => problem.Code));
        Assert.Equal([true, true, true, true], rendered.Links.Select(link => link.IsImage));
    }

    [Fact]
    public void Render_LinkInsideALink_IsText()
    {
        var rendered = Render("[see <https://a.example> ![x](y.png)](z.md)");

        Assert.Single(new HtmlParser().ParseDocument(rendered.Html.Value).QuerySelectorAll("a"));
    }

    [Fact]
    public void Render_ReferenceLink_IsResolvedLikeAnyOther() =>
        Assert.Equal("/docs/policies/billing/b", Anchor(Render("[x][b]\n\n[b]: b.md")).GetAttribute("href"));

    private static AngleSharp.Dom.IElement Anchor(RenderedBody rendered) =>
        Assert.Single(new HtmlParser().ParseDocument(rendered.Html.Value).QuerySelectorAll("a"));

    private static RenderedBody Render(string body) => new DocumentRenderer(Words.English).Render(Reading.Document(body, "policies/billing/late-fees.md"));
}
