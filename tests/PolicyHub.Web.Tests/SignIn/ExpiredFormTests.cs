using System.Net;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.SignIn;

/// <summary>Whoever sends a form after their session has ended loses nothing of it.</summary>
public sealed class ExpiredFormTests : IAsyncLifetime
{
    private readonly TestClock clock = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));
    private readonly TestRepository repository = new TestRepository().Commit("First", "a.md", "# Apples\n").Flush();
    private RunningSite site = null!;

    public async ValueTask InitializeAsync() =>
        site = await RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"));

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task Post_AfterTheSessionEnded_KeepsWhatWasTyped_AndSendsItAgain()
    {
        using var browsing = await Browsing.AsAsync(site, "reader");
        using var page = await browsing.Client.GetAsync(new Uri("/search/gap", UriKind.Relative));
        var token = (await RunningSite.ParseAsync(page)).QuerySelector("[data-gap-form] input[type=hidden]")!.GetAttribute("value")!;
        clock.Advance(TimeSpan.FromHours(3));
        browsing.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var sent = await browsing.Client.PostAsync(
            new Uri("/search/gap", UriKind.Relative), new FormUrlEncodedContent([new("q", "goat <license> & \"more\""), new("password", "hunter2"), new("__RequestVerificationToken", token)]));
        var kept = await RunningSite.ParseAsync(sent);
        var form = kept.QuerySelector("#typed")!;

        Assert.Equal(HttpStatusCode.Unauthorized, sent.StatusCode);
        Assert.Equal("goat <license> & \"more\"", form.QuerySelector("input[name=q]")!.GetAttribute("value"));
        Assert.DoesNotContain("hunter2", kept.Source.Text, StringComparison.Ordinal);
        Assert.Equal("/search/gap", form.GetAttribute("action"));

        // Signed in on a page of its own; then the kept form is sent as it stands.
        using (await browsing.SubmitAsync("/sign-in", "form.people", ("person", "reader")))
        {
        }

        var fields = form.QuerySelectorAll("input").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value")!));
        using var again = await browsing.Client.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), new FormUrlEncodedContent(fields));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Contains("gap", again.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FromAnotherSite_IsNotOfferedToBeSentAgain()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/search/gap") { Content = new FormUrlEncodedContent([new("q", "planted")]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await site.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("planted", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
