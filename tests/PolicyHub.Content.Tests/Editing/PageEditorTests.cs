using System.Text;
using AngleSharp.Html.Parser;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Tests.Search;

namespace PolicyHub.Content.Tests.Editing;

public sealed class PageEditorTests
{
    private const string File = "---\ntitle: A\n---\n# A\n\nSee [x] and[^n], __bold__\nwords.\n\n### Deep\n\n*   One\n*   [Two](b.md#part \"T\")\n\n> [!TIP]\n> Hello\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n![A *sign*](https://riverton.example/sign.png)\n\n<https://riverton.example/>\n\n[x]: c.md\n\n[^n]: A note\n";

    /// <summary>
    /// Every block of every page: what the page shows of it, handed back untouched, changes no byte; and written anew from what is shown, as if all of it had been typed, it
    /// shows the same again.
    /// </summary>
    [Fact]
    public void Apply_EveryBlockOfTheStarterLibrary_ComesBackAsItWasShown()
    {
        var (blocks, unchangeable) = (0, new List<string>());
        foreach (var file in Directory.EnumerateFiles(StarterLibrary.FindFolder(), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = System.IO.File.ReadAllBytes(file);
            var path = LibraryPath.Parse(Path.GetRelativePath(StarterLibrary.FindFolder(), file));
            var editor = Editor(path);
            if (path.IsHidden || editor.Show(bytes) is not { } page)
            {
                continue;
            }

            var text = EditableText.Read(bytes)!;
            Assert.Equal(text.Blocks.Length, page.Parts.Count(part => part.Block is not null) + (page.TitleBlock is null ? 0 : 1));
            foreach (var part in page.Parts.Where(part => part.Block is not null))
            {
                var index = part.Block!.Value;
                unchangeable.AddRange(part.IsFixed ? [$"{path}: {text.SourceOf(text.Blocks[index])}"] : []);
                var same = editor.Apply(bytes, [new BlockEdit(index, index + 1, part.Html.Value)]);
                Assert.Equal(bytes, same?.Text);
                Assert.Equal((index, 1), Assert.Single(same!.Runs));

                var source = text.SourceOf(text.Blocks[index]);
                var normal = editor.Normal(source, text.Notes);
                Assert.Equal(normal, editor.Normal(normal, text.Notes));
                blocks++;
            }
        }

        Assert.Empty(unchangeable);
        Assert.True(blocks > 500, $"only {blocks} blocks");
    }

    /// <summary>One more word in each block: it is there, and every line outside of the block is as it was.</summary>
    [Fact]
    public void Apply_AWordTypedIntoEachBlock_ChangesThatBlockAlone()
    {
        var path = LibraryPath.Parse("policies/utility-billing/late-fees.md");
        var bytes = System.IO.File.ReadAllBytes(Path.Combine(StarterLibrary.FindFolder(), path.Value));
        var (editor, text, written) = (Editor(path), EditableText.Read(bytes)!, Encoding.UTF8.GetString(bytes).Split('\n'));
        var head = written.Length - text.Body.Split('\n').Length;
        foreach (var part in editor.Show(bytes)!.Parts)
        {
            var block = text.Blocks[part.Block!.Value];
            var document = new HtmlParser().ParseDocument(part.Html.Value);
            var inside = document.QuerySelector("li, td, .callout p:not(.callout-label)") ?? document.Body!.FirstElementChild!;
            inside.InnerHtml = "Typed " + inside.InnerHtml;
            var changed = Encoding.UTF8.GetString(editor.Apply(bytes, [new BlockEdit(block.Index, block.Index + 1, document.Body!.InnerHtml)])!.Text).Split('\n');
            Assert.Contains(changed.Skip(head + block.FirstLine).Take(block.LineCount), line => line.Contains("Typed ", StringComparison.Ordinal));
            Assert.Equal(written.Take(head + block.FirstLine), changed.Take(head + block.FirstLine));
            Assert.Equal(written.Skip(head + block.FirstLine + block.LineCount), changed.Skip(head + block.FirstLine + block.LineCount));

            // Of a list, a table or a call-out only the line that was typed into is another one.
            Assert.Equal(1, block.Kind is BlockKind.Quote ? 1 : written.Except(changed).Count());
        }
    }

    [Fact]
    public void Show_WhatAPageDoesNotShow_StandsBesideIt()
    {
        var page = Editor(LibraryPath.Parse("policies/a.md")).Show(Encoding.UTF8.GetBytes(File))!;
        var body = new HtmlParser().ParseDocument(string.Concat(page.Parts.Select(part => part.Html.Value))).Body!;

        Assert.Equal(0, page.TitleBlock);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], body.QuerySelectorAll("[data-block]").Select(block => block.GetAttribute("data-block")));
        Assert.Equal("c.md", body.QuerySelector("p a")!.GetAttribute("data-address"));
        Assert.Equal("/docs/policies/c", body.QuerySelector("p a")!.GetAttribute("href"));
        Assert.Equal("n", body.QuerySelector("a.footnote-ref")!.GetAttribute("data-label"));
        Assert.Equal("3", body.QuerySelector("h2")!.GetAttribute("data-level"));
        Assert.Equal("TIP", body.QuerySelector(".callout")!.GetAttribute("data-callout"));
        Assert.Equal("https://riverton.example/sign.png", body.QuerySelector("[data-picture]")!.GetAttribute("data-address"));
        Assert.DoesNotContain(page.Parts, part => part.Block is not null && part.IsFixed);
        Assert.Null(body.QuerySelector("[style], [id=deep]"));
    }

    public static TheoryData<int, int, string, string, string> Edits => new()
    {
        { 1, 2, "<p>See <a href=\"/docs/policies/c\" data-address=\"c.md\">x</a> and<sup><a class=footnote-ref data-label=n href=#fn:1>1</a></sup>, more.</p>", "See [x] and[^n], __bold__\nwords.", "See [x](c.md) and[^n], more." },
        { 3, 4, "<ul><li>One</li><li><a href=\"/docs/policies/b#part\" title=T data-address=\"b.md#part\">Two</a></li><li>Three</li></ul>", "*   [Two](b.md#part \"T\")\n", "*   [Two](b.md#part \"T\")\n* Three\n" },
        { 2, 3, "<h2 data-level=3>Deep</h2><p>New</p>", "### Deep\n", "### Deep\n\nNew\n" },
        { 2, 3, "", "### Deep\n\n", "" },
        { 2, 2, "<p><a href='https://hub.example/docs/policies/c#x'>c</a> <a href='/docs/gone'>gone</a></p>", "### Deep\n", "[c](c.md#x) gone\n\n### Deep\n" },
        { 4, 5, "<div class='callout callout-never' data-callout=NEVER><p class=callout-label>Never</p><p>Hello you</p></div>", "> [!TIP]\n> Hello\n", "> [!NEVER]\n> Hello you\n" },
        { 5, 6, "<div class=table-scroll><table><tr><th>a<th class=align-right>b<tr><td>1<td>2<tr><td>3<td></table></div>", "| 1 | 2 |\n", "| 1 | 2 |\n| 3 |  |\n" },
        { 4, 4, "<ul><li>Another</li></ul>", "> [!TIP]", "- Another\n\n> [!TIP]" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void Apply_WhatWasTyped_IsWrittenInItsPlace(int from, int to, string html, string before, string after)
    {
        var changed = Editor(LibraryPath.Parse("policies/a.md")).Apply(Encoding.UTF8.GetBytes(File), [new BlockEdit(from, to, html)]);

        Assert.Equal(File.Replace(before, after, StringComparison.Ordinal), Encoding.UTF8.GetString(changed!.Text));
    }

    [Fact]
    public void Apply_TwoEdits_CountBlocksAsTheyWere()
    {
        var changed = Editor(LibraryPath.Parse("policies/a.md")).Apply("One\n\nTwo\n\nThree\n"u8, [new BlockEdit(0, 1, "<p>1</p><p>1b</p>"), new BlockEdit(2, 3, "<p>3</p>")])!;

        Assert.Equal("1\n\n1b\n\nTwo\n\n3\n", Encoding.UTF8.GetString(changed.Text));
        Assert.Equal([(0, 2), (3, 1)], changed.Runs);
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(-1, 0)]
    [InlineData(1, 0)]
    public void Apply_BlocksThatAreNotThere_AreRefused(int from, int to) =>
        Assert.Null(Editor(LibraryPath.Parse("a.md")).Apply("One\n"u8, [new BlockEdit(from, to, "<p>x</p>")]));

    [Fact]
    public void Show_WhatCouldNotBeTypedAgain_IsFixed()
    {
        var page = Editor(LibraryPath.Parse("a.md")).Show("Text\n\n+---+---+\n| a | b |\n|   +---+\n|   | c |\n+---+---+\n"u8)!;

        Assert.Equal([false, true], page.Parts.Select(part => part.IsFixed));
        Assert.Contains("contenteditable=\"false\"", page.Parts[1].Html.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---\ntitle: [\n---\nText\n")]
    [InlineData("\0")]
    public void Show_WhatIsNoDocument_CanBeEditedAsMarkdownOnly(string file) => Assert.Null(Editor(LibraryPath.Parse("a.md")).Show(Encoding.UTF8.GetBytes(file)));

    [Fact]
    public void WithBody_LinesThatStay_KeepTheirEnds()
    {
        var text = EditableText.Read("---\r\ntitle: A\r\n---\r\nOne\r\nTwo\nThree"u8)!;

        Assert.Equal("---\r\ntitle: A\r\n---\r\nOne\r\nNew\r\nThree", Encoding.UTF8.GetString(text.WithBody("One\r\nNew\r\nThree")));
    }

    private static PageEditor Editor(LibraryPath path) =>
        new(path, LibrarySettings.Default, href => LibraryAddress.Of(path, "https://hub.example", target => !target.Value.Contains("gone", StringComparison.Ordinal), href));
}
