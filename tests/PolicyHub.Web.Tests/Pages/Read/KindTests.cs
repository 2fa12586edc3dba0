namespace PolicyHub.Web.Tests.Pages.Read;

public sealed class KindTests(SampleSite sample)
{
    [Fact]
    public async Task Get_Charter_ShowsPromisesAsCardsWithMakerKeeperAndTarget()
    {
        var promise = (await sample.Site.GetPageAsync("/docs/charter")).QuerySelector(".promise")!;

        Assert.Equal("We answer your call within 60 seconds.", promise.QuerySelector(".promise-text")!.TextContent);
        Assert.Equal(["/docs/desks/billing", "/docs/desks/water"], promise.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!));
        Assert.Contains("80 %", promise.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Process_ShowsLettersAndWhatToDoByChannel()
    {
        var step = (await sample.Site.GetPageAsync("/docs/process")).QuerySelector(".step")!;

        Assert.Equal("G", step.QuerySelector(".step-letter")!.TextContent);
        Assert.Equal(["At the counter", "On the phone"], step.QuerySelectorAll(".step-channel > .label").Select(label => label.TextContent));
        Assert.Contains("Good morning.", step.QuerySelectorAll(".step-channel")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Poster_IsTheStepsAlone()
    {
        var page = await sample.Site.GetPageAsync("/docs/process?view=poster");

        Assert.Single(page.QuerySelectorAll(".poster-step"));
        Assert.Null(page.QuerySelector("header.top"));
        Assert.Contains("In effect since", page.QuerySelector(".poster-foot")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Standard_PutsBasicAndExceptionalSideBySide()
    {
        var row = (await sample.Site.GetPageAsync("/docs/standard")).QuerySelector(".standard tbody tr")!;

        Assert.Equal("At the counter", row.QuerySelector("th")!.TextContent);
        Assert.Equal(
            ["Greets within 2 minutes.", "Walks along to the right window."],
            row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public async Task Get_Authority_NamesRolesAsPeopleCallThem()
    {
        var row = (await sample.Site.GetPageAsync("/docs/authority")).QuerySelector("tbody tr")!;

        Assert.Equal(
            ["Counter", "Waive a late fee", "$25, 12 months", "Billing Lead"],
            row.Children.Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public async Task Get_Form_OffersBlankAndSample()
    {
        var files = (await sample.Site.GetPageAsync("/docs/forms/u-15")).QuerySelectorAll(".form-file .button");

        Assert.Equal(["/files/forms/u-15.svg", "/files/forms/u-15.pdf"], files.Select(link => link.GetAttribute("href")!));
    }

    [Fact]
    public async Task Get_Terms_AreATableOfWhatToSay()
    {
        var row = (await sample.Site.GetPageAsync("/kind/term")).QuerySelector("tbody tr")!;

        Assert.Contains("delinquent, in arrears", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("past due", row.QuerySelector("a")!.TextContent);
    }

    [Fact]
    public async Task Get_System_LinksAndSaysWhatToDoWhenDown()
    {
        var page = await sample.Site.GetPageAsync("/docs/systems/ledger");

        Assert.Equal("https://ledger.riverton.example/", page.QuerySelector(".pairs a")!.GetAttribute("href"));
        Assert.Contains("call back", page.QuerySelector(".callout-warn")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Desk_SaysWhatIsNotOursAndItsDocuments()
    {
        var page = await sample.Site.GetPageAsync("/docs/desks/billing");

        Assert.Contains("Valley Gas", page.QuerySelector("table.table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll(".columns a"), link => link.GetAttribute("href") == "/docs/policies/late-fees");
        Assert.Contains("6 Mar 2026 · Stock-taking", page.QuerySelector(".paper")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Notice_SaysThatItRunsAndWhatItOverrides()
    {
        var page = await sample.Site.GetPageAsync("/docs/notices/freeze");

        Assert.Equal("Running now", page.QuerySelector(".chips .chip")!.TextContent);
        Assert.Contains(page.QuerySelectorAll(".paper li a"), link => link.GetAttribute("href") == "/docs/policies/late-fees");
    }
}
