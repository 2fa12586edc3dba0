namespace PolicyHub.Content.Tests.Checking;

/// <summary><c>search-contracts.yml</c>: what is wrong with its lines, and what is said of a line that does not hold.</summary>
public sealed class ContractTests
{
    private const string Settings = "groups: { leads: Leads }\naudiences: { counter: Counter }\npositions:\n  lead: { title: Billing Lead, held-by: [Ann] }\n";

    [Theory]
    [InlineData("{ ask: late fee, find: fees.md, top: 1, owner: lead }")]
    [InlineData("{ ask: late fee, find: fees, top: 1, owner: lead }")]
    [InlineData("{ ask: late fee, find: ub-014, top: 1, owner: lead }")]
    [InlineData("{ ask: who gets a waivr, find: 'UB-014#waivers', top: 1, owner: lead }")]
    [InlineData("{ ask: late fee, find: fees.md, top: 1, audience: counter, owner: lead }")]
    [InlineData("{ ask: late f, find: fees.md, top: 3, owner: lead }")]
    public void Contract_ThatHolds_IsNoProblem(string line) => Assert.Empty(Library($"- {line}\n").Check());

    [Theory]
    [InlineData("{ ask: late fee, find: fee.md, top: 1, owner: lead }", "unknown-document 26")]
    [InlineData("{ ask: late fee, find: UB-015, top: 1, owner: lead }", "unknown-document 26")]
    [InlineData("{ ask: late fee, find: 'fees.md#waiver', top: 1, owner: lead }", "broken-anchor 26")]
    [InlineData("{ ask: late fee, find: fees.md, audience: counters, top: 1, owner: lead }", "contract-broken 3", "unknown-audience 45")]
    [InlineData("{ ask: late fee, find: fees.md, top: 1, owner: leed }", "unknown-position 50")]
    [InlineData("{ ask: late fee, find: fees.md, top: 1 }", "missing-field 3")]
    [InlineData("{ ask: late fee, find: fees.md, top: first, owner: lead }", "wrong-top 40")]
    [InlineData("{ ask: late fee, find: fees.md, top: 0, owner: lead }", "wrong-top 40")]
    [InlineData("{ ask: late fee, find: fees.md, top: 21, owner: lead }", "wrong-top 40")]
    [InlineData("{ ask: late fee, find: fees.md, top: 1, owner: lead, toop: 2 }", "unknown-field 56")]
    [InlineData("{ find: fees.md, top: 1, owner: lead }", "missing-field 3")]
    [InlineData("late fee", "wrong-field 3")]
    [InlineData("{ ask: zeppelin, find: fees.md, top: 1, owner: lead }", "contract-broken 3")]
    [InlineData("{ ask: late fee, find: 'fees.md#waivers', top: 1, owner: lead }", "contract-elsewhere 3")]
    [InlineData("{ ask: zanzibar, find: secret.md, top: 1, owner: lead }", "contract-hidden 3")]
    public void Contract_WrongLine_IsReportedAtItsPlace(string line, params string[] expected) =>
        Assert.Equal(expected.Select(place => place.Replace(" ", " search-contracts.yml:2:", StringComparison.Ordinal)), Library($"# Contracts\n- {line}\n").Check().Select(LibraryOf.Where));

    [Theory]
    [InlineData("ask: late fee", "list-unreadable search-contracts.yml:1:1")]
    [InlineData("- { ask: [ }", "list-unreadable search-contracts.yml:1:12")]
    public void Contracts_NoList_AreOneProblem(string text, string expected) => Assert.Equal(expected, Library(text).Only());

    [Fact]
    public void Contract_AskedTwice_NamesTheFirstLine()
    {
        var line = "- { ask: Late fee, find: fees.md, top: 1, owner: lead }\n";

        var problem = Assert.Single(Library(line + line.Replace("Late", "late", StringComparison.Ordinal)).Check());

        Assert.Equal("asked-twice search-contracts.yml:2:3", LibraryOf.Where(problem));
        Assert.Equal("“late fee” is asked on line 1 already.", problem.Sentence);
    }

    [Fact]
    public void Contract_PushedDown_NamesThePlaceAndWhatPushedIt()
    {
        var library = Library("- { ask: cart, find: carts.md, top: 1, owner: lead }\n").With("lost.md", "---\ntitle: Cart\n---\nA cart that is lost.\n");

        var problem = Assert.Single(library.Check());

        Assert.Equal("“cart” must find “Trash carts” (carts.md) among the first 1, and finds it at place 2; place 1 has “Cart” (lost.md).", problem.Sentence);
        Assert.Contains("Billing Lead", problem.WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    public void Contract_OtherSection_NamesTheOneThatOpens()
    {
        var problem = Assert.Single(Library("- { ask: late fee, find: 'fees.md#waivers', top: 1, owner: lead }\n").Check());

        Assert.Equal("“late fee” finds “Late fees” (fees.md) at place 1, but opens it at its top and not at #waivers.", problem.Sentence);
    }

    private static LibraryOf Library(string contracts) => new LibraryOf()
        .With("library.yml", Settings)
        .With("fees.md", "---\nid: UB-014\ntitle: Late fees\naudience: [counter]\n---\nA late fee is added after 21 days.\n\n## Waivers\n\nWho gets a waiver.\n")
        .With("carts.md", "# Trash carts\n\nPut the cart out by seven.\n")
        .With("secret.md", "---\ntitle: Zanzibar\naccess: leads\n---\nFor few.\n")
        .With("search-contracts.yml", contracts);
}
