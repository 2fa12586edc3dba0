using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Tests.Search;

namespace PolicyHub.Content.Tests.Editing;

/// <summary>Whatever people type, wherever they type it: the page says it afterwards, just so, and all else is as it was.</summary>
public sealed class TypedTests
{
    private static readonly string[] Typed =
    [
        "plain words", "*star*", "**two**", "_low_", "snake_case_words", "1. one", "12) two", "# head", "#7 is open", "- dash", "+ plus", "> quote", "---", "===", "| a | b |", "a | b", "<b>tag</b>", "<not a tag",
        "[x](y.md)", "[x]", "[^1]", "[!NOTE]", "[ ] box", "`code`", "``", "~~gone~~", "~", "a & b", "&amp;", "&copy;", "back\\slash", "end\\", "!", "!(x)", ": def", "Term:", "$5 * 3 = $15 * 1", "50% _ off", "a  b   c",
        "“quoted”", "…", "é ü ß 中文", "{% raw %}", "{{ page.title }}", "http://riverton.example/a_b_c?d=e&f=g", "mail@riverton.example", "tab\tbed", "\u00a0space", "*", "_", "**", "1.", "-", "~~~", "```",
    ];

    [Fact]
    public void Apply_AnythingTypedAnywhere_IsSaidByThePageJustSo()
    {
        var random = new Random(20261123);
        var files = Directory.EnumerateFiles(StarterLibrary.FindFolder(), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var (tried, wrong) = (0, new List<string>());
        for (var round = 0; round < 500; round++)
        {
            var file = files[random.Next(files.Count)];
            var path = LibraryPath.Parse(Path.GetRelativePath(StarterLibrary.FindFolder(), file));
            var bytes = File.ReadAllBytes(file);
            var editor = new PageEditor(path, LibrarySettings.Default, href => href);
            if (path.IsHidden || editor.Show(bytes) is not { } page || page.Parts.Where(part => part.Block is not null && !part.IsFixed).ToList() is not { Count: > 0 } parts)
            {
                continue;
            }

            var part = parts[random.Next(parts.Count)];
            var body = new HtmlParser().ParseDocument(part.Html.Value).Body!;
            Type(body, random);
            var edit = new BlockEdit(part.Block!.Value, part.Block.Value + 1, body.InnerHtml);
            var said = Words(body);
            tried++;
            if (editor.Apply(bytes, [edit]) is not { } changed)
            {
                wrong.Add($"{path}: refused {body.InnerHtml}");
                continue;
            }

            var now = editor.Show(changed.Text)!;
            var (first, count) = changed.Runs[0];
            var shown = new HtmlParser().ParseDocument(string.Concat(now.Parts.Where(other => other.Block >= first && other.Block < first + count).Select(other => other.Html.Value))).Body!;
            if (Words(shown) != said)
            {
                wrong.Add($"{path}: typed {said}\n   shown {Words(shown)}");
            }

            Assert.Equal(
                page.Parts.Where(other => other.Block != part.Block && other.Block is not null).Select(other => Bare(other)),
                now.Parts.Where(other => other.Block is not null && (other.Block < first || other.Block >= first + count)).Select(other => Bare(other)));
        }

        Assert.True(tried > 400, $"only {tried}");
        Assert.Empty(wrong);
    }

    /// <summary>Types into the words of a part, makes some of them bold, parts a paragraph, or adds one.</summary>
    private static void Type(IElement body, Random random)
    {
        var texts = body.Descendants<IText>().Where(text => text.Data.Trim().Length > 0 && text.ParentElement!.Closest(".callout-label, sup, code, pre") is null).ToList();
        if (texts.Count == 0)
        {
            return;
        }

        var text = texts[random.Next(texts.Count)];
        var words = Typed[random.Next(Typed.Length)];
        var at = random.Next(3) switch { 0 => 0, 1 => text.Data.Length, _ => random.Next(text.Data.Length + 1) };
        var home = text.ParentElement!;
        switch (random.Next(4))
        {
            case 0:
                text.Data = text.Data.Insert(at, words);
                break;
            case 1:
                text.Data = text.Data.Insert(at, $" {words} ");
                break;
            case 2:
                var bold = body.Owner!.CreateElement(random.Next(2) == 0 ? "b" : "i");
                bold.TextContent = words;
                text.Parent!.InsertBefore(bold, text);
                break;
            default:
                var paragraph = body.Owner!.CreateElement(home.Closest("li") is null || home.Closest("td, th") is not null ? "p" : "li");
                paragraph.TextContent = words;
                if (home.Closest("td, th, dl") is not null)
                {
                    text.Data = words;
                }
                else
                {
                    (home.Closest("li") ?? (home.Closest(".callout, blockquote") is not null ? home.Closest("p") : body.FirstElementChild))!.After(paragraph);
                }

                break;
        }
    }

    private static string Words(IElement body)
    {
        foreach (var label in body.QuerySelectorAll("sup").ToList())
        {
            label.Remove();
        }

        var said = new StringBuilder();
        foreach (var node in body.GetDescendants().Where(node => node is IText or IElement { LocalName: "p" or "li" or "td" or "th" or "tr" or "br" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" }))
        {
            said.Append(node is IText text ? text.Data : " ");
        }

        return string.Join(' ', said.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Bare(EditablePart part)
    {
        var body = new HtmlParser().ParseDocument(part.Html.Value).Body!;
        return Words(body);
    }
}
