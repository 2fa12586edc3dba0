using FsCheck;
using FsCheck.Fluent;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Documents;

/// <summary>What of a body is for staff is gone from its source; all else of it stays.</summary>
public sealed class StaffPartsTests
{
    [Theory]
    [InlineData("> [!DO]\n> zebra\n")]
    [InlineData("> [!NEVER] zebra\n")]
    [InlineData("> [!never]\n> Fine.\n>\n> - zebra\n>   - zebra\n")]
    [InlineData("> [!DO]\nzebra, on a lazy line\n")]
    [InlineData(">[!DO]\n>```\n>zebra\n>```\n")]
    [InlineData("- One\n  > [!DO] zebra\n  > zebra\n- Two\n")]
    [InlineData("- > [!DO] zebra\n  > zebra\n")]
    [InlineData("1. One\n\n   > [!NEVER]\n   > zebra\n\n   More.\n")]
    [InlineData("> Words.\n>\n> > [!DO]\n> > zebra\n>\n> More.\n")]
    [InlineData("> [!SAY]\n> Words.\n>\n> > [!DO]\n> > zebra\n")]
    [InlineData("> [!DO]\n> zebra[^1]\n\n[^1]: A footnote of it, zebra.\n")]
    [InlineData("> [!DO]\n> [a]: /zebra \"zebra\"\n\n[a]\n")]
    [InlineData("> [!DO]\n> | a | b |\n> |---|---|\n> | zebra | 1 |\n")]
    [InlineData("> [!DO]\r\n> zebra\r\n> zebra\r\n")]
    [InlineData("> [!DO]\r> zebra\r")]
    [InlineData("\t> [!DO] code\n\n> [!DO]\n>\tzebra\n")]
    [InlineData("> [!DONT]\n> zebra\n")]
    [InlineData("> [!DO](x) zebra\n")]
    [InlineData("> [! DO ]\n> zebra\n")]
    [InlineData("> [!SAY]\n> Hello\n> [!DO] zebra\n")]
    [InlineData("Forgot the mark:\n[!DO] zebra\n")]
    [InlineData("> [!DO]\n> zebra\n> [!NEVER]\n> zebra\n\n> [!DO]\n> zebra\n")]
    [InlineData("Term\n:   Meaning\n\n    > [!DO]\n    > zebra\n")]
    [InlineData("Text {{ site.baseurl }} more.\n\n> [!DO]\n> zebra {{ site.baseurl }} zebra\n")]
    public void Without_StaffPart_IsGone(string body) =>
        Assert.DoesNotContain("zebra", Shown("Open.\n\n" + body + "\nThe end.\n"), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("> [!SAY]\n> Hello.\n")]
    [InlineData("> [!NOTE] Hello.\n")]
    [InlineData("> A quote.\n")]
    [InlineData("```\n> [!DO]\n> code\n```\n")]
    [InlineData("A line with [!DO] in it.\n")]
    public void Without_WhatIsForAll_Stays(string body) => Assert.Equal(body, StaffParts.Without(body));

    [Fact]
    public void Without_StaffPart_LeavesWhatStandsAroundIt() =>
        Assert.Equal("Before.\n\n\n\nAfter.\n", StaffParts.Without("Before.\n\n> [!DO]\n> zebra\n\nAfter.\n"));

    [Fact]
    public void Without_BodyThatCannotBeParsed_IsEmpty()
    {
        Assert.Empty(StaffParts.Without(new string('x', MarkdownBody.Largest + 1)));
        Assert.Empty(StaffParts.Without(new string('>', 500) + " [!DO] zebra"));
    }

    /// <summary>However blocks are put into each other, no word of a staff part is left, and every word outside of one is.</summary>
    [Fact]
    public void Without_GeneratedBodies_HoldNoStaffWordAndLoseNoOther() => Seeded.Check(
        from blocks in Block(3).ArrayOf(6)
        select string.Join("\n\n", blocks),
        body =>
        {
            var shown = Shown(body);
            Assert.DoesNotContain("zebra", shown, StringComparison.Ordinal);
            Assert.Equal(Count(body, "giraffe"), Count(StaffParts.Without(body), "giraffe"));
        });

    private static int Count(string text, string word) => text.Split(word).Length - 1;

    private static string Shown(string body)
    {
        var path = LibraryPath.Parse("a.md");
        var document = DocumentReader.Read(path, System.Text.Encoding.UTF8.GetBytes("---\ntitle: A\nsummary: B\n---\n" + StaffParts.Without(body)), LibrarySettings.Default).Document!;
        var rendered = new DocumentRenderer(Words.English).Render(document);
        return rendered.Html.Value + string.Join('\n', rendered.Sections.Select(section => section.Heading + section.Text));
    }

    private static Gen<string> Block(int depth) => depth == 0 ? Leaf("giraffe") : Gen.Frequency(
        (3, Leaf("giraffe")),
        (2, Block(depth - 1).Select(inner => Prefixed("> ", inner))),
        (2, Block(depth - 1).Select(inner => "- " + Prefixed("  ", inner)[2..])),
        (1, Block(depth - 1).Select(inner => "1. " + Prefixed("   ", inner)[3..])),
        (2, Block(depth - 1).Select(inner => "> [!SAY]\n> Hello.\n>\n" + Prefixed("> ", inner))),
        (3, from kind in Gen.Elements("DO", "NEVER", "do")
            from inner in Block(depth - 1)
            from sameLine in Gen.Elements(" zebra\n", "\n> zebra\n", "\n> zebra\nzebra lazily\n")
            select $"> [!{kind}]{sameLine}>\n{Prefixed("> ", inner.Replace("giraffe", "zebra", StringComparison.Ordinal))}"));

    private static Gen<string> Leaf(string word) => Gen.Elements(
        $"A {word} in a paragraph\nof two lines with a {word}.",
        $"## The {word}",
        $"| a | {word} |\n|---|---|\n| {word} | 2 |",
        $"```\n{word}\n\n{word}\n```",
        $"- {word}\n- {word}\n\n  {word}");

    private static string Prefixed(string prefix, string text) => string.Join('\n', text.Split('\n').Select(line => prefix + line));
}
