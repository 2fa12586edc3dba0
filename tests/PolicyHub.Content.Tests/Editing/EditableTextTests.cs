using System.Text;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Tests.Search;

namespace PolicyHub.Content.Tests.Editing;

public sealed class EditableTextTests
{
    private const string File = "---\ntitle: A\n---\n# A\n\nOne\ntwo\n- item\n- item\n\n> [!SAY]\n> Hello\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nSee [x] and[^1].\n\n[x]: b.md\n\n[^1]: A note\n\n    code\n\nEnd";

    [Fact]
    public void Blocks_OfAPage_AreItsLines()
    {
        var text = Read(File);

        Assert.Equal(
            [
                (BlockKind.Heading, "# A"), (BlockKind.Paragraph, "One\ntwo"), (BlockKind.List, "- item\n- item"), (BlockKind.Quote, "> [!SAY]\n> Hello"),
                (BlockKind.Table, "| a | b |\n|---|---|\n| 1 | 2 |"), (BlockKind.Paragraph, "See [x] and[^1]."), (BlockKind.Paragraph, "End"),
            ],
            text.Blocks.Select(block => (block.Kind, text.SourceOf(block))));
    }

    [Theory]
    [InlineData(1, "New", "# A\n\nNew\n- item\n")]
    [InlineData(1, "", "# A\n\n- item\n")]
    [InlineData(1, "- other list", "# A\n\n- other list\n\n- item\n", true)]
    [InlineData(1, "One\n\nTwo", "# A\n\nOne\n\nTwo\n- item\n")]
    [InlineData(6, "Last", "    code\n\nLast")]
    [InlineData(2, "Words", "One\ntwo\n\nWords\n\n> [!SAY]")]
    public void Replace_ABlock_KeepsEveryOtherByte(int block, string markdown, string part, bool isRefused = false)
    {
        var text = Read(File);
        var changed = text.Replace(text.Blocks[block], markdown);

        if (isRefused)
        {
            Assert.Null(changed);
            return;
        }

        var now = Encoding.UTF8.GetString(changed!);
        Assert.Contains(part, now, StringComparison.Ordinal);
        var (first, count) = (text.Blocks[block].FirstLine + 3, text.Blocks[block].LineCount);
        Assert.StartsWith(string.Join('\n', File.Split('\n').Take(first)), now, StringComparison.Ordinal);
        Assert.EndsWith(string.Join('\n', File.Split('\n').Skip(first + count)), now, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "First")]
    [InlineData(2, "Between")]
    [InlineData(7, "Last")]
    public void Insert_ABlock_StandsBetweenTheOthers(int index, string markdown)
    {
        var text = Read(File);
        var changed = EditableText.Read(text.Insert(index, markdown)!)!;

        Assert.Equal(
            [.. text.Blocks.Take(index).Select(text.SourceOf), markdown, .. text.Blocks.Skip(index).Select(text.SourceOf)],
            changed.Blocks.Select(changed.SourceOf));
    }

    [Fact]
    public void Replace_WindowsLinesAndByteOrderMark_Stay()
    {
        var text = EditableText.Read("\uFEFF# A\r\n\r\nOne\r\n\r\nTwo\r\n"u8)!;

        Assert.Equal("\uFEFF# A\r\n\r\nNew\r\nline\r\n\r\nTwo\r\n"u8.ToArray(), text.Replace(text.Blocks[1], "New\nline"));
    }

    [Theory]
    [InlineData("---\ntitle: x\n---\n")]
    [InlineData("[^1]: note")]
    public void Replace_WithWhatIsNoBlock_IsNothingElse(string markdown)
    {
        var text = Read("# A\n\nOne\n");
        var changed = text.Replace(text.Blocks[1], markdown);

        Assert.True(changed is null || Encoding.UTF8.GetString(changed).StartsWith("# A\n\n", StringComparison.Ordinal));
    }

    /// <summary>Every block of every page: written anew as it stands nothing changes, and with other words nothing but its lines.</summary>
    [Fact]
    public void Replace_EveryBlockOfTheStarterLibrary_ChangesNothingElse()
    {
        var blocks = 0;
        foreach (var file in Directory.EnumerateFiles(StarterLibrary.FindFolder(), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = System.IO.File.ReadAllBytes(file);
            var text = EditableText.Read(bytes)!;
            var written = Encoding.UTF8.GetString(bytes).Split('\n');
            var head = written.Length - Body(written);
            foreach (var block in text.Blocks)
            {
                Assert.Equal(bytes, text.Replace(block, text.SourceOf(block)));
                var changed = Encoding.UTF8.GetString(text.Replace(block, "Other words") ?? throw new InvalidOperationException($"{file} {block}")).Split('\n');
                Assert.Equal(written.Take(head + block.FirstLine), changed.Take(head + block.FirstLine));
                var rest = written.Length - head - block.FirstLine - block.LineCount;
                Assert.Equal(written.TakeLast(rest), changed.TakeLast(rest));
                blocks++;
            }
        }

        Assert.True(blocks > 500, $"only {blocks} blocks");
    }

    /// <summary>The lines of the body, front matter taken off as a reader would.</summary>
    private static int Body(string[] lines) => lines[0] == "---" ? lines.Length - Array.IndexOf(lines, "---", 1) - 1 : lines.Length;

    private static EditableText Read(string file) => EditableText.Read(Encoding.UTF8.GetBytes(file))!;
}
