using System.Text;
using System.Text.Json;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Tests.Documents;

public sealed class ApprovalRulesTests
{
    [Fact]
    public void Read_EverySetting_TakesIt()
    {
        var settings = Reading.Settings("""
            positions:
              manager: { title: Manager }
              lead: { title: Lead, above: manager }
            approvals:
              default: { by: [owner, manager], need: 2 }
              files: { by: manager }
              folders: { /policies/: { by: [lead, manager], in-order: true } }
              desks: { counter: { by: [lead] } }
              kinds: { charter: { by: [manager] } }
              remind-after: 12 hours
              deputy-after: 1 day
              above-after: 2 weeks
              urgent: { by: [lead], approve-within: 6 hours }
            """);
        var rules = settings.Approvals;

        Assert.Equal("manager", settings.Positions["lead"].Above);
        Assert.Equal(["owner", "manager"], rules.Default.By);
        Assert.Equal((2, false), (rules.Default.Need, rules.Default.InOrder));
        Assert.Equal(["manager"], rules.Files?.By);
        Assert.Equal(("policies", true), (rules.Folders[0].Key, rules.Folders[0].Value.InOrder));
        Assert.Equal(["lead"], rules.Desks["counter"].By);
        Assert.Equal(["manager"], rules.Kinds[DocumentKind.Charter].By);
        Assert.Equal((12, 24, 336), (rules.RemindAfter.TotalHours, rules.DeputyAfter.TotalHours, rules.AboveAfter.TotalHours));
        Assert.Equal(["lead"], rules.UrgentBy);
        Assert.Equal(6, rules.UrgentApproveWithin.TotalHours);
    }

    [Theory]
    [InlineData("default: { by: [ledd] }", "unknown-position 3:19")]
    [InlineData("default: { by: [] }", "no-approver 3:18")]
    [InlineData("default: {}", "no-approver 3:12")]
    [InlineData("default:", "no-approver 3:11")]
    [InlineData("default: lead", "wrong-field 3:12 no-approver 3:12")]
    [InlineData("default: { by: lead, need: 2 }", "wrong-setting 3:30")]
    [InlineData("default: { by: lead, need: some }", "wrong-setting 3:30")]
    [InlineData("default: { by: lead, in-order: perhaps }", "wrong-setting 3:34")]
    [InlineData("default: { by: lead, any: true }", "unknown-setting 3:24")]
    [InlineData("folders: { a: lead }", "wrong-field 3:17")]
    [InlineData("kinds: { polices: { by: lead } }", "unknown-kind 3:12")]
    [InlineData("remind-after: soon", "wrong-setting 3:17")]
    [InlineData("remind-after: 0 days", "wrong-setting 3:17")]
    [InlineData("remind-after: 99999999 weeks", "wrong-setting 3:17")]
    [InlineData("urgent: { by: owner }", "unknown-position 3:17")]
    [InlineData("urgent: { approve-within: 1 hour }", "no-approver 3:11")]
    [InlineData("folder: {}", "unknown-setting 3:3")]
    public void Read_WhatDoesNotFit_IsReportedWithItsPlace(string line, string expected)
    {
        var (_, problems) = SettingsReader.Read(Encoding.UTF8.GetBytes($"positions: {{ lead: Lead }}\napprovals:\n  {line}\n"));

        Assert.Equal(expected, string.Join(' ', problems.Select(problem => $"{problem.Code} {problem.Position.Line}:{problem.Position.Column}")));
        Assert.All(problems, problem => Assert.Equal("library.yml", problem.File));
    }

    [Fact]
    public void Read_PositionsAboveInARing_AreReportedAndNobodyIsAbove()
    {
        var (settings, problems) = SettingsReader.Read("positions:\n  a: { above: b }\n  b: { above: a }\n  c: { above: a }\n  d: { above: x }\n"u8);

        Assert.Equal(["above-itself", "unknown-position"], problems.Select(problem => problem.Code).Order());
        Assert.Single(new[] { "a", "b" }, slug => settings.Positions[slug].Above is null);
        Assert.Equal(("a", null), (settings.Positions["c"].Above, settings.Positions["d"].Above));
    }

    [Fact]
    public void Schema_OfApprovals_NamesWhatTheReaderTakes()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot(), "src", "PolicyHub.Content", "Documents", "library.schema.json")));
        var keys = schema.RootElement.GetProperty("properties").GetProperty("approvals").GetProperty("properties").EnumerateObject().Select(property => property.Name);

        foreach (var key in keys)
        {
            var (_, problems) = SettingsReader.Read(Encoding.UTF8.GetBytes($"approvals: {{ {key}: }}"));
            Assert.DoesNotContain(problems, problem => problem.Code == "unknown-setting");
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PolicyHub.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("PolicyHub.sln is not above the tests.");
        }

        return folder.FullName;
    }
}
