using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Testing;
using static PolicyHub.Web.Tests.SignIn.Local.AccountSite;

namespace PolicyHub.Web.Tests.SignIn.Local;

/// <summary>One-time links and passwords, as people meet them.</summary>
public sealed partial class PasswordTests : IAsyncLifetime
{
    private AccountSite site = null!;

    public async ValueTask InitializeAsync() => site = await AccountSite.StartAsync();

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Link_Used_SetsThePasswordAndWorksNoMore()
    {
        var (_, key) = await site.InviteAsync(new PersonForm { Name = "Casey Morgan", UserName = "casey" });
        using var browsing = new Browsing(site.Site.Address);

        // To look at it, as a mail program might, uses nothing up.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browsing, "/welcome?key=" + key));
        using (var answer = await browsing.SubmitAsync("/welcome?key=" + key, "form[data-password]", ("password", Password), ("again", Password)))
        {
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browsing));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(browsing, "/welcome?key=" + key));
        var (status, to, _) = await site.SignInAsync("CASEY", Password, back: "?return=%2Fdocs%2Fa");
        Assert.Equal((HttpStatusCode.Redirect, "/docs/a"), (status, to));
    }

    [Fact]
    public async Task Link_UsedTwiceAtOnce_IsUsedOnce()
    {
        var (_, key) = await site.InviteAsync(new PersonForm { Name = "Casey Morgan", UserName = "casey" });
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var browsing = new Browsing(site.Site.Address);
            using var answer = await browsing.SubmitAsync("/welcome?key=" + key, "form[data-password]", ("password", Password), ("again", Password));
            return answer.StatusCode;
        }));

        Assert.Single(answers, status => status == HttpStatusCode.Redirect);
        Assert.Equal(3, answers.Count(status => status == HttpStatusCode.Gone));
    }

    [Fact]
    public async Task Link_OldReplacedOrForeign_CanNotBeUsed()
    {
        var accounts = site.Site.Services.GetRequiredService<AccountBook>();
        var (person, key) = await site.InviteAsync(new PersonForm { Name = "Casey Morgan", UserName = "casey" });
        using var browsing = new Browsing(site.Site.Address);
        var newer = await accounts.InviteAsync(person.Id, forgetFactors: false, AuditActor.CommandLine, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(browsing, "/welcome?key=" + key));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(browsing, "/welcome?key=" + new string('a', 64)));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(browsing, "/welcome?key=%27%22%3E"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browsing, "/welcome?key=" + newer));
        site.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(browsing, "/welcome?key=" + newer));
    }

    [Fact]
    public async Task Records_HoldNoKeyOfALink()
    {
        var (_, key) = await site.InviteAsync(new PersonForm { Name = "Casey Morgan", UserName = "casey" });

        Assert.All(Directory.GetFiles(site.Site.Data, "policyhub.db*"), file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(key, reader.ReadToEnd(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task SignIn_UnknownOrWrong_IsAnsweredAlike()
    {
        var (_, browsing) = await site.JoinAsync("casey");
        browsing.Dispose();
        var disabled = await site.JoinAsync("devon");
        disabled.Browsing.Dispose();
        await site.Site.Services.GetRequiredService<AccountBook>().DisableAsync(disabled.Person.Id, isDisabled: true, AuditActor.CommandLine, TestContext.Current.CancellationToken);
        var wrong = await site.SignInAsync("casey", "not this one at all");
        var unknown = await site.SignInAsync("nobody", "not this one at all");
        var over = await site.SignInAsync("devon", Password);
        string Plain((HttpStatusCode Status, string? To, AngleSharp.Dom.IDocument Page) answer) =>
            answer.Status + Changing().Replace(answer.Page.Body!.InnerHtml, "").Replace("nobody", "casey", StringComparison.Ordinal).Replace("devon", "casey", StringComparison.Ordinal);

        Assert.Equal(Plain(wrong), Plain(unknown));
        Assert.Equal(Plain(wrong), Plain(over));
        Assert.Contains("That did not work", wrong.Page.QuerySelector(".fault")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("casey", wrong.Page.QuerySelector("#sign-in-name")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Redirect, (await site.SignInAsync("casey", Password)).Status);
    }

    [Fact]
    public async Task SignIn_TenWrong_RestsForAMinuteThenTwo()
    {
        var (_, browsing) = await site.JoinAsync("casey");
        browsing.Dispose();
        for (var wrong = 0; wrong < 10; wrong++)
        {
            Assert.Equal(HttpStatusCode.OK, (await site.SignInAsync("casey", "not this one at all")).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await site.SignInAsync("casey", Password)).Status);
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.OK, (await site.SignInAsync("casey", "not this one at all")).Status);
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.OK, (await site.SignInAsync("casey", Password)).Status);
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Redirect, (await site.SignInAsync("casey", Password)).Status);
    }

    [Fact]
    public async Task SignIn_TooFast_IsAskedToWait()
    {
        await using var slow = await AccountSite.StartAsync(("PolicyHub:SignIn:TriesPerMinute", "3"));
        for (var wrong = 0; wrong < 3; wrong++)
        {
            Assert.Equal(HttpStatusCode.OK, (await slow.SignInAsync("nobody" + wrong, "not this one at all")).Status);
        }

        var (status, _, page) = await slow.SignInAsync("nobody", "not this one at all");
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("Too many tries", page.QuerySelector(".fault")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_PastItsEnd_IsSignedOutByItself()
    {
        var (_, browsing) = await site.JoinAsync("casey", end: "2026-03-02");
        using var _ = browsing;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browsing));
        site.Clock.MoveTo(new DateTimeOffset(2026, 3, 3, 0, 1, 0, TimeSpan.Zero));

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(browsing));
        Assert.Equal(HttpStatusCode.OK, (await site.SignInAsync("casey", Password)).Status);
    }

    [Fact]
    public async Task Password_Changed_EndsOtherSessions()
    {
        const string newer = "orchid ladder pebble forty";
        var (_, browsing) = await site.JoinAsync("casey");
        using var _ = browsing;
        using var elsewhere = new Browsing(site.Site.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await site.SignInAsync("casey", Password, elsewhere)).Status);
        using (var wrong = await browsing.SubmitAsync("/account", "form.password", ("current", "not this one at all"), ("password", newer), ("again", newer)))
        {
            Assert.NotNull((await RunningSite.ParseAsync(wrong)).QuerySelector(".fault"));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(elsewhere));
        using (var done = await browsing.SubmitAsync("/account", "form.password", ("current", Password), ("password", newer), ("again", newer)))
        {
            Assert.NotNull((await RunningSite.ParseAsync(done)).QuerySelector(".done-line"));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browsing));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(elsewhere));
        Assert.Equal(HttpStatusCode.Redirect, (await site.SignInAsync("casey", newer)).Status);
    }

    [Theory]
    [InlineData("/sign-in?handler=Password")]
    [InlineData("/sign-in?handler=Passkey")]
    [InlineData("/sign-in?handler=PasskeyOptions")]
    [InlineData("/sign-in/code")]
    [InlineData("/welcome")]
    [InlineData("/welcome?handler=Passkey")]
    [InlineData("/counter-pc")]
    [InlineData("/account?handler=Password")]
    [InlineData("/account?handler=EndOthers")]
    [InlineData("/account?handler=Pin")]
    [InlineData("/account?handler=AddPasskey")]
    [InlineData("/account?handler=RemovePasskey")]
    [InlineData("/account/authenticator")]
    [InlineData("/account/authenticator?handler=Remove")]
    [InlineData("/admin/people/new")]
    [InlineData("/admin/people/import")]
    [InlineData("/admin/people/import?handler=Links")]
    [InlineData("/admin/counter-pcs")]
    [InlineData("/admin/counter-pcs?handler=Revoke")]
    [InlineData("/who")]
    public async Task Post_WithoutTheTokenOfTheForm_IsRefused(string address)
    {
        using var browsing = await Browsing.AsAsync(site.Site, "administrator");
        using var form = new FormUrlEncodedContent([new("name", "casey"), new("password", Password), new("key", new string('a', 64))]);
        using var answer = await browsing.Client.PostAsync(new Uri(address, UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>What differs between any two answers: proofs of forms and numbers of requests.</summary>
    [GeneratedRegex("""value="CfDJ8[^"]*"|<code>[^<]*</code>""", RegexOptions.None, 1000)]
    private static partial Regex Changing();
}
