using System.Collections.Immutable;
using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Tests.Editing;

/// <summary>A document moves, and every link leads where it did.</summary>
public sealed class MovedLinksTests
{
    private static readonly LibraryPath From = LibraryPath.Parse("policies/billing/fees.md");

    private static readonly LibraryPath To = LibraryPath.Parse("rules/money/late/fees-new.md");

    [Theory]
    [InlineData("[x](plans.md)", "[x](../../../policies/billing/plans.md)")]
    [InlineData("[x](./plans.md#how \"Plans\")", "[x](../../../policies/billing/plans.md#how \"Plans\")")]
    [InlineData("[x](../water/main%20breaks.md?y#z)", "[x](../../../policies/water/main%20breaks.md?y#z)")]
    [InlineData("[x](<../water/main breaks.md>)", "[x](<../../../policies/water/main breaks.md>)")]
    [InlineData("![p](img/a\\_b.png)", "![p](../../../policies/billing/img/a_b.png)")]
    [InlineData("[x](fees.md#here) [y](#here)", "[x](fees-new.md#here) [y](#here)")]
    [InlineData("[x](/policies/billing/plans.md) [y](https://x.example/plans.md) [z](mailto:a@b.example)", null)]
    [InlineData("[x](/policies/billing/fees.md)", "[x](/rules/money/late/fees-new.md)")]
    [InlineData("[x](../../rules/money/late/terms.md)", "[x](terms.md)")]
    [InlineData("[x][p] and `[x](plans.md)`\n\n[p]: plans.md 'Plans'", "[x][p] and `[x](plans.md)`\n\n[p]: ../../../policies/billing/plans.md 'Plans'")]
    [InlineData("> - a [p](plans.md)\n>   b\n\n| a | b |\n|---|---|\n| [x](plans.md) | ![y](y.png) |", "> - a [p](../../../policies/billing/plans.md)\n>   b\n\n| a | b |\n|---|---|\n| [x](../../../policies/billing/plans.md) | ![y](../../../policies/billing/y.png) |")]
    [InlineData("> - a [p](plans.md)\n>   b", "> - a [p](../../../policies/billing/plans.md)\n>   b")]
    [InlineData("> [x](plans.md)\n> b", "> [x](../../../policies/billing/plans.md)\n> b")]
    [InlineData("- [p](plans.md)\n  b", "- [p](../../../policies/billing/plans.md)\n  b")]
    [InlineData("| a | b |\n|---|---|\n| [x](plans.md) | ![y](y.png) |", "| a | b |\n|---|---|\n| [x](../../../policies/billing/plans.md) | ![y](../../../policies/billing/y.png) |")]
    [InlineData("[x](../desks/) [gone](../../../../out.md)", "[x](../../../policies/desks/) [gone](../../../../out.md)")]
    [InlineData("Note[^1].\r\n\r\n[^1]: See [x](plans.md).\r\n", "Note[^1].\r\n\r\n[^1]: See [x](../../../policies/billing/plans.md).\r\n")]
    public void Rewrite_OfTheTextThatMoves_KeepsWhereItLeads(string body, string? expected)
    {
        const string Head = "---\ntitle: Fees # kept\n---\n";
        Assert.Equal(Head + (expected ?? body), Rewritten(Head + body, From, To));
    }

    [Theory]
    [InlineData("See [fees](billing/fees.md#how) and [plans](billing/plans.md).", "See [fees](../rules/money/late/fees-new.md#how) and [plans](billing/plans.md).")]
    [InlineData("See [fees](billing/fees).", "See [fees](../rules/money/late/fees-new).")]
    public void Rewrite_OfATextThatLeadsThere_ChangesThatLinkAlone(string body, string expected)
    {
        var path = LibraryPath.Parse("policies/overview.md");
        Assert.Equal(expected, Rewritten(body, path, path));
    }

    [Fact]
    public void Rewrite_OfAForm_KeepsItsFiles()
    {
        var form = "---\nkind: form\nfile: c-05.pdf\nsample: ../samples/c-05 filled.pdf\n---\nFill it in.\n";
        Assert.Equal(form.Replace("c-05.pdf\ns", "\"../../../policies/billing/c-05.pdf\"\ns", StringComparison.Ordinal).Replace("../samples/c-05 filled.pdf", "\"../../../policies/samples/c-05 filled.pdf\"", StringComparison.Ordinal), Rewritten(form, From, To));
    }

    [Fact]
    public void KeepAddress_OfWhereItStood_IsOneMoreAndGoneWhenItIsBack()
    {
        var text = Encoding.UTF8.GetBytes("---\ntitle: Fees\nredirect_from:\n  - /old/ # from the first site\n---\nText.\n");
        var kept = MovedLinks.KeepAddress(text, From)!;
        Assert.Equal("---\ntitle: Fees\nredirect_from:\n  - /old/ # from the first site\n  - /policies/billing/fees/\n---\nText.\n", Encoding.UTF8.GetString(kept).Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal(kept, MovedLinks.KeepAddress(kept, From));
        Assert.Equal(text, MovedLinks.Rewrite(kept, To, From, ImmutableDictionary<LibraryPath, LibraryPath>.Empty, LibrarySettings.Default));
    }

    [Fact]
    public void Rewrite_OfEveryDocumentOfTheStarterLibrary_LeadsWhereItDid()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "PolicyHub.sln")))
        {
            root = root.Parent!;
        }

        var content = Path.Combine(root.FullName, "content");
        var settings = SettingsReader.Read(File.ReadAllBytes(Path.Combine(content, "library.yml"))).Settings;
        var renderer = new DocumentRenderer(settings.Words);
        var links = 0;
        foreach (var file in Directory.EnumerateFiles(content, "*.md", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(content, file).Replace(Path.DirectorySeparatorChar, '/');
            if (name.StartsWith('.') || !LibraryPath.TryParse(name, out var path))
            {
                continue;
            }

            var (bytes, to) = (File.ReadAllBytes(file), LibraryPath.Parse($"moved/far/{path.Name}"));
            var moved = MovedLinks.Rewrite(bytes, path, to, ImmutableDictionary<LibraryPath, LibraryPath>.Empty.Add(path, to), settings);
            Assert.True(moved is not null, name);
            var (before, after) = (renderer.Render(DocumentReader.Read(path, bytes, settings).Document!), renderer.Render(DocumentReader.Read(to, moved, settings).Document!));
            Assert.Equal(before.Links.Select(link => (link.Target == path ? to : link.Target, link.Anchor)), after.Links.Select(link => (link.Target, link.Anchor)));

            // And back: not a byte is another, but for the quotes around what a form names.
            var back = MovedLinks.Rewrite(moved, to, path, ImmutableDictionary<LibraryPath, LibraryPath>.Empty.Add(to, path), settings)!;
            Assert.Equal(Unquoted(bytes), Unquoted(back));
            links += after.Links.Length;
        }

        Assert.InRange(links, 100, int.MaxValue);
    }

    private static string Unquoted(byte[] text) => string.Join('\n', Encoding.UTF8.GetString(text).Split('\n').Select(line => line.StartsWith("file: ", StringComparison.Ordinal) || line.StartsWith("sample: ", StringComparison.Ordinal) ? line.Replace("\"", "", StringComparison.Ordinal) : line));

    private static string Rewritten(string text, LibraryPath from, LibraryPath to) => Encoding.UTF8.GetString(
        MovedLinks.Rewrite(Encoding.UTF8.GetBytes(text), from, to, ImmutableDictionary<LibraryPath, LibraryPath>.Empty.Add(From, To), LibrarySettings.Default) ?? "null"u8.ToArray());
}
