using System.Text;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using PolicyHub.Content.Comparison;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Tests.Rendering;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Comparison;

/// <summary>Whatever the two texts: nothing is lost, nothing is made up, and the page stays valid and safe.</summary>
public sealed class RenderedComparisonProperties
{
    private static readonly string[] Fragments =
    [
        "\n", "\n\n", " ", "    ", "late fee ", "fee", "The fee is $25.00.", "# Fees\n", "## Waivers\n", "### One more\n", "- ", "\n- one", "\n- two\n", "  - inner\n", "1. ", "> ", "> [!SAY]\n> ", "> [!WARN]\n> ",
        "\n\n| a | b |\n|-|-|\n| 1 | 2 |\n", "| 3 | 4 |\n", "\n\n| a | c | b |\n|-|:-:|-|\n| 1 | x | 2 |\n", "|", "+---+---+\n| a | b |\n+===+===+\n| c     |\n+---+---+\n", "```\n", "```js\nlet a;\n```\n", "`code`", "~~gone~~", "*", "**bold**", "_it_",
        "[link](x.md)", "[link](y.md)", "![pic](a.png)", "![pic](b.png)", "](javascript:", "<script>", "</p>", "</del>", "<ins>", "<!--", "&", "&amp;", "&#106;", "\"", "'", "[^1]", "[^2]", "\n\n[^1]: A note.\n", "\n\n[^2]: Other note.\n",
        "\nTerm\n: meaning\n", "- [ ] todo\n", "- [x] done\n", "https://x.example/ ", "\\", "é", "😀", "字句", "don’t ", "---\n", "  \n", "\u0000", "\uD800",
    ];

    private static readonly Gen<string> Texts = Gen.Elements(Fragments).ListOf().Select(string.Concat);

    private readonly DocumentRenderer renderer = new(Words.English);

    [Fact]
    public void Of_AnyTwoTexts_HoldsBothAndIsSafe() => Seeded.Check(
        from old in Texts.Resize(40)
        from fresh in Texts.Resize(40)
        select (old, fresh),
        pair => HoldsBoth(pair.old, pair.fresh),
        700);

    [Fact]
    public void Of_ATextAndItsEdit_HoldsBothAndIsSafe() => Seeded.Check(
        from before in Texts.Resize(40)
        from removed in Texts.Resize(6)
        from added in Texts.Resize(6)
        from after in Texts.Resize(40)
        select (before + removed + after, before + added + after),
        pair => HoldsBoth(pair.Item1, pair.Item2),
        700);

    [Fact]
    public void Of_ATextAndItself_MarksNothing() => Seeded.Check(Texts.Resize(60), text =>
    {
        var html = Render(text);
        var comparison = RenderedComparison.Of(html, html, Words.English);
        Assert.True(comparison.IsSame);
        Assert.Empty(comparison.Sections);
        Assert.DoesNotContain("diff", comparison.Html!.Value, StringComparison.Ordinal);
    });

    private void HoldsBoth(string oldText, string newText)
    {
        var (old, fresh) = (Render(oldText), Render(newText));
        var comparison = RenderedComparison.Of(old, fresh, Words.English);
        var html = comparison.Html!.Value;
        Assert.Equal(ComparedHtml.Read(old.Value), ComparedHtml.Read(html, "ins.diff"));
        Assert.Equal(ComparedHtml.Read(fresh.Value), ComparedHtml.Read(html, "del.diff"));
        Assert.Equal(comparison.IsSame, !html.Contains(" class=\"diff", StringComparison.Ordinal));
        Assert.Empty(SafetyOracle.FindInComparison(html));
        Assert.Equal(IdsIn(fresh.Value), IdsIn(html));
        IsWellFormed(html);
    }

    /// <summary>The ids of the new text and no other, each once, so that links into the page lead where they say.</summary>
    private static List<string?> IdsIn(string html) =>
        [.. new HtmlParser().ParseDocument("<!DOCTYPE html><body>" + html).QuerySelectorAll("[id]").Select(element => element.Id).Order(StringComparer.Ordinal)];

    /// <summary>A browser that mends nothing writes back what it read.</summary>
    private static void IsWellFormed(string html)
    {
        var body = new HtmlParser(new HtmlParserOptions { IsStrictMode = false }).ParseDocument("<!DOCTYPE html><body>" + html + "</body>").Body!;
        Assert.Equal(Tags(html), Tags(body.InnerHtml));
    }

    /// <summary>The names of all tags in order, those that close as well.</summary>
    private static string Tags(string html)
    {
        var tags = new StringBuilder();
        for (var at = html.IndexOf('<'); at >= 0; at = html.IndexOf('<', at + 1))
        {
            tags.Append(html.AsSpan(at, html.AsSpan(at).IndexOfAny(' ', '>'))).Append(' ');
        }

        return tags.ToString();
    }

    private SafeHtml Render(string text) => renderer.Render(
        DocumentReader.Read(LibraryPath.Parse("a/x.md"), Encoding.UTF8.GetBytes("---\ntitle: X\n---\n" + text.Replace("\0", "", StringComparison.Ordinal)), LibrarySettings.Default).Document!).Html;
}
