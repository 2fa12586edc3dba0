using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;
using PolicyHub.Testing;
using PolicyHub.Web.SignIn.Oidc;

namespace PolicyHub.Web.Tests.SignIn.Oidc;

/// <summary>A logout token ends sessions once: whoever got hold of one can't end those that are begun after it.</summary>
public sealed class LogoutReplayTests
{
    [Fact]
    public async Task BackChannel_TokenSentAgain_EndsNoLaterSession()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));
        await using var provider = await ForgingProvider.StartAsync(clock);
        Environment.SetEnvironmentVariable("POLICYHUB_TESTS_OIDC_SECRET", ForgingProvider.Secret);
        using var repository = new TestRepository().Commit("First", "a.md", "# Apples\n\nA quince word.\n").Flush();
        await using var site = await RunningSite.StartAsync(
            clock,
            ("PolicyHub:Library", repository.Folder),
            ("PolicyHub:SignIn:Open", "false"),
            ("PolicyHub:SignIn:Oidc:Authority", provider.Issuer),
            ("PolicyHub:SignIn:Oidc:ClientId", ForgingProvider.ClientId),
            ("PolicyHub:SignIn:Oidc:ClientSecretVariable", "POLICYHUB_TESTS_OIDC_SECRET"));
        var jo = ClaimsMapping.PersonOf(ClaimsMapping.SubjectOf(provider.Issuer, "jo", null, null));
        await site.Services.GetRequiredService<PeopleBook>().TakeAsync(
            new Person { Id = jo, Name = "Jo Rivera", UserName = "jo", NormalizedUserName = "JO", Source = PersonSource.Provider }, AuditActor.CommandLine, TestContext.Current.CancellationToken);
        var claims = provider.LogoutClaims();
        claims.Remove("sid");
        var token = provider.Sign(claims);

        var first = await BeginAsync(site, jo);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(site, token));
        Assert.False(await IsOpenAsync(site, first));

        var second = await BeginAsync(site, jo);
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(site, token));
        Assert.True(await IsOpenAsync(site, second));

        // The positive control: another token ends it.
        claims = provider.LogoutClaims();
        claims.Remove("sid");
        Assert.Equal(HttpStatusCode.OK, await PostAsync(site, provider.Sign(claims)));
        Assert.False(await IsOpenAsync(site, second));
    }

    private static async Task<HttpStatusCode> PostAsync(RunningSite site, string token)
    {
        using var form = new FormUrlEncodedContent([new("logout_token", token)]);
        using var answer = await site.Client.PostAsync(new Uri(OidcLinks.BackChannelSignOut, UriKind.Relative), form);
        return answer.StatusCode;
    }

    private static async Task<string> BeginAsync(RunningSite site, Guid person)
    {
        var (id, now) = (SessionBook.IdOf(SessionBook.NewKey()), site.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        await site.Services.GetRequiredService<SessionBook>().BeginAsync(
            new Session { Id = id, PersonId = person, Method = "provider", Begun = now, Seen = now, Ends = now.AddHours(12) },
            new AuditEvent { Kind = AuditKind.SignIn, Who = AuditActor.Hub, What = "provider" },
            CancellationToken.None);
        return id;
    }

    private static async Task<bool> IsOpenAsync(RunningSite site, string id) =>
        await site.Services.GetRequiredService<SessionBook>().FindAsync(id, TimeSpan.FromHours(2), null, CancellationToken.None) is not null;
}
