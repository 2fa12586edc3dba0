namespace PolicyHub.Content.Tests.Checking;

/// <summary><c>search-pins.yml</c>: what is wrong with its lines. Today is 23 November 2026.</summary>
public sealed class PinTests
{
    [Theory]
    [InlineData("{ ask: late fee, find: 'fees.md#waivers', reason: x, until: 2026-11-23, owner: lead }")]
    [InlineData("{ ask: [late fee, penalty], find: UB-014, reason: x, until: 2027-01-01 12:00, owner: lead }")]
    [InlineData("{ ask: [late], find: secret, reason: x, until: 2027-01-01, owner: lead }")]
    [InlineData("{ ask: late fee, find: fee.md, reason: x, until: 2027-01-01, owner: lead }", "unknown-document 26")]
    [InlineData("{ ask: late fee, find: 'fees#waiver', reason: x, until: 2027-01-01, owner: lead }", "broken-anchor 26")]
    [InlineData("{ ask: late fee, find: old/fees, reason: x, until: 2027-01-01, owner: lead }", "unknown-document 26")]
    [InlineData("{ ask: late fee, find: fees, reason: x, until: 2026-11-22, owner: lead }", "pin-ended 50")]
    [InlineData("{ ask: late fee, find: fees, reason: x, until: soon, owner: lead }", "wrong-date 50")]
    [InlineData("{ ask: late fee, find: fees, reason: x, until: 2027-01-01, owner: leed }", "unknown-position 69")]
    [InlineData("{ ask: late fee, find: fees, reason: x, until: 2027-01-01, owner: lead, note: y }", "unknown-field 75")]
    [InlineData("{ find: fees }", "missing-field 3", "missing-field 3", "missing-field 3", "missing-field 3")]
    [InlineData("{ ask: '?!', find: fees, reason: x, until: 2027-01-01, owner: lead }", "wrong-field 3")]
    [InlineData("{ ask: [late fee, Late fees], find: fees, reason: x, until: 2027-01-01, owner: lead }", "asked-twice 3")]
    public void Pin_WrongLine_IsReportedAtItsPlace(string line, params string[] expected) =>
        Assert.Equal(expected.Select(place => place.Replace(" ", " search-pins.yml:2:", StringComparison.Ordinal)), Library($"# Pins\n- {line}\n").Check().Select(LibraryOf.Where));

    [Fact]
    public void Pin_SectionOfARestrictedDocument_IsMissingWithoutAWordOfIt()
    {
        var problem = Assert.Single(Library("- { ask: late, find: 'secret#zanzibars', reason: x, until: 2027-01-01, owner: lead }\n").Check());

        Assert.Equal("broken-anchor", problem.Code);
        Assert.DoesNotContain("secret", problem.Sentence + problem.WhatToDo, StringComparison.Ordinal);
        Assert.DoesNotContain("zanzibar”", problem.Sentence + problem.WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    public void Contract_ThatAPinKeeps_Holds() => Assert.Empty(Library("- { ask: zeppelin, find: fees, reason: x, until: 2027-01-01, owner: lead }\n")
        .With("search-contracts.yml", "- { ask: Zeppelins, find: fees, top: 1, owner: lead }\n").Check());

    private static LibraryOf Library(string pins) => new LibraryOf()
        .With("library.yml", "groups: { leads: Leads }\npositions:\n  lead: { title: Billing Lead, held-by: [Ann] }\n")
        .With("fees.md", "---\nid: UB-014\ntitle: Late fees\nredirect_from: [old/fees]\n---\nA late fee is added after 21 days.\n\n## Waivers\n\nWho gets a waiver.\n")
        .With("secret.md", "---\ntitle: Secret\naccess: leads\n---\n# Zanzibar\n\nFor few.\n")
        .With("search-pins.yml", pins);
}
