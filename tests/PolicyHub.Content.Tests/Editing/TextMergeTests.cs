using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PolicyHub.Content.Editing;

namespace PolicyHub.Content.Tests.Editing;

public sealed class TextMergeTests
{
    public static TheoryData<string, string, string, string> Clean => new()
    {
        { "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n" },
        { "a\nb\nc\n", "a\nb\nc\n", "a\nc\n", "a\nc\n" },
        { "a\nb\n", "a\nX\nb\n", "a\nX\nb\n", "a\nX\nb\n" },
        { "a\nb", "a\nb\nc", "A\nb", "A\nb\nc" },
        { "a\nb", "a\nb", "a\nb\n", "a\nb\n" },
        { "a\nb\nc\n", "a\r\nb\r\nc\r\n", "a\nB\nc\n", "a\r\nB\nc\r\n" },
        { "\uFEFFa\nb\n", "a\nb\n", "\uFEFFa\nB\n", "a\nB\n" },
        { "---\ntitle: A\ndesk: x\n---\nText\n", "---\ntitle: B\ndesk: x\n---\nText\n", "---\ntitle: A\ndesk: y\n---\nText\n", "---\ntitle: B\ndesk: y\n---\nText\n" },
        { "---\ntitle: A\n---\nText\n", "---\ntitle: B\n---\nText\n", "---\ntitle: A\n---\nWords\n", "---\ntitle: B\n---\nWords\n" },
        { "", "", "a\n", "a\n" },
    };

    [Theory]
    [MemberData(nameof(Clean))]
    public void Of_ChangesInDifferentPlaces_AreBothThere(string before, string mine, string theirs, string merged) =>
        Assert.Equal(merged, Encoding.UTF8.GetString(Merge(before, mine, theirs).Merged!));

    [Fact]
    public void Of_BothChangedAParagraph_IsAConflictOfTheWholeParagraph()
    {
        var merge = Merge("# A\n\nOne\ntwo\nthree\n\nEnd\n", "# A\n\nOne\nzwei\nthree\n\nEnd\n", "# A\n\nOne\ndeux\nthree\n\nEnde\n");

        Assert.Null(merge.Merged);
        Assert.Equal([new MergePart.Agreed("# A\n\n"), new MergePart.Conflict("One\ntwo\nthree\n", "One\nzwei\nthree\n", "One\ndeux\nthree\n", false), new MergePart.Agreed("\nEnde\n")], merge.Parts);
        Assert.Equal("# A\n\nOne\ndeux\nthree\n\nEnde\n", Encoding.UTF8.GetString(merge.Choose([merge.Conflicts.Single().Theirs])));
        Assert.Equal("# A\n\nOne\nother\n\nEnde\n", Encoding.UTF8.GetString(merge.Choose(["One\r\nother"])));
        Assert.Throws<ArgumentException>(() => merge.Choose([]));
    }

    [Fact]
    public void Of_BothChangedListItems_AreConflictsOfTheItem()
    {
        var merge = Merge("- a\n- b\n- c\n", "- a\n- x\n- c\n", "- a\n- y\n- c\n");

        Assert.Equal(new MergePart.Conflict("- b\n", "- x\n", "- y\n", false), Assert.Single(merge.Conflicts));
    }

    [Fact]
    public void Of_BothAddedTheSameField_IsAConflictAndNotAFieldTwice()
    {
        var merge = Merge("---\ntitle: A\ndesk: x\nowner: y\n---\n", "---\ntitle: A\neffective: 2026-12-01\ndesk: x\nowner: y\n---\n", "---\ntitle: A\ndesk: x\nowner: y\neffective: 2026-12-24\n---\n");

        Assert.True(Assert.Single(merge.Conflicts).InFrontMatter);
    }

    [Fact]
    public void Of_WhatIsNoText_IsNull() => Assert.Null(TextMerge.Of("a"u8, [0xFF, 0x00], "b"u8));

    /// <summary>Whatever either side wrote is in the merged text or shown in a conflict, and what a side left alone takes the other's text whole.</summary>
    [Fact]
    public void Of_GeneratedTexts_DropNothingThatAnybodyWrote() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(Texts.ToArbitrary(), texts =>
        {
            var (before, mine, theirs) = texts;
            var merge = Merge(before, mine, theirs);
            var shown = merge.Parts.SelectMany(part => part switch
            {
                MergePart.Agreed agreed => Lines(agreed.Text),
                MergePart.Conflict conflict => Lines(conflict.Mine).Concat(Lines(conflict.Theirs)),
                _ => [],
            }).ToHashSet(StringComparer.Ordinal);
            Assert.Superset(Lines(mine).Except(Lines(before)).ToHashSet(StringComparer.Ordinal), shown);
            Assert.Superset(Lines(theirs).Except(Lines(before)).ToHashSet(StringComparer.Ordinal), shown);
            Assert.Superset(Lines(before).Intersect(Lines(mine)).Intersect(Lines(theirs)).ToHashSet(StringComparer.Ordinal), shown);

            Assert.Equal(mine, String(Merge(before, mine, before).Merged));
            Assert.Equal(theirs, String(Merge(before, before, theirs).Merged));
            Assert.Equal(mine, String(Merge(before, mine, mine).Merged));
            var both = merge.Conflicts.Select(conflict => conflict.Mine + "\n" + conflict.Theirs).ToList();
            Assert.Superset(Lines(mine).Except(Lines(before)).Concat(Lines(theirs).Except(Lines(before))).ToHashSet(StringComparer.Ordinal), Lines(String(merge.Choose(both))!).ToHashSet(StringComparer.Ordinal));
        }));

    private static Gen<(string Before, string Mine, string Theirs)> Texts =>
        from kinds in Gen.Elements("a", "b", "", "- c", "d e", "## f", "| g |").ListOf(9)
        let before = kinds.Select((line, index) => line.Length == 0 ? "" : $"{line} {index}").ToList()
        from mine in Changes(before, "mine")
        from theirs in Changes(before, "theirs")
        from end in Gen.Elements("", "\n")
        select (string.Join('\n', before) + end, string.Join('\n', mine) + end, string.Join('\n', theirs) + end);

    private static Gen<List<string>> Changes(IEnumerable<string> before, string who) =>
        from acts in Gen.Choose(0, 9).ListOf(before.Count())
        from more in Gen.Choose(0, 3)
        select before.Zip(acts).SelectMany((pair, index) => pair.Second switch
        {
            0 => [],
            1 => [$"{who} {index}"],
            2 => [pair.First, $"- {who} added {index}"],
            3 => (string[])[$"{who} {index}", "", pair.First],
            _ => [pair.First],
        }).Concat(more == 0 ? [$"{who} at the end"] : []).ToList();

    private static string[] Lines(string text) => text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static TextMerge Merge(string before, string mine, string theirs) => TextMerge.Of(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(mine), Encoding.UTF8.GetBytes(theirs))!;

    private static string? String(byte[]? text) => text is null ? null : Encoding.UTF8.GetString(text);
}
