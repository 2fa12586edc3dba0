using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Sessions;
using PolicyHub.Testing;
using PolicyHub.Web.Pages.SignIn;

namespace PolicyHub.Web.Tests.SignIn;

/// <summary>Who is let in, where they are led, and when a session ends.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly TestClock clock = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));
    private readonly TestRepository repository = new TestRepository().Commit("First", "a.md", "# Apples\n\nA quince word.\n").Flush();
    private RunningSite site = null!;

    public async ValueTask InitializeAsync() =>
        site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"));

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Theory]
    [InlineData("/", "/sign-in")]
    [InlineData("/docs/a", "/sign-in?return=%2Fdocs%2Fa")]
    [InlineData("/search?q=quince", "/sign-in?return=%2Fsearch%3Fq%3Dquince")]
    [InlineData("/changes", "/sign-in?return=%2Fchanges")]
    public async Task Get_NotSignedIn_LeadsToSigningInAndBack(string address, string expected)
    {
        using var answer = await site.Client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.OriginalString);
        Assert.DoesNotContain("quince word", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/search?q=quince")]
    [InlineData("/api/open?held=a+000000000000")]
    public async Task Api_NotSignedIn_IsToldInPlace(string address)
    {
        using var answer = await site.Client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_AsASamplePerson_ComesBackToWhereOneWas()
    {
        using var browsing = new Browsing(site.Address);
        using var answer = await browsing.SubmitAsync("/sign-in?return=%2Fdocs%2Fa", "form.people", ("person", "reader"));
        var page = await browsing.GetAsync(answer.Headers.Location!.OriginalString);

        Assert.Equal("/docs/a", answer.Headers.Location.OriginalString);
        Assert.Contains("quince", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Teresa Nguyen", page.QuerySelector(".account")!.TextContent);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    public async Task SignIn_WithAForeignWayBack_LeadsHome(string address)
    {
        using var browsing = new Browsing(site.Address);
        using var answer = await browsing.SubmitAsync($"/sign-in?{SignInLinks.Return}={Uri.EscapeDataString(address)}", "form.people", ("person", "reader"));

        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task SignIn_WithoutTheTokenOfTheForm_IsRefused()
    {
        using var form = new FormUrlEncodedContent([new("person", "administrator")]);
        using var answer = await site.Client.PostAsync(new Uri("/sign-in?handler=Sample", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task SignOut_EndsTheSessionOnTheServer()
    {
        using var browsing = await Browsing.AsAsync(site, "reader");
        var cookie = browsing.Cookies.GetCookies(site.Address)["policyhub"]!;
        Assert.True(cookie.HttpOnly);
        var kept = cookie.Value;
        using (await browsing.SubmitAsync("/sign-out", "main form"))
        {
        }

        using var copied = new Browsing(site.Address);
        copied.Cookies.Add(site.Address, new Cookie("policyhub", kept));
        using var answer = await copied.Client.GetAsync(new Uri("/docs/a", UriKind.Relative));

        Assert.Null(browsing.Cookies.GetCookies(site.Address)["policyhub"]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Session_UsedTooLittleOrTooLong_HasEnded()
    {
        using var browsing = await Browsing.AsAsync(site, "reader");
        async Task<HttpStatusCode> AskAsync(string address = "/docs/a")
        {
            using var answer = await browsing.Client.GetAsync(new Uri(address, UriKind.Relative));
            return answer.StatusCode;
        }

        for (var hour = 1; hour <= 11; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal(HttpStatusCode.OK, await AskAsync());
        }

        clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(HttpStatusCode.Redirect, await AskAsync());

        using var other = await Browsing.AsAsync(site, "reader");
        clock.Advance(TimeSpan.FromMinutes(90));
        using (var open = await other.Client.GetAsync(new Uri("/api/open?held=a+000000000000", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        }

        // A page that lies open and asks for news keeps nobody signed in.
        clock.Advance(TimeSpan.FromMinutes(31));
        using var idle = await other.Client.GetAsync(new Uri("/docs/a", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, idle.StatusCode);
    }

    [Fact]
    public async Task Session_EndedInTheRecords_CountsWithinSeconds()
    {
        using var browsing = await Browsing.AsAsync(site, "reader");
        using (var before = await browsing.Client.GetAsync(new Uri("/docs/a", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        // As another process does it.
        await site.Services.GetRequiredService<SessionBook>().EndAllOfAsync(new Guid(0, 0, 0, [0x80, 0, 0, 0, 0, 0, 0, 1]), TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(5));
        using var after = await browsing.Client.GetAsync(new Uri("/docs/a", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task Records_HoldNoKeyOfASession()
    {
        using var browsing = await Browsing.AsAsync(site, "reader");
        var key = browsing.Cookies.GetCookies(site.Address)["policyhub"]!.Value;
        var files = Directory.GetFiles(site.Data, "policyhub.db*");

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => Read(file).Contains(key, StringComparison.Ordinal));
        Assert.Contains(files, file => Read(file).Contains(SessionBook.IdOf(key), StringComparison.Ordinal));
    }

    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
