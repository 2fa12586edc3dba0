using PolicyHub.Content.Approvals;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Tests.Documents;

namespace PolicyHub.Content.Tests.Approvals;

public sealed class ApprovalRouteTests
{
    private static readonly LibrarySettings Settings = Reading.Settings("""
        positions: { clerk: Clerk, finance: Finance, lead: Lead, manager: Manager, water: Water }
        approvals:
          default: { by: owner }
          files: { by: clerk }
          folders:
            policies: { by: [owner, manager], need: 2 }
            policies/billing: { by: [manager, finance] }
          desks: { counter: { by: [clerk, lead], need: 2 } }
          kinds: { charter: { by: [lead, owner, manager], in-order: true }, script: { by: manager } }
        """);

    [Theory]
    [InlineData("pages/x.md", "owner: lead", "1 lead 1")]
    [InlineData("pages/x.md", "owners: [lead, water]", "1 lead 1; 1 water 1")]
    [InlineData("pages/x.md", "kind: script\nowner: lead", "1 manager 1")]
    [InlineData("pages/x.md", "kind: script\nowners: [lead, water, manager]", "1 manager 1; 1 water 1")]
    [InlineData("pages/x.md", "kind: script\ndesk: counter\nowner: lead", "1 clerk lead 2")]
    [InlineData("policies/x.md", "kind: script\ndesk: counter\nowner: lead", "1 lead manager 2")]
    [InlineData("policies/x.md", "owner: manager", "1 manager 1")]
    [InlineData("policies/x.md", "owners: [lead, water]", "1 lead manager 2; 1 manager water 2")]
    [InlineData("policies/billing/x.md", "owner: lead", "1 finance manager 1")]
    [InlineData("policies/billing-other/x.md", "owner: lead", "1 lead manager 2")]
    [InlineData("pages/x.md", "kind: charter\nowners: [clerk, water]", "1 lead 1; 2 clerk 1; 2 water 1; 3 manager 1")]
    [InlineData("pages/x.md", "kind: charter", "1 lead 1; 2 manager 1")]
    public void Of_ADocument_AsksTheNearestRule(string path, string front, string expected) =>
        Assert.Equal(expected, Written(ApprovalRoute.Of([New(path, front)], Settings)));

    [Theory]
    [InlineData("policies/billing/x.pdf", "1 finance manager 1")]
    [InlineData("library.yml", "1 clerk 1")]
    public void Of_WhatIsNoDocument_AsksTheFolderElseTheRuleForFiles(string path, string expected) =>
        Assert.Equal(expected, Written(ApprovalRoute.Of([new RoutedPath(LibraryPath.Parse(path), null, null)], Settings)));

    [Fact]
    public void Of_AnotherOwnerAndPlace_AsksThoseBeforeToo()
    {
        var moved = new RoutedPath(LibraryPath.Parse("pages/x.md"), Document("policies/billing/x.md", "owner: lead"), Document("pages/x.md", "owner: water"));

        Assert.Equal("1 finance manager 1; 1 water 1", Written(ApprovalRoute.Of([moved], Settings)));
    }

    [Fact]
    public void Of_SeveralDocuments_AsksOnceAndAtTheLatestTime()
    {
        var route = ApprovalRoute.Of(
            [New("pages/a.md", "owner: manager"), New("pages/b.md", "kind: charter\nowner: clerk"), New("policies/billing/c.md", ""), New("policies/billing/d.md", "")], Settings);

        Assert.Equal("1 finance manager 1; 1 lead 1; 2 clerk 1; 3 manager 1", Written(route));
        Assert.Equal(["policies/billing/c.md", "policies/billing/d.md"], route.Steps[0].Paths.Select(path => path.Value));
        Assert.Equal(["pages/a.md", "pages/b.md"], route.Steps[3].Paths.Select(path => path.Value));
    }

    [Fact]
    public void Of_NobodyNamed_SaysForWhat()
    {
        var route = ApprovalRoute.Of([New("pages/a.md", ""), New("pages/b.md", "owner: lead")], Settings);

        Assert.Equal(["pages/a.md"], route.WithoutApprover.Select(path => path.Value));
        Assert.Equal("1 lead 1", Written(route));
    }

    [Fact]
    public void Of_AnOwnerGainedByTheChange_IsAsked() =>
        Assert.Empty(ApprovalRoute.Of([new RoutedPath(LibraryPath.Parse("pages/a.md"), Document("pages/a.md", ""), Document("pages/a.md", "owner: lead"))], Settings).WithoutApprover);

    [Fact]
    public void Of_ARuleThatNamesNobody_IsClosedAndNotTheDefault()
    {
        var (settings, problems) = SettingsReader.Read("approvals: { folders: { policies: { by: [] } } }"u8);

        Assert.Equal("no-approver", Assert.Single(problems).Code);
        Assert.Equal(["policies/x.md"], ApprovalRoute.Of([New("policies/x.md", "owner: lead")], settings).WithoutApprover.Select(path => path.Value));
    }

    [Fact]
    public void Of_ALibraryWithoutSettings_AsksTheOwner() =>
        Assert.Equal("1 anyone 1", Written(ApprovalRoute.Of([New("x.md", "owner: anyone")], LibrarySettings.Default)));

    [Theory]
    [InlineData("One.", "Two.", "One.", "One.", "1 lead 1; 1 water 1")]
    [InlineData("One.", "One.", "One.", "Two.", "1 finance 1; 1 lead 1; 1 manager 1; 1 water 1")]
    [InlineData("One.", "One.", "One.", "One.", "1 lead 1")]
    public void Of_ASectionWithOwnersOfItsOwn_AsksThemWhereItChanges(string before, string after, string deepBefore, string deepAfter, string expected) =>
        Assert.Equal(expected, Written(ApprovalRoute.Of([Sections(Body(before, deepBefore), Body(after, deepAfter))], Settings)));

    [Fact]
    public void Of_AnOwnedSectionThatComesOrGoesOrChangesHands_AsksThoseBeforeAndAfter()
    {
        const string Owned = "owner: lead\nsection-owners: { fees: finance }";
        Assert.Equal("1 finance 1; 1 lead 1", Written(ApprovalRoute.Of([Sections("---\nowner: lead\n---\nText.\n", $"---\n{Owned}\n---\nText.\n\n## Fees\n\nFive.\n")], Settings)));
        Assert.Equal("1 finance 1; 1 lead 1", Written(ApprovalRoute.Of([Sections($"---\n{Owned}\n---\nText.\n\n## Fees\n\nFive.\n", "---\nowner: lead\n---\nText.\n")], Settings)));
        Assert.Equal("1 finance 1; 1 lead 1; 1 water 1", Written(ApprovalRoute.Of(
            [Sections($"---\n{Owned}\n---\n## Fees\n\nFive.\n", $"---\n{Owned.Replace("finance", "water", StringComparison.Ordinal)}\n---\n## Fees\n\nFive.\n")], Settings)));
    }

    [Fact]
    public void Of_AnOwnerOfTheDocumentAndOfASection_IsAskedOnceAndForTheWhole()
    {
        var route = ApprovalRoute.Of([Sections("---\nowner: lead\nsection-owners: { fees: [lead, water] }\n---\n## Fees\n\nFive.\n", "---\nowner: lead\nsection-owners: { fees: [lead, water] }\n---\n## Fees\n\nSix.\n")], Settings);

        Assert.Equal("1 lead 1; 1 water 1", Written(route));
        Assert.Equal(["", "pages/x.md#fees"], route.Steps.Select(step => string.Join(' ', step.Sections)));
    }

    private static string Body(string first, string deep) =>
        $"---\nowner: lead\nsection-owners:\n  first: water\n  second: [finance, manager]\n  deep: water\n---\n## First\n\n{first}\n\n## Second\n\nText.\n\n### Deep\n\n{deep}\n\n## Third\n\nText.\n";

    private static RoutedPath Sections(string before, string after)
    {
        var renderer = new DocumentRenderer(Settings.Words);
        var (old, now) = (Reading.Document(before, "pages/x.md", Settings), Reading.Document(after, "pages/x.md", Settings));
        return new RoutedPath(old.Path, old, now) { Sections = ChangedSections.Of((old, renderer.Render(old)), (now, renderer.Render(now))) };
    }

    private static RoutedPath New(string path, string front) => new(LibraryPath.Parse(path), null, Document(path, front));

    private static Document Document(string path, string front) => Reading.Document($"---\ntitle: X\n{front}\n---\nText.\n", path, Settings);

    private static string Written(ApprovalRoute route) => string.Join("; ", route.Steps.Select(step => $"{step.Order} {string.Join(' ', step.Positions)} {step.Need}"));
}
