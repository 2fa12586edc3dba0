using System.Net;
using AngleSharp.Dom;
using PolicyHub.Testing;
using PolicyHub.Web.Tests.Propose;
using static PolicyHub.Web.Tests.Propose.ChangeSite;

namespace PolicyHub.Web.Tests.Mine;

/// <summary>What waits for a person, and who stands for them.</summary>
public sealed class MyWorkTests : IAsyncLifetime
{
    private ChangeSite city = null!;

    public async ValueTask InitializeAsync() => city = await StartAsync();

    public ValueTask DisposeAsync() => city.DisposeAsync();

    [Fact]
    public async Task Get_NothingWaits_SaysWhatToDoInEveryList()
    {
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var page = await approver.GetAsync("/my-work");

        Assert.Equal(7, page.QuerySelectorAll(".work > .card").Length);
        Assert.All(page.QuerySelectorAll(".work > .card"), card => Assert.True(card.QuerySelector(".empty")?.TextContent.Trim().Length > 20, card.TextContent));
    }

    [Fact]
    public async Task Get_AChangeOnItsWay_StandsWhereItWaits()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var draft = await city.BeginAsync((Plans, Text("Payment plans", "Four months.", "billing-lead")));
        var sent = await city.SendAsync(author);

        Assert.Equal([$"/changes/{draft.Id}"], Links(await author.GetAsync("/my-work"), "writing"));
        Assert.Equal([$"/changes/{sent.Id}"], Links(await author.GetAsync("/my-work"), "for-others"));
        Assert.Contains("Finance Director", Card(await author.GetAsync("/my-work"), "for-others").TextContent, StringComparison.Ordinal);
        Assert.Equal([$"/changes/{sent.Id}"], Links(await approver.GetAsync("/my-work"), "for-me"));
        Assert.Contains("Maria Lopez", Card(await approver.GetAsync("/my-work"), "for-me").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(draft.Id.ToString(), (await approver.GetAsync("/my-work")).DocumentElement.OuterHtml, StringComparison.Ordinal);

        using var approved = await approver.SubmitAsync($"/changes/{sent.Id}", ".decision form");
        Assert.Empty(Links(await approver.GetAsync("/my-work"), "for-me"));
        Assert.Equal([$"/changes/{sent.Id}"], Links(await author.GetAsync("/my-work"), "ended"));
    }

    [Fact]
    public async Task Get_WhatIsPlannedDueAndWrong_IsNamedToWhoeverOwnsIt()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var planned = await city.BeginAsync((Fees, Text("Late fees", "Thirty.", "billing-lead")), (Plans, Text("Payment plans", "Four months.", "billing-lead", "review-by: 2026-03-20\n")));
        using var sent = await author.SubmitAsync($"/changes/{planned.Id}", "button[formaction$=Send]", ("note", "Thirty dollars, four months"));
        using var approved = await approver.SubmitAsync($"/changes/{planned.Id}", ".decision form");
        while (city.Site.Edition.Find(Content.LibraryPath.Parse(Plans), Content.Reader.Anyone)?.Document.ReviewBy is null)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var later = await city.BeginAsync((Fees, Text("Late fees", "Forty.", "billing-lead")));
        using var sentLater = await author.SubmitAsync($"/changes/{later.Id}", "button[formaction$=Send]", ("note", "Forty"), ("when", "date"), ("date", "2026-12-01"));
        using var approvedLater = await approver.SubmitAsync($"/changes/{later.Id}", ".decision form");
        while (city.Site.Edition.Find(Content.LibraryPath.Parse(Fees), Content.Reader.Anyone)?.Upcoming is null)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var page = await author.GetAsync("/my-work");
        Assert.Contains("Payment plans", Card(page, "reviews").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 Dec 2026", Card(page, "upcoming").TextContent, StringComparison.Ordinal);
        Assert.Contains("Late fees", Card(page, "upcoming").TextContent, StringComparison.Ordinal);
        Assert.NotNull(Card(await approver.GetAsync("/my-work"), "reviews").QuerySelector(".empty"));
    }

    [Fact]
    public async Task Header_LinksMyWork_ForWhoeverWritesApprovesOrOwns()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var reader = await Browsing.AsAsync(city.Site, "reader");

        Assert.NotNull((await author.GetAsync("/")).QuerySelector("a.work-link"));
        Assert.Null((await reader.GetAsync("/")).QuerySelector("a.work-link"));
    }

    [Fact]
    public async Task Deputies_NamedForSomeDays_AnswerAndAreRecordedAsSuch()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        using var lead = await Browsing.AsAsync(city.Site, "lead");
        using var backwards = await approver.SubmitAsync("/my-work/deputies", "#appoint", ("person", Sample(2)), ("from", "2026-03-02"), ("until", "2026-03-01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, backwards.StatusCode);
        using var named = await approver.SubmitAsync("/my-work/deputies", "#appoint", ("person", Sample(2)), ("from", "2026-03-02"), ("until", "2026-03-09"));
        Assert.Equal("/my-work/deputies?done=set", named.Headers.Location?.OriginalString);
        Assert.Contains("Sam Rivera", (await approver.GetAsync("/my-work/deputies")).QuerySelector(".work-list")!.TextContent, StringComparison.Ordinal);

        var sent = await city.SendAsync(author);
        Assert.Equal([$"/changes/{sent.Id}"], Links(await lead.GetAsync("/my-work"), "for-me"));
        using var approved = await lead.SubmitAsync($"/changes/{sent.Id}", ".decision form");
        Assert.Equal($"/changes/{sent.Id}?done=published", approved.Headers.Location?.OriginalString);
        Assert.Contains("(deputy)", (await author.GetAsync($"/changes/{sent.Id}")).QuerySelector(".given")!.TextContent, StringComparison.Ordinal);

        using var ended = await approver.SubmitAsync("/my-work/deputies", "button[name=id]");
        Assert.Equal("/my-work/deputies?done=ended", ended.Headers.Location?.OriginalString);
        using var notTheirs = await lead.SubmitAsync("/my-work/deputies", "#appoint", ("position", "finance-director"), ("person", Sample(4)), ("from", "2026-03-02"), ("until", "2026-03-09"));
        Assert.Equal(HttpStatusCode.NotFound, notTheirs.StatusCode);
    }

    private static string Sample(byte number) => new Guid(0, 0, 0, [0x80, 0, 0, 0, 0, 0, 0, number]).ToString();

    private static IElement Card(IDocument page, string id) => page.QuerySelector($"[aria-labelledby={id}]") ?? throw new InvalidOperationException($"There is no {id}.");

    private static IEnumerable<string?> Links(IDocument page, string id) => page.QuerySelectorAll($"[aria-labelledby={id}] .work-list > li > a").Select(link => link.GetAttribute("href"));
}
