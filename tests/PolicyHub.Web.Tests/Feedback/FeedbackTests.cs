using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Feedback;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Feedback;

/// <summary>From “Did this answer it?” to the owner's word, and back to who asked.</summary>
public sealed class FeedbackTests : IAsyncLifetime
{
    private readonly TestClock clock = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));
    private readonly TestRepository repository = new TestRepository().Commit("First", commit => commit.At("2026-01-02 00:00")
        .Write("library.yml", "positions: { billing-lead: { title: Billing Lead, held-by: [Maria Lopez] }, finance-director: { title: Finance Director } }\n")
        .Write("policies/utility-billing/fees.md", "---\nowner: billing-lead\n---\n# Fees\n\nOne fee is $5.\n\n## Waivers\n\nNone.\n")
        .Write("policies/utility-billing/free.md", "# Nobody's\n\nText.\n")
        .Write("policies/other.md", "---\nowner: finance-director\n---\n# Other\n\nText.\n")).Flush();

    private RunningSite site = null!;

    public async ValueTask InitializeAsync() =>
        site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"));

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task Send_ANo_CarriesQuerySectionAndVersionToTheOwner()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        await SendAsync(reader, "policies/utility-billing/fees", "no", "Which <fees>?", query: "fee of account 1234567", section: "waivers");

        var note = Assert.Single(await NotesAsync());
        var version = site.Edition.FindHistory("policies/utility-billing/fees", Content.Reader.Anyone)!.Versions[^1];
        Assert.Equal(("policies/utility-billing/fees", "waivers", "fee of account [number]", "1"), (note.Path, note.Section, note.Query, note.Version));
        Assert.Equal((version.Commit.Id.Hex, version.Blob!.Value.Hex), (note.Commit, note.Blob));

        using var owner = await Browsing.AsAsync(site, "author");
        Assert.Contains((await owner.GetAsync("/")).QuerySelectorAll("main a"), link => link.GetAttribute("href") == "/feedback");
        var shown = Assert.Single((await owner.GetAsync("/feedback")).QuerySelectorAll(".feedback-one"));
        Assert.Equal("Which <fees>?", shown.QuerySelector(".feedback-note")!.TextContent);
        Assert.Contains("fee of account [number]", shown.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Teresa", shown.TextContent, StringComparison.Ordinal);
        Assert.Equal("/docs/policies/utility-billing/fees#waivers", shown.QuerySelector("a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("resolved")]
    [InlineData("rejected")]
    public async Task Close_WithAWord_IsSeenByWhoSentIt(string state)
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        await SendAsync(reader, "policies/utility-billing/fees", "no", "Which?");
        using var owner = await Browsing.AsAsync(site, "author");
        using (var silent = await owner.SubmitAsync("/feedback", ".feedback-one form", ("state", state), ("word", " ")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        }

        Assert.Contains("not answered yet", (await reader.GetAsync("/")).QuerySelector(".feedback-sent")!.TextContent, StringComparison.Ordinal);
        using (var closed = await owner.SubmitAsync("/feedback", ".feedback-one form", ("state", state), ("word", "It says so below.")))
        {
            Assert.Equal("/feedback?done=" + state, closed.Headers.Location!.OriginalString);
        }

        var sent = (await reader.GetAsync("/")).QuerySelector(".feedback-sent")!;
        Assert.Contains(state, sent.TextContent, StringComparison.Ordinal);
        Assert.Contains("It says so below.", sent.TextContent, StringComparison.Ordinal);
        Assert.Contains("Maria Lopez", sent.TextContent, StringComparison.Ordinal);
        Assert.Empty((await owner.GetAsync("/feedback")).QuerySelectorAll(".feedback-one"));
        Assert.DoesNotContain((await owner.GetAsync("/")).QuerySelectorAll("main a"), link => link.GetAttribute("href") == "/feedback");
        clock.Advance(TimeSpan.FromDays(31));
        using var later = await Browsing.AsAsync(site, "reader");
        Assert.Null((await later.GetAsync("/")).QuerySelector(".feedback-sent"));
    }

    [Theory]
    [InlineData("policies/utility-billing/fees", "author", true)]
    [InlineData("policies/utility-billing/fees", "approver", false)]
    [InlineData("policies/utility-billing/free", "author", true)]
    [InlineData("policies/utility-billing/free", "approver", false)]
    [InlineData("policies/other", "author", false)]
    [InlineData("policies/other", "approver", true)]
    [InlineData("policies/other", "administrator", false)]
    [InlineData("policies/other", "auditor", false)]
    public async Task Inbox_ShowsNotesToThoseWhoOwnTheDocumentAlone(string path, string role, bool shown)
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        await SendAsync(reader, path, "no", "Unclear.");
        using var other = await Browsing.AsAsync(site, role);

        Assert.Equal(shown ? 1 : 0, (await other.GetAsync("/feedback")).QuerySelectorAll(".feedback-one").Length);
    }

    [Fact]
    public async Task Close_ByWhoDoesNotOwnIt_IsRefused()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        await SendAsync(reader, "policies/utility-billing/fees", "no", "Which?");
        await SendAsync(reader, "policies/other", "no", "Which?");
        using var approver = await Browsing.AsAsync(site, "approver");
        var foreign = (await NotesAsync()).Single(note => note.Path.EndsWith("fees", StringComparison.Ordinal)).Id.ToString();
        using var answer = await approver.SubmitAsync("/feedback", ".feedback-one form", ("id", foreign), ("state", "rejected"), ("word", "No."));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.All(await NotesAsync(), note => Assert.Equal(FeedbackState.Open, note.State));
    }

    [Fact]
    public async Task Send_Twice_IsOne()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        var number = Guid.NewGuid().ToString();
        await SendAsync(reader, "policies/other", "no", "Which?", number: number);
        await SendAsync(reader, "policies/other", "no", "Which?", number: number);

        Assert.Single(await NotesAsync());
    }

    [Fact]
    public async Task Send_AYesWithNoNote_WaitsForNobody()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        await SendAsync(reader, "policies/utility-billing/fees", "yes", "");
        using var owner = await Browsing.AsAsync(site, "author");

        Assert.Empty((await owner.GetAsync("/feedback")).QuerySelectorAll(".feedback-one"));
        Assert.Null((await reader.GetAsync("/")).QuerySelector(".feedback-sent"));
    }

    [Fact]
    public async Task Send_WithMyName_TellsItTheOwner()
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        await SendAsync(reader, "policies/utility-billing/fees", "no", "Which?", named: true);
        using var owner = await Browsing.AsAsync(site, "author");

        Assert.Contains("Teresa Nguyen", (await owner.GetAsync("/feedback")).QuerySelector(".feedback-one")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ByNobodyByName_IsTakenWithoutAName()
    {
        await using var open = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder));
        using var browsing = new Browsing(open.Address);
        var held = (await browsing.GetAsync("/docs/policies/other")).QuerySelector("[data-feedback] [name=held]")!.GetAttribute("value")!;
        using var answer = await browsing.SubmitAsync($"/feedback/new?held={Uri.EscapeDataString(held)}&answered=no", "[data-feedback-form]", ("note", "Unclear."));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await using var db = await open.Services.GetRequiredService<IDbContextFactory<RecordsDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.Null((await db.Set<FeedbackNote>().SingleAsync(TestContext.Current.CancellationToken)).PersonId);
    }

    [Theory]
    [InlineData("/feedback/new", HttpStatusCode.NotFound)]
    [InlineData("/feedback/new?held=policies/other", HttpStatusCode.NotFound)]
    [InlineData("/feedback/new?held=policies/other+000000000000", HttpStatusCode.NotFound)]
    [InlineData("/feedback/new?held=..%2f..+", HttpStatusCode.NotFound)]
    public async Task New_AboutNothingThatCanBeRead_IsNotFound(string address, HttpStatusCode expected)
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        using var answer = await reader.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Ask_OnAnotherDay_IsNotAsked()
    {
        using var reader = await Browsing.AsAsync(site, "reader");

        Assert.NotNull((await reader.GetAsync("/docs/policies/other")).QuerySelector("[data-feedback]"));
        Assert.NotNull((await reader.GetAsync("/search/section?read=policies/other&q=text")).QuerySelector("[data-feedback]"));
        Assert.Null((await reader.GetAsync("/docs/policies/other?on=2026-02-01")).QuerySelector("[data-feedback]"));
    }

    private static async Task SendAsync(Browsing browsing, string path, string answered, string note, string query = "", string section = "", string? number = null, bool named = false)
    {
        var held = (await browsing.GetAsync("/docs/" + path)).QuerySelector("[data-feedback] [name=held]")!.GetAttribute("value")!;
        var fields = new List<(string, string)> { ("answered", answered), ("note", note), ("section", section) };
        if (number is not null)
        {
            fields.Add(("number", number));
        }

        if (named)
        {
            fields.Add(("named", "1"));
        }

        using var answer = await browsing.SubmitAsync(
            $"/feedback/new?held={Uri.EscapeDataString(held)}&q={Uri.EscapeDataString(query)}&answered={answered}", "[data-feedback-form]", [.. fields]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.NotNull((await browsing.GetAsync(answer.Headers.Location!.OriginalString)).QuerySelector("[data-feedback-thanks]"));
    }

    private async Task<List<FeedbackNote>> NotesAsync()
    {
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<RecordsDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.Set<FeedbackNote>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }
}
