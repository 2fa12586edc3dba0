namespace PolicyHub.Content.Tests.Checking;

/// <summary>Access rules that name what is no group.</summary>
public sealed class AccessChecksTests
{
    private const string Groups = "groups: { hr: Human Resources, leads: Leads }\n";

    [Theory]
    [InlineData("access: lead", "unknown-group a.md:3:9")]
    [InlineData("access: [hr, leeds]", "unknown-group a.md:3:9")]
    [InlineData("access: Public", "unknown-group a.md:3:9")]
    [InlineData("access: [public, hr]", "public-and-more a.md:3:9")]
    [InlineData("access: public\naccess: hr", "field-twice a.md:4:1")]
    [InlineData("access: { hr: yes }", "wrong-field a.md:3:9")]
    [InlineData("public-shows: [call-outs, limit]", "unknown-staff-part a.md:3:15")]
    public void Check_WrongRule_IsReportedAtItsPlace(string field, string expected) =>
        Assert.Equal(expected, new LibraryOf().With("library.yml", Groups).With("a.md", $"---\ntitle: A\n{field}\n---\nText.\n").Only());

    [Theory]
    [InlineData("access: hr")]
    [InlineData("access: [hr, leads]")]
    [InlineData("access: public")]
    [InlineData("access:")]
    [InlineData("public-shows: [call-outs, limits, steps]")]
    public void Check_RuleThatFits_IsNoProblem(string field) =>
        Assert.Empty(new LibraryOf().With("library.yml", Groups).With("a.md", $"---\ntitle: A\n{field}\n---\nText.\n").Check());

    [Fact]
    public void Check_UnknownGroup_SaysWhoReadsAndWhatWasMeant()
    {
        var problem = Assert.Single(new LibraryOf().With("library.yml", Groups + "access:\n  closed: lead\n").With("closed/a.md", "# A\n\nText.\n").Check());

        Assert.Equal("unknown-group library.yml:3:11", LibraryOf.Where(problem));
        Assert.Equal("There is no group “lead”, so only auditors can read this.", problem.Sentence);
        Assert.StartsWith("Did you mean “leads”?", problem.WhatToDo, StringComparison.Ordinal);
    }
}
