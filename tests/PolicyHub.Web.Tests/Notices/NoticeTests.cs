using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Notices;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Notices;

/// <summary>What a lead posts: who may, who sees it, and what becomes of it.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private readonly TestClock clock = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));
    private readonly TestRepository repository = new TestRepository().Commit("First", commit => commit
        .Write("library.yml", "timezone: America/Chicago\nkinds: { desks: desk }\naudiences: { counter: Counter, leads: Leads, supervisors: Supervisors }\n")
        .Write("desks/customer-service.md", "# Customer service\n")
        .Write("desks/utility-billing.md", "# Utility billing\n")
        .Write("a.md", "# Apples\n\nText.\n")).Flush();

    private RunningSite site = null!;

    public async ValueTask InitializeAsync() =>
        site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"));

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task Post_ByALead_IsOnThePagesOfEveryoneAndInTheAnswerToOpenPages()
    {
        using var lead = await Browsing.AsAsync(site, "lead");
        using var reader = await Browsing.AsAsync(site, "reader");
        await PostAsync(lead, "Cards <b>are</b> down", "Take cash.\nSay sorry.");

        foreach (var address in new[] { "/", "/docs/a", "/search?q=apples", "/changes" })
        {
            var notice = Assert.Single((await reader.GetAsync(address)).QuerySelectorAll(".posted"));
            Assert.Equal("Cards <b>are</b> down", notice.QuerySelector("a")!.TextContent);
            Assert.Equal("Take cash.\nSay sorry.", notice.QuerySelector(".as-typed")!.TextContent);
            Assert.Contains("Customer service · until 1 pm", Tidy(notice), StringComparison.Ordinal);
        }

        var open = await reader.Client.GetStringAsync(new Uri("/api/open", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("Notice from Customer service until 1 pm: Cards", open, StringComparison.Ordinal);
        Assert.Empty((await reader.GetAsync("/docs/a?on=2026-03-01")).QuerySelectorAll(".posted"));
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("counter", true, false)]
    [InlineData("supervisors", false, true)]
    public async Task Post_ForAnAudience_IsSeenByThatAudience(string audience, bool byReader, bool byAuthor)
    {
        using var lead = await Browsing.AsAsync(site, "lead");
        using var reader = await Browsing.AsAsync(site, "reader");
        using var author = await Browsing.AsAsync(site, "author");
        using var anybody = await Browsing.AsAsync(site, "administrator");
        await PostAsync(lead, "Cards are down", "", ("audience", audience));

        Assert.Equal(byReader, await SeesAsync(reader));
        Assert.Equal(byAuthor, await SeesAsync(author));
        Assert.True(await SeesAsync(anybody));
        Assert.True(await SeesAsync(lead));
    }

    [Theory]
    [InlineData("desk", "utility-billing", "desk")]
    [InlineData("desk", "nowhere", "desk")]
    [InlineData("what", "  ", "what")]
    [InlineData("audience", "martians", "audience")]
    [InlineData("until", "2026-03-03T09:01", "until")]
    [InlineData("until", "2026-03-02T08:59", "until")]
    [InlineData("until", "soon", "until")]
    public async Task Post_Wrong_SaysWhatAndKeepsWhatWasTyped(string field, string value, string named)
    {
        using var lead = await Browsing.AsAsync(site, "lead");
        using var answer = await lead.SubmitAsync("/notices/new", "main form", [("details", "Long typed."), .. field == "what" ? [] : new[] { ("what", "Cards are down") }, (field, value)]);
        var page = await RunningSite.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(named, page.QuerySelector("[aria-invalid=true]")!.GetAttribute("name"));
        Assert.NotEmpty(page.QuerySelector("[role=alert]")!.TextContent);
        Assert.Equal("Long typed.", page.QuerySelector("textarea")!.TextContent);
        Assert.False(await SeesAsync(lead));
    }

    [Theory]
    [InlineData("reader")]
    [InlineData("auditor")]
    [InlineData("administrator")]
    public async Task New_ByWhoLeadsNoDesk_IsRefused(string role)
    {
        using var browsing = await Browsing.AsAsync(site, role);
        using var answer = await browsing.Client.GetAsync(new Uri("/notices/new", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null((await browsing.GetAsync("/notices")).QuerySelector("a[href='/notices/new']"));
    }

    [Fact]
    public async Task Post_SentTwice_IsOne()
    {
        using var lead = await Browsing.AsAsync(site, "lead");
        var number = Guid.NewGuid().ToString();
        await PostAsync(lead, "Cards are down", "", ("number", number));
        await PostAsync(lead, "Cards are down", "", ("number", number));

        Assert.Single((await lead.GetAsync("/notices")).QuerySelectorAll(".posted-one"));
    }

    [Fact]
    public async Task Extend_ByItsLead_RunsLongerAndNoMoreThanADayAhead()
    {
        using var lead = await Browsing.AsAsync(site, "lead");
        using var author = await Browsing.AsAsync(site, "author");
        await PostAsync(lead, "Cards are down", "");
        Assert.Null((await author.GetAsync("/notices")).QuerySelector("form[action*=Extend]"));

        using (var answer = await lead.SubmitAsync("/notices", "form[action*=Extend]", ("hours", "2")))
        {
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        Assert.Contains("until 2 Mar 2026, 3 pm", Tidy((await lead.GetAsync("/notices")).QuerySelector(".posted-one")!), StringComparison.Ordinal);
        using (await lead.SubmitAsync("/notices", "form[action*=Extend]", ("hours", "24")))
        {
        }

        Assert.Contains("until 3 Mar 2026, 9 am", Tidy((await lead.GetAsync("/notices")).QuerySelector(".posted-one")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_ByAnotherDesksLead_IsRefused()
    {
        using var lead = await Browsing.AsAsync(site, "lead");
        using var author = await Browsing.AsAsync(site, "author");
        await PostAsync(lead, "Cards are down", "");
        var id = (await lead.GetAsync("/notices")).QuerySelector("form[action*=Extend] input[name=id]")!.GetAttribute("value")!;

        // The proof of a form of their own, as a page edited by hand would send it.
        using var answer = await author.SubmitAsync("/notices/new", "main form", ("id", id));
        var page = await author.GetAsync("/notices/new");
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), new("id", id)]);
        using var ended = await author.Client.PostAsync(new Uri("/notices?handler=End", UriKind.Relative), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
        Assert.True(await SeesAsync(author));
    }

    [Fact]
    public async Task End_ByItsLead_IsGoneFromPagesAndStandsInThePast()
    {
        using var lead = await Browsing.AsAsync(site, "lead");
        await PostAsync(lead, "Cards are down", "");
        clock.Advance(TimeSpan.FromHours(1));
        using (await lead.SubmitAsync("/notices", "button[formaction*=End]"))
        {
        }

        Assert.False(await SeesAsync(lead));
        var past = Tidy((await lead.GetAsync("/notices")).QuerySelector(".posted-past .posted-one")!);
        Assert.Contains("posted by Sam Rivera, 2 Mar 2026, 9 am", past, StringComparison.Ordinal);
        Assert.Contains("ended by Sam Rivera, 2 Mar 2026, 10 am", past, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostExtendEnd_AreEachARowOfTheAuditLog()
    {
        using var lead = await Browsing.AsAsync(site, "lead");
        await PostAsync(lead, "Cards are down", "");
        using (await lead.SubmitAsync("/notices", "form[action*=Extend]", ("hours", "1")))
        using (await lead.SubmitAsync("/notices", "button[formaction*=End]"))
        {
        }

        using var auditor = await Browsing.AsAsync(site, "auditor");
        var rows = Tidy((await auditor.GetAsync("/audit?kind=notice")).QuerySelector("main")!);
        Assert.All(new[] { "posted", "extended", "ended", "desk: customer-service" }, word => Assert.Contains(word, rows, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Notice_AfterItsTime_EndsByItself()
    {
        using var lead = await Browsing.AsAsync(site, "lead");
        await PostAsync(lead, "Cards are down", "");
        clock.Advance(TimeSpan.FromHours(4));
        using var again = await Browsing.AsAsync(site, "lead");

        Assert.False(await SeesAsync(again));
        Assert.Contains("ended 2 Mar 2026, 1 pm", Tidy((await again.GetAsync("/notices")).QuerySelector(".posted-past .posted-one")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ThroughAnotherProcess_IsSeenWithinSeconds()
    {
        // Another process writes to the same records, of which this one hears nothing.
        await site.Services.GetRequiredService<NoticeBook>().PostAsync(
            new PostedNotice
            {
                Id = Guid.NewGuid(),
                Desk = "customer-service",
                Audience = "",
                What = "Posted elsewhere",
                Details = "",
                PostedBy = "Somebody",
                Posted = clock.GetUtcNow(),
                Until = clock.GetUtcNow().AddHours(1),
            },
            AuditActor.Hub,
            TestContext.Current.CancellationToken);
        using var reader = await Browsing.AsAsync(site, "reader");
        while (!await SeesAsync(reader))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Contains("Posted elsewhere", (await reader.GetAsync("/docs/a")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/notices?page=0")]
    [InlineData("/notices?page=2")]
    [InlineData("/notices?page=x")]
    public async Task Get_NoSuchPage_IsABadRequest(string address)
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        using var answer = await reader.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task PostAsync(Browsing browsing, string what, string details, params (string Name, string Value)[] others)
    {
        using var answer = await browsing.SubmitAsync("/notices/new", "main form", [("what", what), ("details", details), .. others]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static async Task<bool> SeesAsync(Browsing browsing) => (await browsing.GetAsync("/docs/a")).QuerySelector(".posted") is not null;

    private static string Tidy(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
