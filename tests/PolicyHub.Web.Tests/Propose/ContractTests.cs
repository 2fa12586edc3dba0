using System.Net;
using PolicyHub.Content;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.Propose.ChangeSite;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>What owners promised that a question finds is kept at publishing: a change that breaks it warns its author, and is approved only with a reason.</summary>
public sealed class ContractTests : IAsyncLifetime
{
    private const string Contracts = "search-contracts.yml";

    private ChangeSite city = null!;

    public async ValueTask InitializeAsync() => city = await StartAsync();

    public ValueTask DisposeAsync() => city.DisposeAsync();

    [Fact]
    public async Task Approve_WhatBreaksAPromisedQuestion_NeedsAReasonThatIsKept()
    {
        await PromiseAsync();
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var proposal = await city.BeginAsync((Fees, Text("Other charges", "The charge is thirty dollars.", "billing-lead")));
        var address = $"/changes/{proposal.Id}";

        // Its author is warned before it goes anywhere, and says why it may be so.
        using var warned = await author.SubmitAsync(address, "button[formaction$=Send]", ("note", "Call them charges"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, warned.StatusCode);
        Assert.Contains("late fees", (await RunningSite.ParseAsync(warned)).QuerySelector(".findings")!.TextContent, StringComparison.Ordinal);
        using var sent = await author.SubmitAsync(address, "button[formaction$=Send]", ("exception", "Nobody calls them fees"));
        Assert.Equal($"{address}?done=sent", sent.Headers.Location?.OriginalString);

        // That is no yes of whoever approves it: without a reason of their own nothing is approved.
        var asked = await approver.GetAsync(address);
        Assert.Contains("late fees", asked.QuerySelector(".decision .cancels")!.TextContent, StringComparison.Ordinal);
        using var refused = await approver.SubmitAsync(address, ".decision form", ("text", "Fine."), ("exception", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("Fine.", (await RunningSite.ParseAsync(refused)).QuerySelector(".decision textarea")!.TextContent);
        Assert.Contains("twenty", city.Published(Fees), StringComparison.Ordinal);
        using var approved = await approver.SubmitAsync(address, ".decision form", ("exception", "The word is gone from the bills too"));
        Assert.Equal($"{address}?done=published", approved.Headers.Location?.OriginalString);

        Assert.Contains("The word is gone from the bills too", (await author.GetAsync(address)).QuerySelector(".excepted")!.TextContent, StringComparison.Ordinal);
        using var auditor = await Browsing.AsAsync(city.Site, "auditor");
        Assert.Contains("The word is gone from the bills too", await auditor.Client.GetStringAsync(new Uri("/audit?format=jsonl", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_AnUrgentChangeThatHasBrokenAQuestion_NeedsAReasonToo()
    {
        await PromiseAsync();
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var proposal = await city.BeginAsync((Fees, Text("Other charges", "The charge is thirty dollars.", "billing-lead")));
        using var urgent = await author.SubmitAsync(
            $"/changes/{proposal.Id}", "button[formaction$=Urgent]", ("note", "Call them charges"), ("reason", "The bills are out"), ("exception", "Nobody calls them fees"));
        Assert.Equal($"/changes/{proposal.Id}?done=urgent", urgent.Headers.Location?.OriginalString);
        await city.Site.UntilAsync("/health/ready", _ => city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)?.Title == "Other charges", TimeSpan.FromSeconds(60));

        using var refused = await approver.SubmitAsync($"/changes/{proposal.Id}", ".decision form");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using var approved = await approver.SubmitAsync($"/changes/{proposal.Id}", ".decision form", ("exception", "The word is gone from the bills too"));
        Assert.Equal($"/changes/{proposal.Id}?done=published", approved.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Approve_WhatBreaksAQuestionThatWasPromisedMeanwhile_AsksToo()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        var proposal = await city.BeginAsync((Fees, Text("Other charges", "The charge is thirty dollars.", "billing-lead")));
        using var sent = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("note", "Call them charges"));
        Assert.Equal($"/changes/{proposal.Id}?done=sent", sent.Headers.Location?.OriginalString);
        Assert.Null((await approver.GetAsync($"/changes/{proposal.Id}")).QuerySelector(".decision .cancels"));
        await PromiseAsync();

        using var refused = await approver.SubmitAsync($"/changes/{proposal.Id}", ".decision form");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using var rejected = await approver.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Ask]", ("text", "Keep the word fee."));
        Assert.Equal($"/changes/{proposal.Id}?done=asked", rejected.Headers.Location?.OriginalString);
    }

    private Task PromiseAsync() => city.CommitAsync(Contracts, $"- {{ ask: \"late fees\", find: \"{Fees}\", top: 1, owner: billing-lead }}\n");
}
