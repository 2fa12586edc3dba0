using System.Net;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.Propose.ChangeSite;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>What a change is based on moves, or a text waits for its day: nobody's words are lost, and nothing is taken that its author did not choose.</summary>
public sealed class MergeTests : IAsyncLifetime
{
    private const string Two = "Bring a photo ID.\n\nThe fee is twenty dollars.";

    private ChangeSite city = null!;

    public async ValueTask InitializeAsync() => city = await StartAsync();

    public ValueTask DisposeAsync() => city.DisposeAsync();

    [Fact]
    public async Task Library_MovedElsewhere_OffersBothTogetherAndNeedsThatFirst()
    {
        await city.CommitAsync(Fees, Text("Late fees", Two, "billing-lead"));
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", Two.Replace("twenty", "thirty", StringComparison.Ordinal), "billing-lead")));
        Assert.Null((await author.GetAsync($"/changes/{proposal.Id}")).QuerySelector(".moved-card"));
        await city.CommitAsync(Fees, Text("Late fees", Two.Replace("a photo ID", "any photo ID", StringComparison.Ordinal), "billing-lead"));

        using var tooEarly = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("note", "Ask for thirty"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooEarly.StatusCode);
        var merge = (await RunningSite.ParseAsync(tooEarly)).QuerySelector(".moved-card a")!.GetAttribute("href")!;
        var page = await author.GetAsync(merge);
        Assert.Equal("any", page.QuerySelector(".compared ins")!.TextContent.Trim());
        Assert.Empty(page.QuerySelectorAll("input[type=radio]"));
        using var taken = await author.SubmitAsync(merge, "main form");
        Assert.Equal($"/changes/{proposal.Id}?done=merged", taken.Headers.Location?.OriginalString);

        await city.ApproveAsync(author, proposal.Id);
        Assert.Equal(Text("Late fees", "Bring any photo ID.\n\nThe fee is thirty dollars.", "billing-lead"), city.Published(Fees));
    }

    [Theory]
    [InlineData("mine", "The fee is thirty dollars.")]
    [InlineData("theirs", "The fee is forty dollars.")]
    [InlineData("both", "The fee is thirty dollars.\n\nThe fee is forty dollars.")]
    public async Task Library_MovedAtTheSamePlace_AsksAndTakesWhatIsChosen(string choice, string body)
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")));
        await city.CommitAsync(Fees, Text("Late fees", "The fee is forty dollars.", "billing-lead"));
        var merge = (await author.GetAsync($"/changes/{proposal.Id}")).QuerySelector(".moved-card a")!.GetAttribute("href")!;
        var sides = (await author.GetAsync(merge)).QuerySelectorAll(".merge-side .content").Select(side => side.TextContent.Trim());
        Assert.Equal(["The fee is thirty dollars.", "The fee is forty dollars."], sides);

        using var unchosen = await author.SubmitAsync(merge, "main form");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unchosen.StatusCode);
        using var taken = await author.SubmitAsync(merge, "main form", ("c0", choice));
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        if (choice == "theirs")
        {
            // Then there is nothing left to change, which is told.
            using var nothing = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("note", "A new fee"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        }
        else
        {
            await city.ApproveAsync(author, proposal.Id, ("note", "A new fee"));
        }

        Assert.Equal(Text("Late fees", body, "billing-lead"), city.Published(Fees));
    }

    [Fact]
    public async Task Merge_OfAnotherOrOfWhatHasNotMoved_IsNotThere()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var auditor = await Browsing.AsAsync(city.Site, "auditor");
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "The fee is thirty dollars.", "billing-lead")));
        var address = $"/changes/{proposal.Id}/merge?path={Uri.EscapeDataString(Fees)}";
        Assert.Equal(HttpStatusCode.NotFound, (await author.Client.GetAsync(new Uri(address, UriKind.Relative))).StatusCode);
        await city.CommitAsync(Fees, Text("Late fees", "The fee is forty dollars.", "billing-lead"));
        Assert.Equal(HttpStatusCode.OK, (await author.Client.GetAsync(new Uri(address, UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.Client.GetAsync(new Uri(address, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Today_CorrectedWhileAnotherTextWaits_IsCarriedIntoItAndPublishedTogether()
    {
        var later = Text("Late fees", "Call 5550100.\n\nThe fee is fifty dollars.", "billing-lead", "effective: 2026-12-01\n");
        await city.CommitAsync(Fees, Text("Late fees", "Call 5550100.\n\nThe fee is twenty dollars.", "billing-lead"));
        await city.CommitAsync(Fees, later);
        using var author = await Browsing.AsAsync(city.Site, "author");
        var id = await BeginBothAsync(author);
        await TypeAsync(author, id, "Call 5550199.\n\nThe fee is twenty dollars.\n", stamp: 0);

        // A second word in the same line goes along as well.
        await TypeAsync(author, id, "Call 5550188.\n\nThe fee is twenty dollars.\n", stamp: 1);
        await city.ApproveAsync(author, id, ("note", "A new number"));
        Assert.Equal([later.Replace("5550100", "5550188", StringComparison.Ordinal), Text("Late fees", "Call 5550188.\n\nThe fee is twenty dollars.", "billing-lead")], city.Line(Fees).Take(2));

        var page = await author.GetAsync("/docs/policies/utility-billing/fees");
        Assert.Contains("Call 5550188. The fee is twenty dollars.", string.Join(' ', page.QuerySelectorAll(".content p").Select(part => part.TextContent)), StringComparison.Ordinal);
        city.Clock.MoveTo(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero));
        await city.Site.UntilAsync("/health/ready", _ => city.Site.Edition.At >= new DateTimeOffset(2026, 12, 1, 6, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(60));
        using var later2 = await Browsing.AsAsync(city.Site, "author");
        Assert.Contains("Call 5550188. The fee is fifty dollars.", string.Join(' ', (await later2.GetAsync("/docs/policies/utility-billing/fees")).QuerySelectorAll(".content p").Select(part => part.TextContent)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_CorrectedWhereTheTextToComeSaysElse_AsksBeforeItIsSent()
    {
        await city.CommitAsync(Fees, Text("Late fees", "The fee is twenty dollars.", "billing-lead"));
        await city.CommitAsync(Fees, Text("Late fees", "The fee is fifty dollars.", "billing-lead", "effective: 2026-12-01\n"));
        using var author = await Browsing.AsAsync(city.Site, "author");
        var id = await BeginBothAsync(author);
        await TypeAsync(author, id, "The fee is exactly twenty dollars.\n", stamp: 0);

        var page = await author.GetAsync($"/changes/{id}");
        var merge = page.QuerySelector(".moved-card a")!.GetAttribute("href")!;
        using var tooEarly = await author.SubmitAsync($"/changes/{id}", "button[formaction$=Send]", ("note", "Say exactly"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooEarly.StatusCode);
        using var taken = await author.SubmitAsync(merge, "main form", ("c0", "mine"));
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        Assert.Null((await author.GetAsync($"/changes/{id}")).QuerySelector(".moved-card"));
        await city.ApproveAsync(author, id, ("note", "Say exactly"));
        Assert.Contains("effective: 2026-12-01", city.Published(Fees), StringComparison.Ordinal);
        Assert.Contains("The fee is fifty dollars.", city.Published(Fees), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_WhileATextToComeIsPublishedMeanwhile_CarriesThatAlongFromThenOn()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        await city.CommitAsync(Fees, Text("Late fees", "Call 5550100.\n\nThe fee is twenty dollars.", "billing-lead"));
        var proposal = await city.BeginAsync((Fees, Text("Late fees", "Call 5550199.\n\nThe fee is twenty dollars.", "billing-lead")));
        var later = Text("Late fees", "Call 5550100.\n\nThe fee is fifty dollars.", "billing-lead", "effective: 2026-12-01\n");
        await city.CommitAsync(Fees, later);

        var merge = (await author.GetAsync($"/changes/{proposal.Id}")).QuerySelector(".moved-card a")!.GetAttribute("href")!;
        using var taken = await author.SubmitAsync(merge, "main form");
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        await city.ApproveAsync(author, proposal.Id, ("note", "A new number"));
        Assert.Equal([later.Replace("5550100", "5550199", StringComparison.Ordinal), Text("Late fees", "Call 5550199.\n\nThe fee is twenty dollars.", "billing-lead")], city.Line(Fees).Take(2));
    }

    private static async Task<Guid> BeginBothAsync(Browsing author)
    {
        using var begun = await author.SubmitAsync($"/changes/start?doc={Uri.EscapeDataString(Fees)}", "main form", ("which", "both"));
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        return Guid.Parse(begun.Headers.Location!.OriginalString.Split('/')[2]);
    }

    private static async Task TypeAsync(Browsing author, Guid id, string body, int stamp)
    {
        var token = (await author.GetAsync($"/changes/{id}")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var saved = await author.Client.PostAsync(new Uri($"/api/changes/{id}/text", UriKind.Relative), new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", token), new("path", Fees), new("step", "0"), new("stamp", $"{stamp}"), new("text", body),
        ]));
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
    }
}
