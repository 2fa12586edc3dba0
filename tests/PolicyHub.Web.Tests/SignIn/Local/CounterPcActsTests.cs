using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Feedback;
using PolicyHub.Records.People;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.SignIn.Local.AccountSite;

namespace PolicyHub.Web.Tests.SignIn.Local;

/// <summary>Pins and notes at a counter PC: the form of each asks who does it, does it in their name, and forgets them.</summary>
public sealed class CounterPcActsTests : IAsyncLifetime
{
    private AccountSite site = null!;
    private Person casey = null!;
    private Browsing theirs = null!;
    private Browsing pc = null!;

    public async ValueTask InitializeAsync()
    {
        site = await StartAsync();
        (casey, theirs) = await site.JoinWithPinAsync(new PersonForm
        {
            Name = "Casey Morgan",
            UserName = "casey",
            Badge = "77-1",
            Groups = "money",
            Roles = "administrator; auditor; lead desk:utility-billing",
        });
        pc = await site.EnrolPcAsync();
    }

    public async ValueTask DisposeAsync()
    {
        theirs.Dispose();
        pc.Dispose();
        await site.DisposeAsync();
    }

    [Fact]
    public async Task Pin_WithBadgeAndPin_IsTheirsAndForgetsThem()
    {
        var document = await pc.GetAsync("/docs/a");
        Assert.Null(document.QuerySelector("[data-pin]")!.GetAttribute("aria-pressed"));
        Assert.Equal("nobody", document.Body!.GetAttribute("data-mine-at"));
        using (var answer = await pc.SubmitAsync("/pins?read=a", "[data-pin-form]", ("badge", "77-1"), ("pin", Pin)))
        {
            Assert.Equal("/pins?read=a&done=1", answer.Headers.Location!.OriginalString);
            Assert.NotNull((await pc.GetAsync(answer.Headers.Location.OriginalString)).QuerySelector("[data-pin-done]"));
        }

        Assert.Contains("Apples", await MineAsync(theirs), StringComparison.Ordinal);
        await AssertForgottenAsync();
        var told = (await RowsAsync())[0];
        Assert.Equal(
            ("sign-in", "badge", AuditActor.ReferenceOf(casey.Id), "Casey Morgan"), (told.Entry.Kind, told.Entry.What, told.Entry.Actor, told.Personal["name"]));
        Assert.StartsWith("counter-pc:", told.Entry.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pin_WithStay_RemembersForAWhileAndShowsTheirs()
    {
        using (var answer = await pc.SubmitAsync("/pins?read=a", "[data-pin-form]", ("badge", "77-1"), ("pin", Pin), ("stay", "on")))
        {
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        var page = await pc.GetAsync("/docs/a");
        Assert.Equal("Counter 2 · Casey Morgan", page.QuerySelector(".account")!.TextContent);
        Assert.Equal("true", page.QuerySelector("[data-pin]")!.GetAttribute("aria-pressed"));
        Assert.Contains("Apples", await MineAsync(pc), StringComparison.Ordinal);
        Assert.Null((await pc.GetAsync("/pins?read=a")).QuerySelector(".who-acts"));
        using (await pc.SubmitAsync("/pins?read=a", "[data-pin-form] button"))
        {
        }

        Assert.DoesNotContain("\"Apples\"", (await MineAsync(theirs)).Split("\"recent\"")[0], StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        await AssertForgottenAsync();
    }

    [Theory]
    [InlineData("77-1", "482916")]
    [InlineData("99-9", "482915")]
    [InlineData("77-1", "")]
    [InlineData("", "")]
    public async Task Pin_WithAWrongAnswer_SaysSoBesideTheFieldAndKeepsTheBadge(string badge, string pin)
    {
        using var answer = await pc.SubmitAsync("/pins?read=a", "[data-pin-form]", ("badge", badge), ("pin", pin));
        var form = (await RunningSite.ParseAsync(answer)).QuerySelector("[data-pin-form]")!;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        AssertAskedAgain(form, badge);
        Assert.DoesNotContain("Apples", await MineAsync(theirs), StringComparison.Ordinal);
        await AssertForgottenAsync();
    }

    [Fact]
    public async Task Note_WithoutSayingWho_IsSentAsNobodys()
    {
        await SendNoteAsync("Which apples?");

        var note = Assert.Single(await NotesAsync());
        Assert.Equal((null, ""), (note.PersonId, note.ShownName));
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "Casey Morgan")]
    public async Task Note_WithBadgeAndPin_IsTheirsAndNamesThemOnlyIfTheySaySo(bool named, string shown)
    {
        await SendNoteAsync("Which apples?", [("badge", "77-1"), ("pin", Pin), .. named ? new[] { ("named", "1") } : []]);

        var note = Assert.Single(await NotesAsync());
        Assert.Equal((casey.Id, shown), (note.PersonId!.Value, note.ShownName));
        Assert.Contains("Which apples?", (await theirs.GetAsync("/")).QuerySelector(".feedback-sent")!.TextContent, StringComparison.Ordinal);
        await AssertForgottenAsync();
    }

    [Fact]
    public async Task Note_WithAWrongPin_IsNotSentAndKeepsAllThatWasTyped()
    {
        using var answer = await pc.SubmitAsync(
            await AskedAsync(), "[data-feedback-form]", ("answered", "no"), ("note", "Which apples?"), ("badge", "77-1"), ("pin", "000000"), ("named", "1"));
        var form = (await RunningSite.ParseAsync(answer)).QuerySelector("[data-feedback-form]")!;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        AssertAskedAgain(form, "77-1");
        Assert.True(form.QuerySelector("details")!.HasAttribute("open"));
        Assert.Equal("Which apples?", form.QuerySelector("textarea")!.TextContent);
        Assert.True(((IHtmlInputElement)form.QuerySelector("[name=answered][value=no]")!).IsChecked);
        Assert.True(((IHtmlInputElement)form.QuerySelector("[name=named]")!).IsChecked);
        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task Pin_GuessedInAnyForm_RestsInAll()
    {
        for (var wrong = 0; wrong < 5; wrong++)
        {
            using var guess = await pc.SubmitAsync("/pins?read=a", "[data-pin-form]", ("badge", "77-1"), ("pin", "482916"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, guess.StatusCode);
        }

        foreach (var (address, form) in new[] { ("/pins?read=a", "[data-pin-form]"), (await AskedAsync(), "[data-feedback-form]"), ("/notices/new", "main form") })
        {
            using var right = await pc.SubmitAsync(address, form, ("badge", "77-1"), ("pin", Pin), ("what", "Cards are down"), ("answered", "no"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, right.StatusCode);
            Assert.Contains("rests for a while", (await RunningSite.ParseAsync(right)).QuerySelector(".who-acts .fault")!.TextContent, StringComparison.Ordinal);
        }

        site.Clock.Advance(TimeSpan.FromSeconds(61));
        using var after = await pc.SubmitAsync("/pins?read=a", "[data-pin-form]", ("badge", "77-1"), ("pin", Pin));
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
        Assert.Contains(await RowsAsync(), row => row.Entry is { Kind: "refusal", What: "badge" } && row.Entry.Subject == AuditActor.ReferenceOf(casey.Id));
    }

    [Fact]
    public async Task Badge_TriedTooFast_IsToldToWait()
    {
        var (status, wait) = (HttpStatusCode.UnprocessableEntity, (TimeSpan?)null);
        for (var attempt = 0; attempt < 30 && status == HttpStatusCode.UnprocessableEntity; attempt++)
        {
            using var answer = await pc.SubmitAsync("/pins?read=a", "[data-pin-form]", ("badge", "55-5"), ("pin", "111111"));
            (status, wait) = (answer.StatusCode, answer.Headers.RetryAfter?.Delta);
        }

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(10)), (status, wait));
    }

    [Fact]
    public async Task Acting_ByAnAdministratorAndAuditorOfAGroup_ReadsAndDoesNothingMore()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(theirs, "/docs/safe"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(theirs, "/audit"));
        using (await pc.SubmitAsync("/pins?read=a", "[data-pin-form]", ("badge", "77-1"), ("pin", Pin), ("stay", "on")))
        {
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(pc, "/account"));
        foreach (var address in new[] { "/docs/safe", "/history/safe", "/pins?read=safe" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(pc, address));
        }

        foreach (var address in new[] { "/audit", "/admin/people", "/admin/counter-pcs", "/admin/records-request", "/feedback" })
        {
            Assert.Equal((address, HttpStatusCode.Forbidden), (address, await StatusAsync(pc, address)));
        }

        Assert.DoesNotContain("damson", (await pc.GetAsync("/search?q=damson")).QuerySelector("main")!.InnerHtml.Replace("damson\"", "", StringComparison.Ordinal).Replace("“damson”", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static void AssertAskedAgain(IElement form, string badge)
    {
        var (typed, pin) = (form.QuerySelector("[name=badge]")!, form.QuerySelector("[name=pin]")!);
        Assert.Equal((badge, ""), (typed.GetAttribute("value"), pin.GetAttribute("value") ?? ""));
        Assert.True(pin.HasAttribute("autofocus"));
        var fault = form.QuerySelector("#" + pin.GetAttribute("aria-describedby"))!;
        Assert.Equal(("alert", "true"), (fault.GetAttribute("role"), pin.GetAttribute("aria-invalid")));
        Assert.NotEmpty(fault.TextContent);
    }

    private static async Task<string> MineAsync(Browsing browsing)
    {
        using var answer = await browsing.Client.GetAsync(new Uri("/api/mine", UriKind.Relative), TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task AssertForgottenAsync()
    {
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(pc, "/account"));
        Assert.Equal("Counter 2 · Who are you?", (await pc.GetAsync("/docs/a")).QuerySelector(".account")!.TextContent);
    }

    private async Task<string> AskedAsync() =>
        $"/feedback/new?answered=no&held={Uri.EscapeDataString((await pc.GetAsync("/docs/a")).QuerySelector("[data-feedback] [name=held]")!.GetAttribute("value")!)}";

    private async Task SendNoteAsync(string note, params (string Name, string Value)[] fields)
    {
        using var answer = await pc.SubmitAsync(await AskedAsync(), "[data-feedback-form]", [("answered", "no"), ("note", note), .. fields]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.NotNull((await pc.GetAsync(answer.Headers.Location!.OriginalString)).QuerySelector("[data-feedback-thanks]"));
    }

    private async Task<List<FeedbackNote>> NotesAsync()
    {
        await using var db = await site.Site.Services.GetRequiredService<IDbContextFactory<RecordsDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.Set<FeedbackNote>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }

    private Task<IReadOnlyList<AuditRow>> RowsAsync() =>
        site.Site.Services.GetRequiredService<AuditBook>().ReadAsync(new AuditQuestion(), null, 50, TestContext.Current.CancellationToken);
}
