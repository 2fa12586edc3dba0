using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.SignIn.Local;

/// <summary>What a passkey has signed signs in once, whoever holds a copy of it.</summary>
public sealed class PasskeyReplayTests : IAsyncLifetime
{
    private const string Challenge = "policyhub-challenge";

    private AccountSite site = null!;

    private Uri Address => new($"http://localhost:{site.Site.Address.Port}");

    public async ValueTask InitializeAsync() => site = await AccountSite.StartAsync();

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Passkey_AnswerSentAgainWithItsCookie_SignsInOnce()
    {
        var (person, _) = await site.InviteAsync(new PersonForm { Name = "Casey Morgan", UserName = "casey" });
        using var passkey = new SoftwarePasskey();
        await site.Site.Services.GetRequiredService<PasskeyBook>().AddAsync(person.Id, passkey.Info(site.Clock.GetUtcNow()), AuditActor.CommandLine, TestContext.Current.CancellationToken);

        using var hers = new Browsing(Address);
        using var thiefs = new Browsing(Address);
        var answer = passkey.Answer(await AskAsync(hers), Origin, person.Id);
        var challenge = hers.Cookies.GetCookies(Address)[Challenge]!.Value;
        Assert.Equal(HttpStatusCode.Redirect, await SendAsync(hers, answer));
        Assert.Equal(HttpStatusCode.OK, await AccountSite.StatusAsync(hers));

        // All that went over the line is there again, and within its time.
        await AskAsync(thiefs);
        thiefs.Cookies.SetCookies(Address, $"{Challenge}={challenge}; path=/");
        Assert.Equal(HttpStatusCode.OK, await SendAsync(thiefs, answer));
        Assert.Equal(HttpStatusCode.Redirect, await AccountSite.StatusAsync(thiefs));

        // The positive control: in the same browser another challenge signs in.
        Assert.Equal(HttpStatusCode.Redirect, await SendAsync(thiefs, passkey.Answer(await AskAsync(thiefs), Origin, person.Id)));
        Assert.Equal(HttpStatusCode.OK, await AccountSite.StatusAsync(thiefs));
    }

    [Fact]
    public async Task Passkey_SentByManyAtOnce_SignsInOne()
    {
        var (person, _) = await site.InviteAsync(new PersonForm { Name = "Casey Morgan", UserName = "casey" });
        using var passkey = new SoftwarePasskey();
        await site.Site.Services.GetRequiredService<PasskeyBook>().AddAsync(person.Id, passkey.Info(site.Clock.GetUtcNow()), AuditActor.CommandLine, TestContext.Current.CancellationToken);
        var browsers = Enumerable.Range(0, 4).Select(_ => new Browsing(Address)).ToList();
        try
        {
            var answer = passkey.Answer(await AskAsync(browsers[0]), Origin, person.Id);
            var challenge = browsers[0].Cookies.GetCookies(Address)[Challenge]!.Value;
            browsers.ForEach(one => one.Cookies.SetCookies(Address, $"{Challenge}={challenge}; path=/"));
            var answers = await Task.WhenAll(browsers.Select(one => SendAsync(one, answer)));
            Assert.Single(answers, HttpStatusCode.Redirect);
        }
        finally
        {
            browsers.ForEach(one => one.Dispose());
        }
    }

    private string Origin => Address.GetLeftPart(UriPartial.Authority);

    /// <summary>What the site asks a browser to sign.</summary>
    private static async Task<string> AskAsync(Browsing browsing)
    {
        var page = await browsing.GetAsync("/sign-in");
        using var form = new FormUrlEncodedContent(page.QuerySelectorAll("form[data-passkey] input[name]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? "")));
        using var answer = await browsing.Client.PostAsync(new Uri(page.QuerySelector("form[data-passkey]")!.GetAttribute("data-options")!, UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpStatusCode> SendAsync(Browsing browsing, string credential)
    {
        using var answer = await browsing.SubmitAsync("/sign-in", "form[data-passkey]", ("credential", credential));
        return answer.StatusCode;
    }
}
