using System.Net;
using PolicyHub.Content;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.Propose.ChangeSite;

namespace PolicyHub.Web.Tests.Propose;

/// <summary>What is done with a document beside writing it is approved and published like any change.</summary>
public sealed class SpecialTests : IAsyncLifetime
{
    private const string Address = "/changes/other?doc=policies%2Futility-billing%2Ffees.md";

    private static readonly string First = Text("Late fees", "The fee is twenty dollars.", "billing-lead");

    private ChangeSite city = null!;
    private Browsing author = null!;

    public async ValueTask InitializeAsync()
    {
        city = await StartAsync();
        author = await Browsing.AsAsync(city.Site, "author");
    }

    public async ValueTask DisposeAsync()
    {
        author.Dispose();
        await city.DisposeAsync();
    }

    [Fact]
    public async Task Reviewed_NoChange_MovesTheDayOfTheNextReviewAndNothingElse()
    {
        await BeginAndApproveAsync("reviewed");
        Assert.Equal(First.Replace("---\nThe", "review-by: 2027-03-02\n---\nThe", StringComparison.Ordinal), city.Published(Fees));
        Assert.StartsWith("Reviewed, no change\n\nProposal: 1\n", city.Message(), StringComparison.Ordinal);
        Assert.Contains($"Change: minor {Fees}", city.Message(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reviewed_WhileATextWaits_MovesTheDayOfBoth()
    {
        await city.CommitAsync(Fees, Text("Late fees", "The fee is ninety dollars.", "billing-lead", "effective: 2026-12-01\n"));
        await BeginAndApproveAsync("reviewed");
        Assert.All(city.Line(Fees).Take(2), text => Assert.Contains("review-by: 2027-03-02", text, StringComparison.Ordinal));
        Assert.NotNull(city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)!.Upcoming);
        Assert.Contains("twenty", city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)!.Document.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BringBack_AnEarlierText_IsANewVersionInEffectFromNow()
    {
        await city.CommitAsync(Fees, Text("Late fees", "The fee is ninety dollars.", "billing-lead"));
        Assert.Equal(["1"], (await author.GetAsync(Address)).QuerySelectorAll("#version option").Select(option => option.GetAttribute("value")!));
        using var unexplained = await author.SubmitAsync(Address, Form("bringback"), ("reason", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unexplained.StatusCode);

        await BeginAndApproveAsync("bringback", ("version", "1"), ("reason", "The council took it back."));
        Assert.Equal(First, city.Published(Fees));
        Assert.Equal(3, city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)!.History.Versions.Length);
    }

    [Fact]
    public async Task Cancel_ATextToCome_PublishesTodaysAgainAndNothingComes()
    {
        await city.CommitAsync(Fees, Text("Late fees", "The fee is ninety dollars.", "billing-lead", "effective: 2026-12-01\n"));
        Assert.NotNull(city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)!.Upcoming);
        await BeginAndApproveAsync("cancel", ("reason", "The council took it back."));
        Assert.Equal(First, city.Published(Fees));
        Assert.Null(city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)!.Upcoming);
    }

    [Theory]
    [InlineData("2026-06-01")]
    [InlineData("2027-06-01")]
    public async Task Move_ATextToCome_TakesEffectOnTheOtherDay(string day)
    {
        var later = Text("Late fees", "The fee is ninety dollars.", "billing-lead", "effective: 2026-12-01\n");
        await city.CommitAsync(Fees, later);
        using var past = await author.SubmitAsync(Address, Form("move"), ("date", "2020-01-01"), ("reason", "Later"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, past.StatusCode);

        await BeginAndApproveAsync("move", ("date", day), ("reason", "The printer is late."));
        var found = city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)!;
        Assert.Equal(later.Replace("2026-12-01", day, StringComparison.Ordinal), city.Published(Fees));
        Assert.Equal(day, found.Upcoming!.Value.At.ToOffset(TimeSpan.FromHours(-5)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains("twenty", found.Document.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rescind_OnADay_KeepsItWithItsReasonAndEndsItThen()
    {
        using var past = await author.SubmitAsync(Address, Form("rescind"), ("date", "2026-03-01"), ("reason", "The fee is gone."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, past.StatusCode);
        await BeginAndApproveAsync("rescind", ("date", "2026-03-03"), ("reason", "The fee is gone."));
        Assert.Contains("rescinded: 2026-03-03", city.Published(Fees), StringComparison.Ordinal);
        Assert.Contains("twenty", (await author.GetAsync("/docs/policies/utility-billing/fees")).Body!.TextContent, StringComparison.Ordinal);
        city.Clock.MoveTo(new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero));
        await city.Site.UntilAsync("/health/ready", _ => city.Site.Edition.At >= new DateTimeOffset(2026, 3, 3, 6, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(60));
        using var nextDay = await Browsing.AsAsync(city.Site, "author");
        var page = await nextDay.GetAsync("/docs/policies/utility-billing/fees");
        Assert.Contains("The fee is gone.", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_ForWhoeverMayNotWriteIt_IsNotThere()
    {
        using var approver = await Browsing.AsAsync(city.Site, "approver");
        using var refused = await approver.Client.GetAsync(new Uri(Address, UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var water = await author.Client.GetAsync(new Uri("/changes/other?doc=policies%2Fwater%2Fbreaks.md", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, water.StatusCode);
    }

    private static string Form(string act) => $"main form:has(input[value={act}])";

    private async Task BeginAndApproveAsync(string act, params (string Name, string Value)[] fields)
    {
        using var begun = await author.SubmitAsync(Address, Form(act), fields);
        Assert.True(begun.StatusCode == HttpStatusCode.Redirect, $"{begun.StatusCode}: {(await RunningSite.ParseAsync(begun)).QuerySelector("[role=alert], h1")?.TextContent}");
        await city.ApproveAsync(author, Guid.Parse(begun.Headers.Location!.OriginalString.Split('/')[2]));
    }
}
