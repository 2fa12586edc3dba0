using System.Collections.Concurrent;
using System.Net;
using PolicyHub.Records.Publishing;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;
using PolicyHub.Web.Tests.Propose;

namespace PolicyHub.Web.Tests.Refresh;

/// <summary>Two processes on one PostgreSQL and one remote, whose clock stands: a remote that is asked at an interval is never asked.</summary>
public sealed class NewsBellTests
{
    /// <summary>For the machine: the clock of the sites does not move by itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Publish_AnotherProcessOnTheSameServer_ShowsItBeforeItWouldAskTheRemote()
    {
        using var records = await TestRecords.NoneYetAsync(RecordsProvider.PostgreSql);
        await using var city = await ChangeSite.StartRemoteAsync(Settings(records));
        await using var other = await city.AlsoAsync(Settings(records));
        using var listening = new CancellationTokenSource();
        var told = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource();
        var listener = new PublicationBell(records.Location).ListenAsync(ready.SetResult, told.Enqueue, listening.Token);
        await ready.Task;
        await LettingTimePassAsync(city, TimeSpan.FromSeconds(2));

        await PublishAsync(city, "The fee is thirty dollars.");
        await UntilShownAsync(other, "thirty dollars");
        await listening.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listener);

        // Nothing goes over it that anybody could read anything in.
        Assert.NotEmpty(told);
        Assert.All(told, one => Assert.Matches("^[0-9a-f]{40}$", one));
    }

    [Fact]
    public async Task Publish_AfterTheServerWasAway_IsHeardOfAgain()
    {
        await using var server = await PostgreSqlServer.StartAsync(survivesPowerCuts: false);
        using var records = await TestRecords.NoneYetAsync(RecordsProvider.PostgreSql, server);
        await using var city = await ChangeSite.StartRemoteAsync(Settings(records));
        await using var other = await city.AlsoAsync(Settings(records));
        await LettingTimePassAsync(city, TimeSpan.FromSeconds(2));
        await PublishAsync(city, "The fee is thirty dollars.");
        await UntilShownAsync(other, "thirty dollars");

        await server.StopAsync();
        await LettingTimePassAsync(city, TimeSpan.FromSeconds(10));
        await server.StartAgainAsync();
        await LettingTimePassAsync(city, TimeSpan.FromSeconds(60));
        await PublishAsync(city, "The fee is forty dollars.");
        await UntilShownAsync(other, "forty dollars");
    }

    [Fact]
    public async Task Push_FromOutside_IsToldByWhoeverSeesItFirst()
    {
        using var records = await TestRecords.NoneYetAsync(RecordsProvider.PostgreSql);
        await using var city = await ChangeSite.StartRemoteAsync([("PolicyHub:Database", records.Location.Connection), ("PolicyHub:Remote:Interval", "00:00:01")]);
        await using var other = await city.AlsoAsync(Settings(records));
        await LettingTimePassAsync(city, TimeSpan.FromSeconds(2));
        var pushed = city.CommitAsync(ChangeSite.Fees, ChangeSite.Text("Late fees", "The fee is fifty dollars.", "billing-lead"));
        while (!pushed.IsCompleted)
        {
            city.Clock.Advance(Step);
            await Task.WhenAny(pushed, Task.Delay(20));
        }

        await pushed;
        await UntilShownAsync(other, "fifty dollars");
    }

    private static (string Key, string? Value)[] Settings(TestRecords records) =>
        [("PolicyHub:Database", records.Location.Connection), ("PolicyHub:Remote:Interval", "12:00:00")];

    private static async Task PublishAsync(ChangeSite city, string text)
    {
        using var author = await SignedInAsync(city, "author");
        var proposal = await city.BeginAsync((ChangeSite.Fees, ChangeSite.Text("Late fees", text, "billing-lead")));
        await city.ApproveAsync(author, proposal.Id, ("note", "Ask for more"), ("why", "Ordinance 12"));
    }

    /// <summary>A server that was away leaves connections behind that nobody knows to be dead before they are used.</summary>
    private static async Task<Browsing> SignedInAsync(ChangeSite city, string who)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await Browsing.AsAsync(city.Site, who);
            }
            catch (InvalidOperationException) when (tries < 40)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Much less than the interval: time for what waits and tries again.</summary>
    private static async Task LettingTimePassAsync(ChangeSite city, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            city.Clock.Advance(Step);
            await Task.Delay(30);
        }
    }

    private static async Task UntilShownAsync(RunningSite site, string text)
    {
        using var reader = await Browsing.AsAsync(site, "reader");
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            using var page = await reader.Client.GetAsync(new Uri("/docs/policies/utility-billing/fees", UriKind.Relative), limit.Token);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            if ((await page.Content.ReadAsStringAsync(limit.Token)).Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(10, limit.Token);
        }
    }
}
