using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Content;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Publishing;
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

        // Its owner is told in the site, and nobody whom it does not concern.
        Assert.Contains("1 Dec 2026 will not take effect", (await author.GetAsync("/my-work")).QuerySelector("[aria-labelledby=lost]")!.TextContent, StringComparison.Ordinal);
        using var lead = await Browsing.AsAsync(city.Site, "lead");
        Assert.Null((await lead.GetAsync("/my-work")).QuerySelector("[aria-labelledby=lost]"));
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

    [Theory]
    [InlineData(0, "ninety")]
    [InlineData(1, "eighty")]
    public async Task Cancel_OneOfSeveral_LeavesTheOthersOnTheirDays(int which, string left)
    {
        await WaitAsync();
        var cancelled = Upcoming()[which];
        await BeginAndApproveAsync("cancel", ("waiting", cancelled.Blob.Hex), ("reason", "The council took it back."));

        var still = Assert.Single(Upcoming());
        Assert.Equal(cancelled.At == December ? February : December, still.At);
        Assert.Contains(left, await AtAsync(February.AddDays(1)), StringComparison.Ordinal);
        Assert.Contains(which == 0 ? "twenty" : "eighty", await AtAsync(December.AddDays(1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "2026-11-01", "eighty", "ninety")]
    [InlineData(0, "2027-01-01", "twenty", "ninety")]
    [InlineData(0, "2027-06-01", "twenty", "ninety")]
    [InlineData(1, "2027-06-01", "eighty", "eighty")]
    [InlineData(1, "2026-12-15", "eighty", "ninety")]
    [InlineData(1, "2026-11-01", "eighty", "eighty")]
    public async Task Move_OneOfSeveral_TakesTheOthersAlong(int which, string day, string inDecember, string inFebruary)
    {
        await WaitAsync();
        await BeginAndApproveAsync("move", ("waiting", Upcoming()[which].Blob.Hex), ("date", day), ("reason", "The printer is late."));

        Assert.Equal(2, Upcoming().Length);
        Assert.Contains("twenty", await AtAsync(city.Clock.GetUtcNow()), StringComparison.Ordinal);
        Assert.Contains(inDecember, await AtAsync(December.AddDays(1)), StringComparison.Ordinal);
        Assert.Contains(inFebruary, await AtAsync(February.AddDays(1)), StringComparison.Ordinal);
        Assert.Contains(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Upcoming().Select(one => DateOnly.FromDateTime(one.At.UtcDateTime)));
    }

    [Fact]
    public async Task Other_WithSeveralTextsWaiting_OffersEachAndRefusesOneThatIsGone()
    {
        await WaitAsync();
        Assert.Equal(Upcoming().Select(one => one.Blob.Hex), (await author.GetAsync(Address)).QuerySelectorAll("#cancel-waiting option").Select(option => option.GetAttribute("value")!));
        using var gone = await author.SubmitAsync(Address, Form("cancel"), ("waiting", new string('0', 40)), ("reason", "Why not"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, gone.StatusCode);
    }

    [Fact]
    public async Task Start_WithTheNextTextWhileAnotherWaitsBehindIt_CarriesThatAlong()
    {
        await WaitAsync();
        using var begun = await author.SubmitAsync($"/changes/start?doc={Uri.EscapeDataString(Fees)}", "main form", ("which", "upcoming"));
        var id = Guid.Parse(begun.Headers.Location!.OriginalString.Split('/')[2]);
        await TypeAsync(id, "The fee is eighty-five dollars.\n");
        await city.ApproveAsync(author, id, ("note", "Eighty-five"));

        Assert.Contains("twenty", await AtAsync(city.Clock.GetUtcNow()), StringComparison.Ordinal);
        Assert.Contains("eighty-five", await AtAsync(December.AddDays(1)), StringComparison.Ordinal);
        Assert.Contains("ninety", await AtAsync(February.AddDays(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAllTextsWhileTwoWait_CarriesACorrectionIntoBoth()
    {
        await city.CommitAsync(Fees, Text("Late fees", "Call 5550100.\n\nThe fee is twenty dollars.", "billing-lead"));
        await city.CommitAsync(Fees, Text("Late fees", "Call 5550100.\n\nThe fee is eighty dollars.", "billing-lead", "effective: 2026-12-01\n"));
        await city.CommitAsync(Fees, Text("Late fees", "Call 5550100.\n\nThe fee is ninety dollars.", "billing-lead", "effective: 2027-02-01\n"));
        using var begun = await author.SubmitAsync($"/changes/start?doc={Uri.EscapeDataString(Fees)}", "main form", ("which", "both"));
        var id = Guid.Parse(begun.Headers.Location!.OriginalString.Split('/')[2]);
        await TypeAsync(id, "Call 5550199.\n\nThe fee is twenty dollars.\n");
        await city.ApproveAsync(author, id, ("note", "A new number"));

        Assert.Equal([December, February], Upcoming().Select(one => one.At));
        foreach (var (day, fee) in new[] { (city.Clock.GetUtcNow(), "twenty"), (December.AddDays(1), "eighty"), (February.AddDays(1), "ninety") })
        {
            Assert.Contains($"Call 5550199.\n\nThe fee is {fee} dollars.", await AtAsync(day), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_WithAPlannedTextBehindWhichAnotherIsPublishedMeanwhile_CarriesThatAlong()
    {
        await city.CommitAsync(Fees, Text("Late fees", "The fee is eighty dollars.", "billing-lead", "effective: 2026-12-01\n"));
        using var begun = await author.SubmitAsync($"/changes/start?doc={Uri.EscapeDataString(Fees)}", "main form", ("which", "upcoming"));
        var id = Guid.Parse(begun.Headers.Location!.OriginalString.Split('/')[2]);
        await TypeAsync(id, "The fee is eighty-five dollars.\n");
        await city.CommitAsync(Fees, Text("Late fees", "The fee is ninety dollars.", "billing-lead", "effective: 2027-02-01\n"));
        using var taken = await author.SubmitAsync((await author.GetAsync($"/changes/{id}")).QuerySelector(".moved-card a")!.GetAttribute("href")!, "main form");
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        await city.ApproveAsync(author, id, ("note", "Eighty-five"));

        Assert.Contains("eighty-five", await AtAsync(December.AddDays(1)), StringComparison.Ordinal);
        Assert.Contains("ninety", await AtAsync(February.AddDays(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reviewed_WhileSeveralWait_MovesTheDayOfAll()
    {
        await WaitAsync();
        await BeginAndApproveAsync("reviewed");
        Assert.All(city.Line(Fees).Take(3), text => Assert.Contains("review-by: 2027-03-02", text, StringComparison.Ordinal));
        Assert.Equal([December, February], Upcoming().Select(one => one.At));
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

    private static DateTimeOffset December { get; } = new(2026, 12, 1, 6, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset February { get; } = new(2027, 2, 1, 6, 0, 0, TimeSpan.Zero);

    /// <summary>Eighty dollars from December, ninety from February.</summary>
    private async Task WaitAsync()
    {
        await city.CommitAsync(Fees, Text("Late fees", "The fee is eighty dollars.", "billing-lead", "effective: 2026-12-01\n"));
        await city.CommitAsync(Fees, Text("Late fees", "The fee is ninety dollars.", "billing-lead", "effective: 2027-02-01\n"));
    }

    private async Task TypeAsync(Guid id, string body)
    {
        var token = (await author.GetAsync($"/changes/{id}")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var saved = await author.Client.PostAsync(new Uri($"/api/changes/{id}/text", UriKind.Relative), new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), new("path", Fees), new("step", "0"), new("stamp", "0"), new("text", body)]));
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
    }

    private ImmutableArray<UpcomingText> Upcoming() => PathTexts.Of(city.Site.Edition, LibraryPath.Parse(Fees), city.Clock.GetUtcNow()).Upcoming;

    /// <summary>What staff will read on a day.</summary>
    private async Task<string> AtAsync(DateTimeOffset day)
    {
        var history = city.Site.Edition.Find(LibraryPath.Parse(Fees), Reader.Anyone)!.History;
        var version = Resolver.InEffect(history.Versions, day, city.Site.Edition.Settings.Zone)!;
        return System.Text.Encoding.UTF8.GetString((await city.Site.Services.GetRequiredService<PolicyHub.Web.Refresh.CurrentEdition>().Blobs.ReadAsync([version.Blob!.Value], 100_000, TestContext.Current.CancellationToken))[0]!);
    }

    private static string Form(string act) => $"main form:has(input[value={act}])";

    private async Task BeginAndApproveAsync(string act, params (string Name, string Value)[] fields)
    {
        using var begun = await author.SubmitAsync(Address, Form(act), fields);
        Assert.True(begun.StatusCode == HttpStatusCode.Redirect, $"{begun.StatusCode}: {(await RunningSite.ParseAsync(begun)).QuerySelector("[role=alert], h1")?.TextContent}");
        await city.ApproveAsync(author, Guid.Parse(begun.Headers.Location!.OriginalString.Split('/')[2]));
    }
}
