using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.People;
using PolicyHub.Testing;
using PolicyHub.Web.CommandLine;
using static PolicyHub.Web.Tests.SignIn.Local.AccountSite;

namespace PolicyHub.Web.Tests.SignIn.Local;

/// <summary>What administrators do with accounts: one by one, many from a file, and from the command line.</summary>
public sealed partial class PeopleTests : IAsyncLifetime
{
    private AccountSite site = null!;

    public async ValueTask InitializeAsync() => site = await AccountSite.StartAsync();

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Add_ThenChangeDisableAndInvite_CountsAtOnce()
    {
        using var administrator = await Browsing.AsAsync(site.Site, "administrator");
        string link;
        using (var added = await administrator.SubmitAsync("/admin/people/new", "form.person-form", ("name", "Casey Morgan"), ("userName", "casey"), ("desk", "utility-billing")))
        {
            link = (await RunningSite.ParseAsync(added)).QuerySelector(".link-text")!.TextContent;
        }

        Assert.StartsWith(site.Site.Address + "welcome?key=", link, StringComparison.Ordinal);
        using var casey = new Browsing(site.Site.Address);
        using (await casey.SubmitAsync(new Uri(link).PathAndQuery, "form[data-password]", ("password", Password), ("again", Password)))
        {
        }

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(casey, "/admin/people"));
        var list = await administrator.GetAsync("/admin/people?q=CAS");
        var page = list.QuerySelector("tbody a")!.GetAttribute("href")!;
        Assert.Single(list.QuerySelectorAll("tbody tr"));
        using (await administrator.SubmitAsync(page, "form.person-form", ("roles", "administrator")))
        {
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(casey, "/admin/people"));
        using (await administrator.SubmitAsync(page, "form.disable"))
        {
        }

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(casey));
        Assert.Equal(HttpStatusCode.OK, (await site.SignInAsync("casey", Password)).Status);
        using (await administrator.SubmitAsync(page, "form.enable"))
        {
        }

        Assert.Equal(HttpStatusCode.Redirect, (await site.SignInAsync("casey", Password)).Status);
        using (var invited = await administrator.SubmitAsync(page, "form.invite", ("forget", "on")))
        {
            Assert.NotNull((await RunningSite.ParseAsync(invited)).QuerySelector(".link-text"));
        }

        Assert.Equal(HttpStatusCode.OK, (await site.SignInAsync("casey", Password)).Status);
        var told = await administrator.GetAsync("/admin/people");
        Assert.Contains("no password", told.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("userName", "a b")]
    [InlineData("desk", "Utility Billing")]
    [InlineData("roles", "emperor")]
    [InlineData("roles", "author desk")]
    [InlineData("end", "1/2/2026")]
    [InlineData("badge", "77 04")]
    public async Task Add_WithAFault_SaysSoAndKeepsWhatWasTyped(string field, string value)
    {
        using var administrator = await Browsing.AsAsync(site.Site, "administrator");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Casey Morgan", ["userName"] = "casey", [field] = value };
        using var answer = await administrator.SubmitAsync("/admin/people/new", "form.person-form", [.. fields.Select(pair => (pair.Key, pair.Value))]);
        var page = await RunningSite.ParseAsync(answer);

        Assert.Single(page.QuerySelectorAll("ul.fault li"));
        Assert.Contains(page.QuerySelectorAll("input,textarea"), input => (input.GetAttribute("value") ?? input.TextContent) == value);
        Assert.Null(await site.Site.Services.GetRequiredService<AccountBook>().FindAsync("casey", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Administrator_TakingAwayTheirOwnRole_IsRefused()
    {
        var (person, browsing) = await site.JoinAsync("casey", "administrator");
        using var _ = browsing;
        using (var answer = await browsing.SubmitAsync($"/admin/people/{person.Id}", "form.person-form", ("roles", "")))
        {
            Assert.NotNull((await RunningSite.ParseAsync(answer)).QuerySelector("ul.fault"));
        }

        using (await browsing.SubmitAsync($"/admin/people/{person.Id}", "form.disable"))
        {
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browsing, "/admin/people"));
    }

    [Fact]
    public async Task Import_WithFaults_AddsNobodyAndNamesTheLines()
    {
        const string table = "Name;User name;End;Roles\n\"Casey\nMorgan\";casey;2026-09-30;\nDevon Lee;devon;soon;emperor\nRobin Ash;casey;;\n";
        var page = await ImportAsync(table.Replace("\"Casey\nMorgan\"", "Casey Morgan", StringComparison.Ordinal));
        var faults = page.QuerySelectorAll(".fault li").Select(line => line.TextContent).ToList();

        Assert.Equal(2, faults.Count);
        Assert.All(faults, fault => Assert.StartsWith("Line 3:", fault, StringComparison.Ordinal));
        var taken = await ImportAsync("name,user name\nCasey Morgan,casey\n\nRobin Ash,CASEY\n");
        Assert.StartsWith("Line 4: Another person", taken.QuerySelector(".fault li")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Line 1: Columns", (await ImportAsync("name,user name,salary\nCasey,casey,1\n")).QuerySelector(".fault li")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Line 1:", (await ImportAsync("")).QuerySelector(".fault li")!.TextContent, StringComparison.Ordinal);
        Assert.Null(await site.Site.Services.GetRequiredService<AccountBook>().FindAsync("casey", TestContext.Current.CancellationToken));
        Assert.Contains("Casey Morgan,casey", taken.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WithoutFaults_AddsAllAndGivesTheLinksOnce()
    {
        using var administrator = await Browsing.AsAsync(site.Site, "administrator");
        var page = await ImportAsync("\uFEFFname,user name,desk,audience,groups,positions,roles,start,end,badge\r\n\"Morgan, Casey\",casey,pools,counter,supervisors;finance,clerk,lead desk:pools; auditor,2026-05-01,2026-09-30,77-1\r\nDevon Lee,devon,,,,,,,,\r\n", administrator);
        var links = page.QuerySelectorAll(".added .link-text").Select(link => link.TextContent).ToList();
        var casey = await site.Site.Services.GetRequiredService<AccountBook>().FindAsync("casey", TestContext.Current.CancellationToken);

        Assert.Equal(2, links.Distinct().Count());
        Assert.Equal(("Morgan, Casey", "pools", "counter", "77-1"), (casey!.Name, casey.Desk, casey.Audience, casey.Badge));
        Assert.Equal(["finance", "supervisors"], casey.Groups.Order());
        Assert.Equal(["auditor", "lead desk:pools"], casey.GrantTexts);
        Assert.Equal((new DateOnly(2026, 5, 1), new DateOnly(2026, 9, 30)), (casey.Starts, casey.Ends));

        var form = page.QuerySelector("form.links")!;
        using var asked = new FormUrlEncodedContent(form.QuerySelectorAll("input").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!)));
        using var file = await administrator.Client.PostAsync(new Uri("/admin/people/import?handler=Links", UriKind.Relative), asked, TestContext.Current.CancellationToken);
        var text = await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.All(links, link => Assert.Contains(link, text, StringComparison.Ordinal));
        Assert.DoesNotContain("welcome?key=", (await administrator.GetAsync("/admin/people/import")).Body!.InnerHtml, StringComparison.Ordinal);

        // Not before the first day.
        using var devon = new Browsing(site.Site.Address);
        using var early = new Browsing(site.Site.Address);
        using (await devon.SubmitAsync(new Uri(links[1]).PathAndQuery, "form[data-password]", ("password", Password), ("again", Password)))
        using (await early.SubmitAsync(new Uri(links[0]).PathAndQuery, "form[data-password]", ("password", Password), ("again", Password)))
        {
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(devon));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(early));
    }

    [Fact]
    public async Task Users_OnTheCommandLine_WhileTheSiteRuns()
    {
        var (exit, added, _) = await RunAsync("add", "owen", "--name", "Owen Price", "--role", "administrator", "--urls", site.Site.Address.ToString());
        var link = Link().Match(added).Value;
        Assert.Equal(0, exit);
        using var owen = new Browsing(site.Site.Address);
        using (await owen.SubmitAsync(new Uri(link).PathAndQuery, "form[data-password]", ("password", Password), ("again", Password)))
        {
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(owen, "/admin/people"));
        Assert.Contains("owen\tOwen Price\tadministrator\tactive", (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("disable", "OWEN")).Exit);
        site.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(owen));
        Assert.Equal(0, (await RunAsync("enable", "owen")).Exit);
        Assert.Equal(HttpStatusCode.Redirect, (await site.SignInAsync("owen", Password)).Status);
        Assert.Contains("/welcome?key=", (await RunAsync("reset", "owen", "--forget-factors")).Output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await site.SignInAsync("owen", Password)).Status);

        var (twice, _, error) = await RunAsync("add", "owen", "--name", "Owen Price");
        Assert.Equal((1, true), (twice, error.Contains("Another person has this user name", StringComparison.Ordinal)));
        Assert.Equal(1, (await RunAsync("add", "x", "--name", "X", "--role", "emperor")).Exit);
        Assert.Equal(1, (await RunAsync("disable", "nobody")).Exit);
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await PolicyHubCommand.RunAsync(["users", .. arguments, "--data", site.Site.Data], output, error);
        return (exit, output.ToString(), error.ToString());
    }

    private async Task<AngleSharp.Dom.IDocument> ImportAsync(string table, Browsing? administrator = null)
    {
        using var own = administrator is null ? await Browsing.AsAsync(site.Site, "administrator") : null;
        using var answer = await (administrator ?? own)!.SubmitAsync("/admin/people/import", "form.import", ("text", table), ("file", ""));
        return await RunningSite.ParseAsync(answer);
    }

    [GeneratedRegex("http://[^ ]+/welcome\\?key=[0-9a-f]{64}", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
