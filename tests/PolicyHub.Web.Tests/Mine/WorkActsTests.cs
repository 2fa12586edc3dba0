using System.Net;
using PolicyHub.Content;
using PolicyHub.Records.Proposals;
using PolicyHub.Testing;
using PolicyHub.Web.Tests.Propose;
using static PolicyHub.Web.Tests.Propose.ChangeSite;

namespace PolicyHub.Web.Tests.Mine;

/// <summary>Changes without writing: a review, another day for a planned text, and its end; each is approved.</summary>
public sealed class WorkActsTests : IAsyncLifetime
{
    private ChangeSite city = null!;

    public async ValueTask InitializeAsync() => city = await StartAsync();

    public ValueTask DisposeAsync() => city.DisposeAsync();

    [Fact]
    public async Task Reviewed_NoChange_MovesTheDayOnceApproved()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var due = await city.BeginAsync((Fees, Text("Late fees", "The fee is twenty dollars.", "billing-lead", "review-by: 2026-02-01\n")));
        await ApproveAsync(author, approver, $"/changes/{due.Id}", () => city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)?.Document.ReviewBy is not null, ("note", "Review it"));
        using var begun = await author.SubmitAsync("/my-work", "[aria-labelledby=reviews] form button");
        var address = begun.Headers.Location!.OriginalString;
        using var again = await author.SubmitAsync("/my-work", "[aria-labelledby=reviews] form button");
        Assert.Equal(address, again.Headers.Location!.OriginalString);
        await ApproveAsync(author, approver, address, () => city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)?.Document.ReviewBy == new DateOnly(2027, 3, 2));

        Assert.Contains("Reviewed: Late fees stays as it is.", city.Message(), StringComparison.Ordinal);
        Assert.Contains($"Change: minor {Fees}", city.Message(), StringComparison.Ordinal);
        Assert.Null((await author.GetAsync("/my-work")).QuerySelector("[aria-labelledby=reviews] form button"));
    }

    [Fact]
    public async Task Move_APlannedText_TakesEffectOnTheOtherDay()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        await PlanAsync(author, approver);
        using var begun = await author.SubmitAsync("/my-work", "[aria-labelledby=upcoming] form button");
        var address = begun.Headers.Location!.OriginalString;
        Assert.Equal("2026-12-01", (await author.GetAsync(address)).QuerySelector("input[name=date]")!.GetAttribute("value"));
        using var same = await author.SubmitAsync(address, "button[formaction$=Send]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, same.StatusCode);
        await ApproveAsync(author, approver, address, () => Upcoming() == new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.FromHours(-6)), ("date", "2027-01-01"));

        Assert.Contains("forty", city.Published(Fees), StringComparison.Ordinal);
        Assert.Contains("twenty", city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)!.Document.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_APlannedTextPutOffAlone_IsHeldBack()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        await PlanAsync(author, approver);
        var blob = city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)!.Upcoming!.Value.Version.Blob!.Value.Hex;
        var later = await city.BeginAsync(new StartedFile(Fees, System.Text.Encoding.UTF8.GetBytes(Text("Late fees", "The fee is fifty dollars.", "billing-lead", "effective: 2027-01-01\n"))) { Base = blob, Origin = blob });
        using var answer = await author.SubmitAsync($"/changes/{later.Id}", "button[formaction$=Send]", ("note", "Later"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Change the day", (await RunningSite.ParseAsync(answer)).QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_APlannedText_AsksWhyAndTodaysTextStays()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        await PlanAsync(author, approver);
        using var begun = await author.SubmitAsync("/my-work", "[aria-labelledby=upcoming] button[formaction$=Cancel]");
        var address = begun.Headers.Location!.OriginalString;
        using var silent = await author.SubmitAsync(address, "button[formaction$=Send]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        await ApproveAsync(author, approver, address, () => Upcoming() is null, ("exception", "The council took it back"));

        Assert.Contains("twenty", city.Published(Fees), StringComparison.Ordinal);
        Assert.Contains("planned for 1 Dec 2026 does not come", city.Message(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WhatIsNotTheirs_IsNotThere()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        await PlanAsync(author, approver);
        Assert.Null((await approver.GetAsync("/my-work")).QuerySelector(".work form"));
        using var water = await author.SubmitAsync("/my-work", "[aria-labelledby=upcoming] form", ("doc", "policies/water/breaks.md"));
        Assert.Equal(HttpStatusCode.NotFound, water.StatusCode);
    }

    private DateTimeOffset? Upcoming() => city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)?.Upcoming?.At;

    private async Task PlanAsync(Browsing author, Browsing approver)
    {
        var planned = await city.BeginAsync((Fees, Text("Late fees", "The fee is forty dollars.", "billing-lead")));
        await ApproveAsync(author, approver, $"/changes/{planned.Id}", () => Upcoming() is not null, ("note", "Forty"), ("when", "date"), ("date", "2026-12-01"));
    }

    /// <summary>Sends and approves a change, and waits until the site serves it.</summary>
    private static async Task ApproveAsync(Browsing author, Browsing approver, string address, Func<bool> isServed, params (string Name, string Value)[] fields)
    {
        using var sent = await author.SubmitAsync(address, "button[formaction$=Send]", fields);
        Assert.True(sent.StatusCode == HttpStatusCode.Redirect, (await RunningSite.ParseAsync(sent)).QuerySelector("main [role=alert]")?.TextContent);
        using var approved = await approver.SubmitAsync(address, ".decision form");
        Assert.Equal($"{address}?done=published", approved.Headers.Location?.OriginalString);
        for (var looked = 0; !isServed(); looked++)
        {
            Assert.True(looked < 1500, "What was published is not served.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
