using FsCheck;
using FsCheck.Fluent;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Rendering;

public sealed class RenderingProperties
{
    private static readonly string[] Fragments =
    [
        "\n", "\n\n", " ", "    ", "\t", "a", "late fee", "# ", "## ", "### ", "- ", "1. ", "> ", "> [!SAY]\n> ", "[!WARN]", "|", "|-|-|\n", ":-:", "+---+", "```", "~~~", "~~", "*", "**", "_", "`",
        "[", "]", "(", ")", "![", "](", "](x.md)", "](../y.md#z)", "](javascript:", "](//", "](/\\", "<", ">", "<script>", "</p>", "<!--", "&", "&#106;", "&colon;", "\"", "'", "onclick=", "style=", "{", "}", "{#id}", "{{",
        "{{site.baseurl}}", "{% x %}", "[^1]", "[^1]: ", "[a]: ", "[a]", ": ", "- [ ] ", "- [x] ", "www.", "https://x.example/", "mailto:", "data:", "\\", "\u0000", "\u200B", "é", "😀", "\uD800", "\r", "\r\n", "---\n", "===\n", "title: ", "answers:\n", "  - ask: ", "&a ", "*a",
    ];

    private static readonly Gen<string> Texts = Gen.Elements(Fragments).ListOf().Select(string.Concat);

    private readonly DocumentRenderer renderer = new(Words.English);

    [Fact]
    public void ReadAndRender_AnyMarkdown_IsSafeAndItsSectionsTileThePage() => Seeded.Check(Texts.Resize(60), IsSafe, 1500);

    [Fact]
    public void ReadAndRender_AnyFrontMatter_IsSafe() => Seeded.Check(
        from kind in Gen.Elements(DocumentKinds.All.Select(kind => kind.Slug()).ToArray())
        from yaml in Texts.Resize(20)
        from body in Texts.Resize(20)
        select $"---\nkind: {kind}\n{yaml}\n---\n{body}",
        IsSafe,
        1000);

    [Fact]
    public void Read_AnyBytes_NeverThrows() => Seeded.Check(
        Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(),
        bytes =>
        {
            DocumentReader.Read(LibraryPath.Parse("a.md"), bytes, LibrarySettings.Default);
            DocumentReader.Read(LibraryPath.Parse("a.md"), [.. "---\n"u8, .. bytes, .. "\n---\n"u8], LibrarySettings.Default);
            SettingsReader.Read(bytes);
        },
        1000);

    [Fact]
    public void Render_Twice_GivesTheSame() => Seeded.Check(Texts, text =>
        Read(text) is not { } document || renderer.Render(document).Html.Value == new DocumentRenderer(Words.English).Render(document).Html.Value);

    private void IsSafe(string text)
    {
        if (Read(text) is not { } document)
        {
            return;
        }

        var rendered = renderer.Render(document);
        Assert.Empty(SafetyOracle.Find(rendered.Html.Value));
        var end = 0;
        foreach (var section in rendered.Sections)
        {
            Assert.Equal(end, section.HtmlStart);
            end = section.HtmlEnd;
        }

        Assert.Equal(rendered.Html.Value.Length, end);
        Assert.Equal(rendered.Sections.Length, rendered.Sections.Select(section => section.Anchor).Distinct(StringComparer.Ordinal).Count());
        Assert.All(rendered.Sections, section => Assert.InRange(section.Line, document.BodyLine, document.BodyLine + document.Body.Length));
    }

    private static Document? Read(string text) =>
        DocumentReader.Read(LibraryPath.Parse("a/x.md"), System.Text.Encoding.UTF8.GetBytes(text), LibrarySettings.Default).Document;
}
