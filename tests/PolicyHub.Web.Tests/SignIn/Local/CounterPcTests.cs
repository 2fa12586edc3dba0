using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.SignIn.Local.AccountSite;

namespace PolicyHub.Web.Tests.SignIn.Local;

/// <summary>A counter PC reads without a name, asks who one is for what is personal, and forgets it.</summary>
public sealed class CounterPcTests : IAsyncLifetime
{
    private AccountSite site = null!;

    public async ValueTask InitializeAsync() => site = await AccountSite.StartAsync();

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Enrol_TheBrowserAtHand_SignsTheAdministratorOutAndReads()
    {
        using var pc = await EnrolAsync();
        var page = await pc.GetAsync("/docs/a");

        Assert.Contains("quince", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Counter 2 · Who are you?", page.QuerySelector(".account")!.TextContent);
        Assert.True(pc.Cookies.GetCookies(site.Site.Address)["policyhub-counter"]!.HttpOnly);
        using var admin = await pc.Client.GetAsync(new Uri("/admin/people", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in?return=%2Fadmin%2Fpeople", admin.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, await AnonymousApiAsync());
        using var api = await pc.Client.GetAsync(new Uri("/api/search?q=quince", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, api.StatusCode);
    }

    [Fact]
    public async Task Link_EnrolsOneBrowserOnce()
    {
        using var administrator = await Browsing.AsAsync(site.Site, "administrator");
        string link;
        using (var made = await administrator.SubmitAsync("/admin/counter-pcs", "form.new-pc", ("name", "Lobby"), ("desk", "customer-service")))
        {
            link = new Uri((await RunningSite.ParseAsync(made)).QuerySelector(".link-text")!.TextContent).PathAndQuery;
        }

        using var pc = new Browsing(site.Site.Address);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(pc, link));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(pc));
        using (await pc.SubmitAsync(link, "form.enrol"))
        {
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(pc));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(pc, link));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(administrator, "/admin/counter-pcs"));
        var (_, old) = await site.Site.Services.GetRequiredService<CounterPcBook>().AddAsync("Old", "", "", Guid.NewGuid(), AuditActor.CommandLine, TestContext.Current.CancellationToken);
        site.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(pc, "/counter-pc?key=" + old));
    }

    [Fact]
    public async Task Revoked_CountsWithinSeconds()
    {
        using var pc = await EnrolAsync();
        using var administrator = await Browsing.AsAsync(site.Site, "administrator");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(pc));

        // As another process does it; then, by the page, at once.
        var book = site.Site.Services.GetRequiredService<CounterPcBook>();
        await book.RevokeAsync((await book.ListAsync(TestContext.Current.CancellationToken))[0].Id, AuditActor.CommandLine, TestContext.Current.CancellationToken);
        site.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(pc));
        using var second = await EnrolAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second));
        using (await administrator.SubmitAsync("/admin/counter-pcs", "form.revoke"))
        {
        }

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(second));
    }

    [Fact]
    public async Task Personal_AsksWho_ActsAndForgets()
    {
        await JoinWithPinAsync();
        using var pc = await EnrolAsync();
        using (var asked = await pc.Client.GetAsync(new Uri("/account", UriKind.Relative), TestContext.Current.CancellationToken))
        {
            Assert.Equal("/who?return=%2Faccount", asked.Headers.Location!.OriginalString);
        }

        using (var wrong = await pc.SubmitAsync("/who?return=%2Faccount", "form.who", ("badge", "77-1"), ("pin", "482916")))
        {
            Assert.NotNull((await RunningSite.ParseAsync(wrong)).QuerySelector(".fault"));
        }

        Assert.Equal("/account", await SayAsync(pc, "77-1", Pin));
        var page = await pc.GetAsync("/account");
        Assert.Contains("Casey Morgan", page.Body!.TextContent, StringComparison.Ordinal);

        // Who acts by badge and PIN may not change how they sign in, nor do what their roles allow.
        Assert.Null(page.QuerySelector("form.password"));
        Assert.Null(page.QuerySelector("form.pin"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(pc, "/admin/people"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(pc, "/account/authenticator"));
        using (await pc.SubmitAsync("/account", "form.done"))
        {
        }

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(pc, "/account"));
        Assert.Equal("/account", await SayAsync(pc, "77-1", Pin));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(pc, "/account"));
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(pc, "/account"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(pc));
    }

    [Fact]
    public async Task Acting_EndsOwnOtherSessions()
    {
        using var casey = await JoinWithPinAsync();
        using var pc = await EnrolAsync();
        await SayAsync(pc, "77-1", Pin);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(casey));
        using (await pc.SubmitAsync("/account", "form.end-others"))
        {
        }

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(casey));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(pc, "/account"));
    }

    [Fact]
    public async Task Acting_TakenElsewhere_IsNobody()
    {
        await JoinWithPinAsync();
        using var pc = await EnrolAsync();
        await SayAsync(pc, "77-1", Pin);
        var acting = pc.Cookies.GetCookies(site.Site.Address)["policyhub-acting"]!.Value;
        using var elsewhere = new Browsing(site.Site.Address);
        elsewhere.Cookies.Add(site.Site.Address, new Cookie("policyhub-acting", acting));
        elsewhere.Cookies.Add(site.Site.Address, new Cookie("policyhub", acting));
        using var otherPc = await EnrolAsync();
        otherPc.Cookies.Add(site.Site.Address, new Cookie("policyhub-acting", acting));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(pc, "/account"));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(elsewhere));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(otherPc, "/account"));
    }

    [Fact]
    public async Task Pin_GuessedFiveTimes_RestsAndUnknownBadgesAreAnsweredAlike()
    {
        await JoinWithPinAsync();
        using var pc = await EnrolAsync();
        async Task<string> FaultAsync(string badge, string pin)
        {
            using var answer = await pc.SubmitAsync("/who", "form.who", ("badge", badge), ("pin", pin));
            return (await RunningSite.ParseAsync(answer)).QuerySelector(".fault")?.TextContent ?? "";
        }

        var faults = new List<string> { await FaultAsync("99-9", "482916") };
        for (var wrong = 0; wrong < 5; wrong++)
        {
            faults.Add(await FaultAsync("77-1", "482916"));
        }

        faults.Add(await FaultAsync("77-1", Pin));
        Assert.Single(faults.Distinct());
        Assert.NotEmpty(faults[0]);
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("", await FaultAsync("77-1", Pin));
    }

    [Fact]
    public async Task Who_ElsewhereThanAtACounterPc_LeadsToSigningIn()
    {
        using var reader = await Browsing.AsAsync(site.Site, "reader");
        using var answer = await reader.Client.GetAsync(new Uri("/who?return=%2Fdocs%2Fa", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("/sign-in?return=%2Fdocs%2Fa", answer.Headers.Location!.OriginalString);
    }

    private static async Task<string?> SayAsync(Browsing pc, string badge, string pin)
    {
        using var answer = await pc.SubmitAsync("/who?return=%2Faccount", "form.who", ("badge", badge), ("pin", pin));
        return answer.Headers.Location?.OriginalString;
    }

    /// <summary>Casey, an administrator, who has chosen a PIN.</summary>
    private async Task<Browsing> JoinWithPinAsync()
    {
        var (_, browsing) = await site.JoinAsync("casey", "administrator", badge: "77-1");
        using var easy = await browsing.SubmitAsync("/account", "form.pin", ("pin", "123456"), ("again", "123456"));
        Assert.NotNull((await RunningSite.ParseAsync(easy)).QuerySelector(".fault"));
        using var answer = await browsing.SubmitAsync("/account", "form.pin", ("pin", Pin), ("again", Pin));
        Assert.NotNull((await RunningSite.ParseAsync(answer)).QuerySelector(".done-line"));
        return browsing;
    }

    private async Task<Browsing> EnrolAsync()
    {
        var browsing = await site.EnrolPcAsync();
        Assert.Null(browsing.Cookies.GetCookies(site.Site.Address)["policyhub"]);
        return browsing;
    }

    private async Task<HttpStatusCode> AnonymousApiAsync()
    {
        using var answer = await site.Site.Client.GetAsync(new Uri("/api/search?q=quince", UriKind.Relative));
        return answer.StatusCode;
    }
}
