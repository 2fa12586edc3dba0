using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Tests.Checking;

public sealed class LibraryCheckTests
{
    private const string Settings = """
        emergency: emergency.md
        kinds: { policies: policy, desks: desk }
        audiences: { counter: Counter, phone: Phone }
        positions:
          billing-lead: { title: Billing Lead, held-by: [Maria Lopez] }
          clerk: { title: City Clerk, held-by: [] }
        """;

    private static LibraryOf Library => new LibraryOf()
        .With("library.yml", Settings)
        .With("emergency.md", "Call 911.")
        .With("desks/billing.md", "---\ntitle: Billing\n---\n## Hours\n");

    [Fact]
    public void Check_WholeLibrary_FindsNothing() => Assert.Empty(Library
        .With("policies/late-fees.md", """
            ---
            id: UB-014
            desk: billing
            owner: billing-lead
            audience: [counter]
            must-read: phone
            review-by: 2026-11-23
            replaced-by: [UB-015]
            answers:
              - ask: How much?
                say: It is 5%, at least $5 and at most $1,500.00, by 7:00 on May 4.
                only-if: Two bills are late.
                section: do
            redirect_from: /old/
            ---
            [x](refunds.md#do) [y](../desks/billing.md#hours) ![z](z.svg) [w](#do) [f](/old/#do) [g](../desks/) [h](z.svg)

            ## Do

            A fee of 5 % of it, at least $5.

            ### More

            At most $1500, by 07:00 on the 4th May.

            ## What happens next

            Text[^1].

            [^1]: Note.
            """)
        .With("policies/refunds.md", "---\nid: UB-015\nreplaces: policies/late-fees\n---\n## Do\n")
        .With("policies/z.svg", "<svg/>")
        .Check());

    [Fact]
    public void Check_PlainMarkdownRepository_FindsNothing() => Assert.Empty(new LibraryOf()
        .With("README.md", "# Handbook\n\n[Travel](pages/travel.md) [old](/travel/)\n")
        .With("pages/travel.md", "---\nlayout: x\ntitle: Travel\nredirect_from: /travel/\n---\nText {% x %}\n")
        .With(".github/x.md", "[nowhere](y.md)")
        .Check());

    [Theory]
    [InlineData("[x](refund.md)", "broken-link policies/x.md:3:1")]
    [InlineData("[x](/nowhere/)", "broken-link policies/x.md:3:1")]
    [InlineData("[x](../desks/billing.md#hour)", "broken-anchor policies/x.md:3:1")]
    [InlineData("Text [x](#nowhere)", "broken-anchor policies/x.md:3:6")]
    [InlineData("![x](no.svg)", "missing-image policies/x.md:3:1")]
    [InlineData("[x](javascript:alert)", "unsafe-link policies/x.md:3:1")]
    public void Check_BrokenLink_IsAnErrorWithItsPlace(string body, string problem)
    {
        var library = Library.With("policies/x.md", $"---\n---\n{body}").With("policies/refunds.md", "x");

        Assert.Equal(problem, library.Only());
        Assert.Equal(Severity.Error, library.Check()[0].Severity);
    }

    [Fact]
    public void Check_LinkNearlyRight_SaysWhatWasMeant() => Assert.Contains(
        "policies/refunds.md", Library.With("policies/x.md", "[x](refund.md)").With("policies/refunds.md", "x").Check().Single().WhatToDo, StringComparison.Ordinal);

    [Theory]
    [InlineData("kind: polcy", "unknown-kind policies/x.md:2:7")]
    [InlineData("desk: biling", "unknown-desk policies/x.md:2:7")]
    [InlineData("owner: nobody", "unknown-position policies/x.md:2:8")]
    [InlineData("owners: [billing-lead, clerk]", "owner-not-held policies/x.md:2:24")]
    [InlineData("audience: [counter, fone]", "unknown-audience policies/x.md:2:21")]
    [InlineData("must-read: [fone]", "unknown-audience policies/x.md:2:13")]
    [InlineData("replaced-by: UB-999", "unknown-document policies/x.md:2:14")]
    [InlineData("replaces: [UB-999]", "replaces-unknown policies/x.md:2:12")]
    [InlineData("review-by: 2026-11-22", "review-due policies/x.md:2:12")]
    [InlineData("kind: form\nfile: no.svg", "missing-file policies/x.md:3:7")]
    [InlineData("kind: form\nsample: ../../x.svg", "missing-file policies/x.md:3:9")]
    [InlineData("kind: desk\ncovered-by: nobody", "unknown-desk policies/x.md:3:13")]
    [InlineData("kind: authority\nlimits: [{ role: boss, may: x }]", "unknown-role policies/x.md:3:18")]
    [InlineData("kind: authority\nlimits: [{ role: counter, may: x, above-it: boss }]", "unknown-position policies/x.md:3:45")]
    [InlineData("kind: notice\nfrom: 2026-11-20 08:00\nuntil: 2026-11-20 08:00", "notice-ends-before-start policies/x.md:4:8")]
    [InlineData("kind: notice\nfrom: 2026-11-20\nuntil: 2026-11-20\noverrides: [policies/no.md]", "unknown-document policies/x.md:5:13")]
    [InlineData("kind: charter\npromises: [{ promise: x, kept-by: [boss] }]", "unknown-desk policies/x.md:3:36")]
    [InlineData("kind: charter\npromises: [{ promise: x, within: soon }]", "wrong-duration policies/x.md:3:34")]
    [InlineData("kind: standard\ntimes: { a: promptly }", "wrong-duration policies/x.md:3:13")]
    public void Check_WrongField_SaysWhere(string yaml, string problem) => Assert.Equal(problem, Library.With("policies/x.md", $"---\n{yaml}\n---\nText").Only());

    [Fact]
    public void Check_WhatWasThereBefore_MayBeReplaced() => Assert.Empty(new LibraryOf { KnownBefore = ["UB-999"] }.With("x.md", "---\nreplaces: UB-999\n---\n").Check());

    [Fact]
    public void Check_SameIdTwice_ReportsTheLaterOneWithTheFirst()
    {
        var library = Library.With("policies/a.md", "---\nid: UB-014\n---\n").With("policies/b.md", "---\nid: ub-014\n---\n");

        Assert.Equal("duplicate-id policies/b.md:2:5", library.Only());
        Assert.Contains("policies/a.md", library.Check()[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SameOldAddressTwice_IsReported()
    {
        Assert.Equal("duplicate-redirect policies/b.md:2:24", Library
            .With("policies/a.md", "---\nredirect_from: /old/\n---\n")
            .With("policies/b.md", "---\nredirect_from: [/new/, old]\n---\n").Only());
        Assert.Equal("redirect-from-page policies/b.md:2:16", Library.With("policies/b.md", "---\nredirect_from: /desks/billing/\n---\n").Only());
    }

    [Theory]
    [InlineData("fees: lead", null)]
    [InlineData("deep: [lead, clerk]", null)]
    [InlineData("fes: lead", "section-owner-missing x.md:4:8")]
    [InlineData("fees: leed", "unknown-position x.md:4:9")]
    [InlineData("fees: [lead, nobody]", "unknown-position x.md:4:16")]
    public void Check_OwnersOfSections_ExistAsTheirSectionsDo(string owned, string? problem)
    {
        var library = new LibraryOf().With("library.yml", "positions: { lead: { title: Lead, held-by: [Ann] }, clerk: { title: Clerk, held-by: [Ben] } }")
            .With("x.md", $"---\ntitle: X\nsection-owners:\n  {owned}\n---\n## Fees\n\nFive.\n\n### Deep\n\nSix.\n");
        if (problem is null)
        {
            Assert.Empty(library.Check());
        }
        else
        {
            Assert.Equal(problem, library.Only());
        }
    }

    [Theory]
    [InlineData("say: 5%", "section: nowhere", "answer-section-missing policies/x.md:5:14")]
    [InlineData("say: 6%", "section: do", "answer-figure-missing policies/x.md:4:10")]
    [InlineData("say: Pay $25.", "section: do", "answer-figure-missing policies/x.md:4:10")]
    [InlineData("say: By June 5.", "section: do", "answer-figure-missing policies/x.md:4:10")]
    [InlineData("say: By 8:30.", "section: do", "answer-figure-missing policies/x.md:4:10")]
    [InlineData("say: 77%", "only-if: x", "answer-figure-missing policies/x.md:4:10")]
    [InlineData("say: x", "only-if: 66 bills", "answer-figure-missing policies/x.md:5:14")]
    public void Check_AnswerThatItsSectionDoesNotBear_IsAnError(string say, string more, string problem) => Assert.Equal(
        problem,
        Library.With("policies/x.md", $"---\nanswers:\n  - ask: How much?\n    {say}\n    {more}\n---\n## Do\n\n5%, by 5 May, 8:00\n\n## Other\n\n6%, $25\n\n## What happens next\n").Only());

    [Fact]
    public void Check_PolicyWithAnswersAndNoNextStep_IsAnErrorOfPoliciesOnly()
    {
        const string Text = "---\nanswers: [{ ask: a, say: b }]\n---\n## Do\n";

        Assert.Equal("no-what-happens-next policies/x.md:2:10", Library.With("policies/x.md", Text).Only());
        Assert.Empty(Library.With("practices/x.md", Text).Check());
    }

    [Theory]
    [InlineData("60 seconds", "1 minute", false)]
    [InlineData("60 seconds", "2 minutes", true)]
    [InlineData("3 working days", "3 working days", false)]
    [InlineData("3 working days", "2 working days", false)]
    [InlineData("1 working day", "2 working days", true)]
    [InlineData("1 working day", "24 hours", false)]
    [InlineData("24 hours", "1 working day", true)]
    [InlineData("5 days", "5 working days", true)]
    [InlineData("5 working days", "7 days", false)]
    [InlineData("1 month", "30 days", false)]
    [InlineData("2 weeks", "15 days", true)]
    public void Check_PromiseAgainstItsKeepersStandard_IsContradictedWhenTheStandardAllowsMore(string promised, string standard, bool contradicted)
    {
        var problems = Library
            .With("charter.md", $"---\nkind: charter\npromises:\n  - promise: x\n    kept-by: [billing]\n    topic: email-reply\n    within: {promised}\n---\n")
            .With("standards/billing.md", $"---\nkind: standard\ndesk: billing\ntimes:\n  email-reply: {standard}\n  other: 9 months\n---\n")
            .With("standards/other.md", "---\nkind: standard\ntimes:\n  email-reply: 9 months\n---\n")
            .Check();

        Assert.Equal(contradicted ? ["promise-contradicted charter.md:7:13"] : [], problems.Select(LibraryOf.Where));
    }

    [Fact]
    public void Check_EmergencyPageThatIsNotThere_IsAnErrorOfTheSettings() =>
        Assert.Equal("unknown-emergency-page library.yml:2:12", new LibraryOf().With("library.yml", "name: x\nemergency: no.md\n").Only());

    [Fact]
    public void Check_LargeFiles_AreErrors() => Assert.Equal(
        ["file-too-large a.pdf:0:0", "document-too-large b.md:0:0", "page-too-large b.md:0:0"],
        new LibraryOf().WithSize("a.pdf", (10 * 1024 * 1024) + 1).WithSize("ok.pdf", 10 * 1024 * 1024).WithSize("b.md", (512 * 1024) + 1).WithSize(".cache/c.pdf", 11 * 1024 * 1024)
            .Check().Select(LibraryOf.Where));

    [Fact]
    public void Check_DocumentsThatCannotBeRead_AreThereWithTheRest() => Assert.Equal(
        ["front-matter-unreadable a.md:2:5", "unknown-setting library.yml:1:1"],
        new LibraryOf().With("a.md", "---\na: b: c\n---\n").With("library.yml", "nmae: x").Check().Select(LibraryOf.Where));

    [Fact]
    public void Check_OnlyReviewsAndLostHistory_AreNoReasonToFail() => Assert.False(ProblemPrinter.IsFailure(
        new LibraryOf().With("a.md", "---\nreplaces: X-1\nreview-by: 2020-01-01\n---\n![](b.png)").With("b.png", "x").Check()));
}
