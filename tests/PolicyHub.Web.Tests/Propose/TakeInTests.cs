using System.Net;
using System.Text;
using PolicyHub.Content;
using PolicyHub.Records.Proposals;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.Propose.ChangeSite;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>Two write on one document: the second takes in what the first published, and nobody's words are lost.</summary>
public sealed class TakeInTests : IAsyncLifetime
{
    private const string Before = "One.\n\nTwo.\n\nThree.";

    private ChangeSite city = null!;

    public async ValueTask InitializeAsync() => city = await StartAsync();

    public ValueTask DisposeAsync() => city.DisposeAsync();

    [Fact]
    public async Task TakeIn_ElsewhereInTheText_IsOfferedAndThenSent()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        await PublishAsync(author, approver, Before);
        var second = await city.BeginAsync((Fees, Text("Late fees", "One.\n\nTwo.\n\nThree, mine.", "billing-lead")));
        Assert.Null((await author.GetAsync($"/changes/{second.Id}")).QuerySelector(".take-in"));
        await PublishAsync(author, approver, "One, theirs.\n\nTwo.\n\nThree.");

        using var refused = await author.SubmitAsync($"/changes/{second.Id}", "button[formaction$=Send]", ("note", "Second"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var address = (await author.GetAsync($"/changes/{second.Id}")).QuerySelector(".take-in a")!.GetAttribute("href")!;
        Assert.Contains("theirs", (await author.GetAsync(address)).QuerySelector(".compared ins")!.ParentElement!.TextContent + (await author.GetAsync(address)).QuerySelector(".compared .content")!.TextContent, StringComparison.Ordinal);
        using var taken = await author.SubmitAsync(address, ".take-in-form");
        Assert.Equal($"/changes/{second.Id}?done=taken-in", taken.Headers.Location?.OriginalString);
        using var sent = await author.SubmitAsync($"/changes/{second.Id}", "button[formaction$=Send]", ("note", "Second"));
        using var approved = await approver.SubmitAsync($"/changes/{second.Id}", ".decision form");

        Assert.Equal($"/changes/{second.Id}?done=published", approved.Headers.Location?.OriginalString);
        Assert.Contains("One, theirs.\n\nTwo.\n\nThree, mine.", city.Published(Fees), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mine", "One, mine.", "One, theirs.")]
    [InlineData("theirs", "One, theirs.", "One, mine.")]
    [InlineData("both", "One, mine.\n\nOne, theirs.", "never")]
    [InlineData("own", "One, ours.", "mine")]
    public async Task TakeIn_AtOnePlace_ShowsBothAndTakesTheChoice(string choice, string expected, string gone)
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        await PublishAsync(author, approver, Before);
        var second = await city.BeginAsync((Fees, Text("Late fees", "One, mine.\n\nTwo.\n\nThree.", "billing-lead")));
        await PublishAsync(author, approver, "One, theirs.\n\nTwo.\n\nThree.");
        var address = (await author.GetAsync($"/changes/{second.Id}")).QuerySelector(".take-in a")!.GetAttribute("href")!;
        var page = await author.GetAsync(address);
        Assert.Equal(["One, mine.", "One, theirs."], page.QuerySelectorAll(".conflict-side .content").Select(side => side.TextContent.Trim()));

        using var nothing = await author.SubmitAsync(address, ".take-in-form");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        using var taken = await author.SubmitAsync(address, ".take-in-form", ("choice-0", choice), ("text-0", "One, ours."));
        Assert.Equal($"/changes/{second.Id}?done=taken-in", taken.Headers.Location?.OriginalString);
        var source = (await author.GetAsync($"/changes/{second.Id}?view=rendered")).QuerySelector(".change-compared .content")!.TextContent;
        var file = await ReadAsync(second);

        Assert.Contains(expected, file, StringComparison.Ordinal);
        Assert.DoesNotContain(gone, file, StringComparison.Ordinal);
        Assert.NotEmpty(source);
    }

    [Fact]
    public async Task TakeIn_SeenBeforeItMovedAgain_OverwritesNothing()
    {
        using var author = await Browsing.AsAsync(city.Site, "author");
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        await PublishAsync(author, approver, Before);
        var second = await city.BeginAsync((Fees, Text("Late fees", "One.\n\nTwo.\n\nThree, mine.", "billing-lead")));
        await PublishAsync(author, approver, "One, theirs.\n\nTwo.\n\nThree.");
        var address = (await author.GetAsync($"/changes/{second.Id}")).QuerySelector(".take-in a")!.GetAttribute("href")!;
        using var late = await author.SubmitAsync(address, ".take-in-form", ("tip", new string('0', 40)));
        using var other = await approver.Client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.DoesNotContain("theirs", await ReadAsync(second), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    private async Task<string> ReadAsync(Proposal proposal) =>
        Encoding.UTF8.GetString((await city.Book.ReadAsync(proposal.Id, 0, Fees, CancellationToken.None))!.Text!);

    private async Task PublishAsync(Browsing author, Browsing approver, string body)
    {
        var proposal = await city.BeginAsync((Fees, Text("Late fees", body, "billing-lead")));
        using var sent = await author.SubmitAsync($"/changes/{proposal.Id}", "button[formaction$=Send]", ("note", "A note"));
        using var approved = await approver.SubmitAsync($"/changes/{proposal.Id}", ".decision form");
        Assert.Equal($"/changes/{proposal.Id}?done=published", approved.Headers.Location?.OriginalString);
        while (city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)?.Document.Body.Contains(body.Trim(), StringComparison.Ordinal) != true)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
