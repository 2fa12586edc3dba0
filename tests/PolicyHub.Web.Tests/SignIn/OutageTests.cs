using System.Net;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.SignIn;

/// <summary>What goes on when the records can't be asked, or are not there.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly TestRepository repository = new TestRepository().Commit("First", "a.md", "# Apples\n").Flush();

    [Fact]
    public async Task Session_WhileTheDatabaseIsAway_GoesOnReadingForAWhile()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));
        var server = await PostgreSqlServer.StartAsync(survivesPowerCuts: false);
        using var records = await TestRecords.NoneYetAsync(RecordsProvider.PostgreSql, server);
        await using var site = await RunningSite.StartAsync(
            clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"), ("PolicyHub:Database", records.Location.Connection));
        using var browsing = await Browsing.AsAsync(site, "reader");
        using (var before = await browsing.Client.GetAsync(new Uri("/docs/a", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        await server.DisposeAsync();
        clock.Advance(TimeSpan.FromMinutes(5));
        foreach (var address in new[] { "/docs/a", "/", "/search?q=apples", "/api/search?q=apples", "/api/open?held=a+000000000000&since=2026-03-01" })
        {
            using var during = await browsing.Client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal((address, HttpStatusCode.OK), (address, during.StatusCode));
        }

        clock.Advance(TimeSpan.FromMinutes(6));
        using var after = await browsing.Client.GetAsync(new Uri("/docs/a", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Preview_WithACookieOfAnotherSite_IsRead()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.md", "# Apples\n");
        await using var site = await RunningSite.PreviewAsync(folder.Path);
        using var browsing = new Browsing(site.Address);
        browsing.Cookies.Add(site.Address, new Cookie("policyhub", new string('a', 64)));

        using var answer = await browsing.Client.GetAsync(new Uri("/docs/a", UriKind.Relative));
        var signIn = await browsing.GetAsync("/sign-in");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(signIn.QuerySelector("form.people"));
    }

    public void Dispose() => repository.Dispose();
}
