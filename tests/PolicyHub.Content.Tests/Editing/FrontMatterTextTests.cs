using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Tests.Search;
using Document = PolicyHub.Content.Documents.Document;

namespace PolicyHub.Content.Tests.Editing;

public sealed class FrontMatterTextTests
{
    public static TheoryData<string, string, string, string> Texts => new()
    {
        { "---\ntitle: A # note\n\n# about the desk\ndesk:   'x'   # y\n---\nBody", "desk", "it's", "---\ntitle: A # note\n\n# about the desk\ndesk:   'it''s'   # y\n---\nBody" },
        { "---\ntitle: A\nreview-by: 2026-01-01\n---\n", "desk", "billing", "---\ntitle: A\ndesk: billing\nreview-by: 2026-01-01\n---\n" },
        { "---\nreview-by: 2026-01-01\n---\n", "title", "A", "---\ntitle: A\nreview-by: 2026-01-01\n---\n" },
        { "# A\n", "title", "B", "---\ntitle: B\n---\n# A\n" },
        { "", "title", "B", "---\ntitle: B\n---\n" },
        { "---\n---\n", "title", "B", "---\ntitle: B\n---\n" },
        { "---\n# only this\n---\nText", "title", "B", "---\n# only this\ntitle: B\n---\nText" },
        { "---\nA rule above and below\n---\nText", "title", "B", "---\ntitle: B\n---\n---\nA rule above and below\n---\nText" },
        { "---\r\ntitle: A\r\n---\r\nText\r\n", "desk", "x", "---\r\ntitle: A\r\ndesk: x\r\n---\r\nText\r\n" },
        { "\uFEFF---\ntitle: A\n---\n", "title", "B", "\uFEFF---\ntitle: B\n---\n" },
        { "---\ntitle:\n---\n", "title", "B", "---\ntitle: B\n---\n" },
        { "---\ntitle: # to do\ndesk: x\n---\n", "title", "B", "---\ntitle: B # to do\ndesk: x\n---\n" },
        { "---\nsummary: | # why\n  One\n  # no comment\n\n# comment\ndesk: x\n---\n", "summary", "Two", "---\nsummary: Two # why\n\n# comment\ndesk: x\n---\n" },
        { "---\nsummary: one\n  two\n  three # c\ndesk: x\n---\n", "summary", "Four", "---\nsummary: Four # c\ndesk: x\n---\n" },
        { "---\nsummary: \"one\n\n  two\" # c\ndesk: x\n---\n", "summary", "Four", "---\nsummary: \"Four\" # c\ndesk: x\n---\n" },
        { "---\ntags: # c\n  - a\n  # d\n  - b\ndesk: x\n---\n", "tags", "one", "---\ntags: one # c\ndesk: x\n---\n" },
        { "---\ntitle: A\ntitle: B\n---\n", "title", "C", "---\ntitle: C\n---\n" },
        { "---\nowners: [a, b]\n---\n", "owner", "c", "---\nowners: c\n---\n" },
        { "---\n  title: A\n---\n", "desk", "x", "---\n  title: A\n  desk: x\n---\n" },
        { "---\n\"title\": A\n---\n", "title", "B", "---\n\"title\": B\n---\n" },
    };

    public static TheoryData<string, string, string, string> Lists => new()
    {
        { "---\ntags: [a, b] # c\n---\n", "tags", "a|c d|e, f", "---\ntags: [a, c d, \"e, f\"] # c\n---\n" },
        { "---\ntags: a # c\n---\n", "tags", "b", "---\ntags: b # c\n---\n" },
        { "---\ntags: a # c\n---\n", "tags", "b|c", "---\ntags: [b, c] # c\n---\n" },
        { "---\ntitle: A\n---\n", "tags", "b|c", "---\ntitle: A\ntags: [b, c]\n---\n" },
        {
            "---\ntags: # all\n  # first\n  - 'a' # one\n  # second\n  - b\n\n  - \"c\"\n# last\ndesk: x\n---\n", "tags", "a|new|c|end",
            "---\ntags: # all\n  # first\n  - 'a' # one\n  # second\n  - new\n\n  - \"c\"\n  - end\n# last\ndesk: x\n---\n"
        },
        { "---\ntags:\n- a\n- b\n- c\n---\n", "tags", "b|c", "---\ntags:\n- b\n- c\n---\n" },
        { "---\nowner: a\n---\n", "owners", "b", "---\nowner: b\n---\n" },
        { "---\nowner: a\n---\n", "owners", "b|c", "---\nowners: [b, c]\n---\n" },
        { "---\nowner: a\nowners: [b]\n---\n", "owners", "c|d", "---\nowners: [c, d]\n---\n" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Set_AText_KeepsAllElse(string file, string field, string value, string changed) => Assert.Equal(changed, String(FrontMatterText.Set(Bytes(file), field, value)));

    [Theory]
    [MemberData(nameof(Lists))]
    public void Set_AList_KeepsTheLinesOfWhatStays(string file, string field, string values, string changed) =>
        Assert.Equal(changed, String(FrontMatterText.Set(Bytes(file), field, [.. values.Split('|')])));

    [Fact]
    public void Set_Answers_WritesAnewOnlyWhatChanged()
    {
        const string File = "---\nanswers: # said often\n  - ask: 'One?'   # c\n    say: >-\n      Yes,\n      one.\n    note-for: me\n  # the second\n  -   ask: Two?\n      say: No\n      section: two\n  - {ask: Three?, say: Maybe, note-for: us}\n---\nBody\n";

        Assert.Equal(
            "---\nanswers: # said often\n  - ask: 'One?'   # c\n    say: \"Yes: it is\"\n    only-if: Today\n    note-for: me\n  # the second\n  -   ask: Two?\n      say: No\n  - ask: Three?\n    say: Never\n    note-for: us\n  - ask: Four?\n    say: \"4\"\n---\nBody\n",
            String(FrontMatterText.Set(Bytes(File), [new("One?", "Yes: it is", "Today", null), new("Two?", "No", null, null), new("Three?", "Never", null, null), new("Four?", "4", null, null)])));
        Assert.Equal("---\n---\nBody\n", String(FrontMatterText.Set(Bytes(File), ImmutableArray<DirectAnswer>.Empty)));
    }

    [Fact]
    public void Set_AMoment_IsADate()
    {
        Assert.Equal("---\neffective: 2026-12-01\n---\n", String(FrontMatterText.Set(Bytes(""), "effective", new DeclaredMoment(new DateOnly(2026, 12, 1)))));
        Assert.Equal(
            "---\neffective: 2026-12-01T08:00-06:00\n---\n",
            String(FrontMatterText.Set(Bytes("---\neffective: 2026-11-01\n---\n"), "effective", new DeclaredMoment(new DateOnly(2026, 12, 1), new TimeOnly(8, 0), TimeSpan.FromHours(-6)))));
    }

    [Theory]
    [InlineData("---\ntitle: A\n# c\ndesk: x\n---\n", "desk", "---\ntitle: A\n# c\n---\n")]
    [InlineData("---\ntitle: A\ntags:\n  - a\n  - b\n\n# c\ndesk: x\n---\n", "tags", "---\ntitle: A\n\n# c\ndesk: x\n---\n")]
    [InlineData("---\ntitle: A\n---\n", "desk", "---\ntitle: A\n---\n")]
    [InlineData("Text", "desk", "Text")]
    public void Remove_AField_KeepsAllElse(string file, string field, string changed) => Assert.Equal(changed, String(FrontMatterText.Remove(Bytes(file), field)));

    [Theory]
    [InlineData("---\ntitle: [A\n---\n")]
    [InlineData("---\ntitle: A\nno end")]
    [InlineData("---\ntitle: &a A\ndesk: *a\n---\n")]
    [InlineData("---\n{title: A}\n---\n")]
    [InlineData("---\n\"a\\q\": A\n---\n")]
    public void Set_WhatCannotBeEdited_IsNull(string file) => Assert.Null(FrontMatterText.Set(Bytes(file), "title", "B"));

    [Fact]
    public void Set_NoText_IsNull() => Assert.Null(FrontMatterText.Set([0xFF, 0xFE, 0x00], "title", "B"));

    [Theory]
    [InlineData("yes")]
    [InlineData("NULL")]
    [InlineData("~")]
    [InlineData("007")]
    [InlineData("1e5")]
    [InlineData("12:30")]
    [InlineData("2026-12-01")]
    [InlineData("12 months")]
    [InlineData("a: b")]
    [InlineData("a # b")]
    [InlineData("a:")]
    [InlineData("- a")]
    [InlineData("---")]
    [InlineData("#a")]
    [InlineData("'a'")]
    [InlineData("\"a\"")]
    [InlineData("a \"b\" 'c' \\d")]
    [InlineData(" a ")]
    [InlineData("one\ntwo\n\nthree\n")]
    [InlineData("one\r\ntwo\ttab")]
    [InlineData("[a], {b}, *c, &d, !e, |f, >g, %h, @i, `j`")]
    [InlineData("Schöne Grüße – “quoted” 🙂")]
    [InlineData("🙂")]
    [InlineData("a\u0085b\u2028c\uFEFFd\u00A0e")]
    public void Set_AnyText_IsReadBackAsGiven(string text) => AssertReadBack(text);

    [Fact]
    public void Set_GeneratedTexts_AreReadBackAsGiven() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(150),
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), text =>
        {
            // Half of a letter that takes two is no text.
            if (!string.IsNullOrWhiteSpace(text.Get) && !text.Get.Any(char.IsSurrogate))
            {
                AssertReadBack(text.Get);
            }
        }));

    /// <summary>In every document each field is set to another value, read back, and every line that is not of it stays.</summary>
    [Fact]
    public void Set_EveryFieldOfTheStarterLibrary_ChangesNothingElse()
    {
        var changes = 0;
        var folder = StarterLibrary.FindFolder();
        foreach (var file in Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file);
            var before = Read(bytes);
            foreach (var field in (string[])["title", "summary", "id", "kind", "desk", "access", "adopted-by", "no-such-field"])
            {
                changes += Compare(bytes, FrontMatterText.Set(bytes, field, "Other: 007 # words"), field);
            }

            foreach (var field in (string[])["effective", "review-by", "rescinded", "adopted"])
            {
                changes += Compare(bytes, FrontMatterText.Set(bytes, field, new DeclaredMoment(new DateOnly(2031, 2, 3))), field);
            }

            foreach (var field in (string[])["owners", "audience", "must-read", "tags", "also-known-as", "legal-basis", "implements", "replaces", "redirect_from"])
            {
                changes += Compare(bytes, FrontMatterText.Set(bytes, field, ["yes", "two: words", "three"]), field);
                changes += Compare(bytes, FrontMatterText.Remove(bytes, field), field);
            }

            var answers = before.Answers.Select(answer => answer with { Say = answer.Say + " More: #1." }).Append(new DirectAnswer("New?", "007", null, null)).ToImmutableArray();
            var changed = FrontMatterText.Set(bytes, answers)!;
            Assert.Equal(answers, Read(changed).Answers);
            changes += Compare(bytes, changed, "answers");
        }

        Assert.True(changes > 2000, $"only {changes} changes");
    }

    private static int Compare(byte[] before, byte[]? after, string field)
    {
        Assert.NotNull(after);
        var (old, now) = (Lines(before), Lines(after));
        var head = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var tail = old.AsEnumerable().Reverse().Zip(now.AsEnumerable().Reverse()).Take(Math.Min(old.Length, now.Length) - head).TakeWhile(pair => pair.First == pair.Second).Count();
        var touched = old[head..^tail];
        var own = field == "owners" ? "owner" : field;

        // All that was touched is the field: its own line, then only lines that belong to it.
        Assert.True(touched.Length == 0 || touched[0].StartsWith(own, StringComparison.Ordinal) || touched.All(line => line.StartsWith(' ')), $"{field}: {string.Join('\n', touched)}");
        Assert.All(touched.Skip(1), line => Assert.True(line.StartsWith(' '), line));
        return 1;
    }

    private static void AssertReadBack(string text)
    {
        foreach (var file in (string[])["", "---\nx: a\n---\n", "---\nx: 'a' # c\ny: b\n---\nBody", "---\nx: [a]\ny: b\n---\n", "---\nx:\n  - a\n---\n"])
        {
            AssertRead(FrontMatterText.Set(Bytes(file), "x", text), [text]);
            AssertRead(FrontMatterText.Set(Bytes(file), "x", ["first", text, "last"]), ["first", text, "last"]);
        }

        static void AssertRead(byte[]? file, string[] values)
        {
            Assert.NotNull(file);
            var matter = FrontMatter.Split(FrontMatter.Decode(file)!);
            var value = ((YamlMap)YamlTree.Read(matter.Yaml!, 0).Root!).Entries.Single(entry => entry.Key == "x").Value;
            Assert.Equal(values, (value is YamlList list ? list.Items : [value]).Cast<YamlScalar>().Select(scalar => scalar.IsNothing ? null : scalar.Text));
        }
    }

    private static Document Read(byte[] file) => DocumentReader.Read(LibraryPath.Parse("a.md"), file, LibrarySettings.Default).Document!;

    private static string[] Lines(byte[] file) => Encoding.UTF8.GetString(file).Split('\n');

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string? String(byte[]? file) => file is null ? null : Encoding.UTF8.GetString(file);
}
