using System.Collections.Concurrent;
using System.Net;
using Npgsql;
using PolicyHub.Records.Publishing;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;
using PolicyHub.Web.Tests.Propose;

namespace PolicyHub.Web.Tests.Refresh;

/// <summary>Two processes, as it were, on one PostgreSQL and one remote, which is asked for news by itself every twelve hours.</summary>
public sealed class NewsBellTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

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
        await UntilListeningAsync(records, 3);

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
        await UntilListeningAsync(records, 2);
        await PublishAsync(city, "The fee is thirty dollars.");
        await UntilShownAsync(other, "thirty dollars");

        await server.StopAsync();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await server.StartAgainAsync();
        await UntilListeningAsync(records, 2);
        await PublishAsync(city, "The fee is forty dollars.");
        await UntilShownAsync(other, "forty dollars");
    }

    [Fact]
    public async Task Push_FromOutside_IsToldByWhoeverSeesItFirst()
    {
        using var records = await TestRecords.NoneYetAsync(RecordsProvider.PostgreSql);
        await using var city = await ChangeSite.StartRemoteAsync([("PolicyHub:Database", records.Location.Connection), ("PolicyHub:Remote:Interval", "00:00:01")]);
        await using var other = await city.AlsoAsync(Settings(records));
        await UntilListeningAsync(records, 2);
        await city.CommitAsync(ChangeSite.Fees, ChangeSite.Text("Late fees", "The fee is fifty dollars.", "billing-lead"));
        await UntilShownAsync(other, "fifty dollars");
    }

    [Fact]
    public async Task Publish_TwoProcessesOnOneFolderWithSqlite_ShareItsCloneAndWatchIt()
    {
        using var data = new TemporaryFolder();
        (string, string?)[] settings = [("PolicyHub:Data", data.Path), ("PolicyHub:Remote:Interval", "12:00:00")];
        await using var city = await ChangeSite.StartRemoteAsync(settings);
        await using var other = await city.AlsoAsync(settings);

        await PublishAsync(city, "The fee is thirty dollars.");
        await UntilShownAsync(other, "thirty dollars");
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

    /// <summary>Waits until so many listen, and has given them time to ask the remote for what they may have missed before: what comes now, they can only hear.</summary>
    private static async Task UntilListeningAsync(TestRecords records, long many)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(records.Location.Connection) { Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %';";
        for (var looked = 0; looked < 600 && (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! < many; looked++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal(many, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        await Task.Delay(1000, TestContext.Current.CancellationToken);
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
