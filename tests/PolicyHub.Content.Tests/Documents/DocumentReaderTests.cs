using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Tests.Documents;

public sealed class DocumentReaderTests
{
    [Fact]
    public void Read_EveryCommonField_TakesIt()
    {
        var document = Reading.Document("""
            ---
            id: UB-014
            title: "Late fees: when and how much"
            summary: When a late fee is added.
            kind: policy
            desk: utility-billing
            owners: [billing-lead, finance-director]
            audience: [counter, phone]
            access: internal
            tags: [late fee, waiver]
            also-known-as:
              - late charge
              - penalty
            effective: 2026-10-01 08:00
            review-by: 2027-10-01
            rescinded: 2030-01-01
            reason: replaced by a new code
            replaces: UB-009
            replaced-by: [UB-030]
            legal-basis: Riverton City Code 13.08.040
            adopted-by: City Council
            adopted: 2026-09-01
            implements: [CH-001]
            must-read: [counter]
            answers:
              - ask: How much?
                say: 5%
                only-if: It is late.
                section: "#do"
            redirect_from: /late-fees/
            ---
            ## Do

            Add 5%.
            """);

        Assert.Equal("UB-014", document.Id);
        Assert.Equal("Late fees: when and how much", document.Title);
        Assert.Equal("When a late fee is added.", document.Summary);
        Assert.Equal(DocumentKind.Policy, document.Kind);
        Assert.Equal("utility-billing", document.Desk);
        Assert.Equal(["billing-lead", "finance-director"], document.Owners);
        Assert.Equal(["counter", "phone"], document.Audience);
        Assert.Equal("internal", document.Access);
        Assert.Equal(["late fee", "waiver"], document.Tags);
        Assert.Equal(["late charge", "penalty"], document.AlsoKnownAs);
        Assert.Equal(new DeclaredMoment(new DateOnly(2026, 10, 1), new TimeOnly(8, 0)), document.Effective);
        Assert.Equal(new DateOnly(2027, 10, 1), document.ReviewBy);
        Assert.Equal(new DeclaredMoment(new DateOnly(2030, 1, 1)), document.Rescinded);
        Assert.Equal("replaced by a new code", document.RescindedReason);
        Assert.Equal(["UB-009"], document.Replaces);
        Assert.Equal(["UB-030"], document.ReplacedBy);
        Assert.Equal(["Riverton City Code 13.08.040"], document.LegalBasis);
        Assert.Equal("City Council", document.AdoptedBy);
        Assert.Equal(new DateOnly(2026, 9, 1), document.Adopted);
        Assert.Equal(["CH-001"], document.Implements);
        Assert.Equal(["counter"], document.MustRead);
        Assert.Equal([new DirectAnswer("How much?", "5%", "It is late.", "do")], document.Answers);
        Assert.Equal(["/late-fees/"], document.RedirectFrom);
        Assert.Equal("## Do\n\nAdd 5%.", document.Body);
        Assert.Equal(32, document.BodyLine);
        Assert.Equal(new SourcePosition(6, 7), document.WrittenAt.Of("desk"));
        Assert.Equal(new SourcePosition(29, 14), document.WrittenAt.Of("answers[0].section"));
    }

    [Fact]
    public void Read_NoFrontMatter_TakesTitleAndSummaryFromTheBody()
    {
        var document = Reading.Document("{% include nav.html %}\n\n# Late *fees* & `waivers`\n\nA [fee](x.md) is\nadded.\n\nMore.", "notes/x.md");

        Assert.Equal("Late fees & waivers", document.Title);
        Assert.Equal("A fee is added.", document.Summary);
        Assert.Equal(DocumentKind.Page, document.Kind);
        Assert.Equal(1, document.BodyLine);
    }

    [Theory]
    [InlineData("policies/late_fees-and-more.md", "Late fees and more")]
    [InlineData("waste/index.md", "Waste")]
    [InlineData("README.md", "README")]
    public void Read_NoHeading_TakesTheTitleFromTheFileName(string path, string title) =>
        Assert.Equal(title, Reading.Document("Words only.", path).Title);

    [Fact]
    public void Read_LongFirstParagraph_CutsTheSummaryAtAWord()
    {
        var summary = Reading.Document(string.Join(' ', Enumerable.Repeat("seven77", 60))).Summary;

        Assert.InRange(summary.Length, 150, 200);
        Assert.EndsWith("seven77…", summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title: [Late fees]\nowner: billing-lead\ntags: waiver\nid: 14\n")]
    [InlineData("title: Late fees\nowners: billing-lead\ntags: [waiver]\nid: \"14\"\n")]
    public void Read_HarmlessSpelling_IsTakenAsMeant(string yaml)
    {
        var document = Reading.Document($"---\n{yaml}---\nText");

        Assert.Equal("Late fees", document.Title);
        Assert.Equal(["billing-lead"], document.Owners);
        Assert.Equal(["waiver"], document.Tags);
        Assert.Equal("14", document.Id);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Read_AnyLineEndAndByteOrderMark_FindsFieldsAndBody(string lineEnd)
    {
        var document = Reading.Document("\uFEFF---\ntitle: Late fees\ndesk: billing\n---  \nText\nMore\n".Replace("\n", lineEnd, StringComparison.Ordinal));

        Assert.Equal("Late fees", document.Title);
        Assert.Equal("billing", document.Desk);
        Assert.Equal($"Text{lineEnd}More{lineEnd}", document.Body);
        Assert.Equal(5, document.BodyLine);
    }

    [Fact]
    public void Read_JekyllPage_IgnoresWhatItDoesNotKnow()
    {
        var document = Reading.Document("""
            ---
            layout: default
            title: Travel
            questions:
              - travel
              - { nested: [1, 2, { deep: true }] }
            cSpell: ignore foo
            permalink: /travel/
            redirect_from:
              - /old-travel/
            sidebar: &anchor {a: 1}
            other: *anchor
            ---
            {% alert %}
            Go to {{ site.baseurl }}/x.
            """, "pages/travel.md");

        Assert.Equal("Travel", document.Title);
        Assert.Equal(["/old-travel/", "/travel/"], document.RedirectFrom);
    }

    [Fact]
    public void Read_WrongSingleFields_LeavesThemOutAndSaysWhere()
    {
        var read = Reading.Read("""
            ---
            title: Late fees
            effective: next year
            review-by: 2026-13-01
            kind: polcy
            desk: [a, b]
            audience: {counter: yes}
            title: Again
            answers:
              - ask: How much?
              - just words
            ---
            Text
            """);

        var document = Assert.IsType<Document>(read.Document);
        Assert.Null(document.Effective);
        Assert.Null(document.ReviewBy);
        Assert.Equal(DocumentKind.Page, document.Kind);
        Assert.Null(document.Desk);
        Assert.Empty(document.Audience);
        Assert.Equal("Late fees", document.Title);
        Assert.Empty(document.Answers);
        Assert.Equal(
            [
                ("field-twice", 8, 1), ("missing-field", 10, 5), ("unknown-kind", 5, 7), ("wrong-date", 3, 12), ("wrong-date", 4, 12),
                ("wrong-field", 6, 7), ("wrong-field", 7, 11), ("wrong-field", 11, 5),
            ],
            read.Problems.Select(problem => (problem.Code, problem.Position.Line, problem.Position.Column)).Order());
        Assert.All(read.Problems, problem => Assert.Equal("policies/late-fees.md", problem.File));
        Assert.Contains("“policy”", read.Problems.Single(problem => problem.Code == "unknown-kind").WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_YamlThatDoesNotParse_IsNoDocumentAndSaysWhere()
    {
        var read = Reading.Read("---\ntitle: Late fees\nsummary: one: two\n---\nText");

        Assert.Null(read.Document);
        var problem = Assert.Single(read.Problems);
        Assert.Equal(("front-matter-unreadable", Severity.Error, 3), (problem.Code, problem.Severity, problem.Position.Line));
    }

    [Fact]
    public void Read_FrontMatterThatNeverCloses_IsNoDocument()
    {
        var read = Reading.Read("---\ntitle: Late fees\n\nText");

        Assert.Null(read.Document);
        Assert.Equal("front-matter-unclosed", Assert.Single(read.Problems).Code);
    }

    [Theory]
    [InlineData("---\n\nText after a rule.\n")]
    [InlineData("---\n")]
    [InlineData("---")]
    [InlineData("")]
    [InlineData("---\n---\nText")]
    [InlineData("---\n# only a comment\n---\nText")]
    public void Read_RuleOrEmptyFrontMatter_IsADocument(string text) => Assert.NotNull(Reading.Document(text));

    [Fact]
    public void Read_TextBetweenRules_IsShownAsBody()
    {
        var read = Reading.Read("---\nNo fields here\n---\nText");

        Assert.Equal("---\nNo fields here\n---\nText", read.Document?.Body);
        Assert.Equal("front-matter-without-fields", Assert.Single(read.Problems).Code);
    }

    [Fact]
    public void Read_BytesThatAreNoText_IsNoDocument()
    {
        foreach (var bytes in new byte[][] { [0xFF, 0xFE, 0x41, 0x00], [0x41, 0x00, 0x42], [0xC3, 0x28] })
        {
            var read = DocumentReader.Read(LibraryPath.Parse("a.md"), bytes, LibrarySettings.Default);

            Assert.Null(read.Document);
            Assert.Equal("bad-encoding", Assert.Single(read.Problems).Code);
        }
    }

    [Fact]
    public void Read_FrontMatterOverTheCap_IsNoDocument()
    {
        var read = Reading.Read($"---\ntitle: {new string('x', 70_000)}\n---\n");

        Assert.Null(read.Document);
        Assert.Equal("front-matter-too-large", Assert.Single(read.Problems).Code);
    }

    [Fact]
    public void Read_AliasesThatMultiply_AreRefused()
    {
        var bomb = new StringBuilder("---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 12; level++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        var read = Reading.Read(bomb.Append("tags: *a11\n---\n").ToString());

        Assert.Null(read.Document);
        Assert.Equal("front-matter-unreadable", Assert.Single(read.Problems).Code);
    }

    [Theory]
    [InlineData("a: &a [*a]")]
    [InlineData("a: *nowhere")]
    [InlineData("? {a: b}\n: c\n? [d]\n: e\n- f")]
    [InlineData("a: \"\\uD800\"")]
    [InlineData("a: \"\\xZZ\"")]
    [InlineData("%YAML 9.9\n")]
    [InlineData("!!binary x")]
    [InlineData("a: !<tag:x> 1\n<<: {b: 1}")]
    [InlineData("\t- a")]
    [InlineData("a: |9\n  b")]
    [InlineData("effective: 0001-01-01\nrescinded: 9999-12-31T23:59:59+14:00")]
    public void Read_OddYaml_NeverThrows(string yaml) => Assert.NotNull(Reading.Read($"---\n{yaml}\n---\nText"));

    [Fact]
    public void Read_DeepNesting_NeverThrows()
    {
        foreach (var yaml in new[] { new string('[', 60_000), "a: " + string.Concat(Enumerable.Repeat("{b: ", 10_000)), string.Concat(Enumerable.Repeat("- ", 20_000)) })
        {
            Assert.Null(Reading.Read($"---\n{yaml}\n---\nText").Document);
        }
    }

    [Fact]
    public void Read_KindAndAccessByFolder_TheLongestFolderDecides()
    {
        var settings = Reading.Settings("kinds:\n  process: process\n  process/huddles/: page\naccess:\n  process/huddles: leads\n");

        Assert.Equal(DocumentKind.Process, Reading.Document("x", "process/guest.md", settings).Kind);
        var huddle = Reading.Document("x", "process/huddles/greet.md", settings);
        Assert.Equal((DocumentKind.Page, "leads"), (huddle.Kind, huddle.Access));
        Assert.Equal(DocumentKind.Script, Reading.Document("---\nkind: Script\n---\nx", "process/a.md", settings).Kind);
    }
}
