using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Searches;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Counting;

/// <summary>Counts of searches outlive a process, add up over several, and hold nothing about anybody.</summary>
public sealed class QueryUpkeepTests : IDisposable
{
    private readonly TestRepository repository = new TestRepository().Commit("First", "fees.md", "# Fees\n\nA late fee is $5.\n").Flush();
    private readonly TestClock clock = new(new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero));
    private readonly TemporaryFolder data = new();

    public void Dispose()
    {
        repository.Dispose();
        data.Dispose();
    }

    [Fact]
    public async Task Counts_AfterARestart_AreStillThere()
    {
        await using (var first = await StartAsync())
        {
            await SearchAsync(first, "street piano", people: 5, timesEach: 2);
            await SearchAsync(first, "my own secret", people: 2, timesEach: 4);
        }

        await using var second = await StartAsync();
        await second.UntilAsync("/search/gaps", page => page.Contains("street piano", StringComparison.Ordinal), TimeSpan.FromMinutes(1));
        await SearchAsync(second, "street piano", people: 5, timesEach: 1);

        Assert.Equal(["street piano 15 – 2 Mar 2026: 15"], await RowsAsync(second));
    }

    [Fact]
    public async Task Counts_OfTwoProcesses_AddUpAndTheirPeopleDoNot()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await SearchAsync(first, "street piano", people: 4, timesEach: 2);
        await SearchAsync(second, "street piano", people: 4, timesEach: 2);
        await StopCountingAsync(first);
        await StopCountingAsync(second);
        await using var third = await StartAsync();
        await third.UntilAsync("/search/gaps", page => page.Contains("street piano", StringComparison.Ordinal), TimeSpan.FromMinutes(1));

        // Four here and four there may be the same four.
        Assert.Equal(["street piano fewer than 5 people – 2 Mar 2026"], await RowsAsync(third));
        await SearchAsync(third, "street piano", people: 5, timesEach: 1);
        Assert.Equal(["street piano 21 – 2 Mar 2026: 21"], await RowsAsync(third));
    }

    [Fact]
    public async Task Records_HoldNoWordingThatTooFewUsed()
    {
        await using var site = await StartAsync();
        await SearchAsync(site, "my own secret", people: 2, timesEach: 4);
        await SearchAsync(site, "street piano", people: 3, timesEach: 2);
        await StopCountingAsync(site);

        await using var db = await site.Services.GetRequiredService<IDbContextFactory<RecordsDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var rows = await db.Set<QueryDay>().OrderBy(row => row.Words).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([("", 14, 5), ("street piano", 6, 3)], rows.Select(row => (row.Words, row.None, row.People)));
    }

    private static async Task SearchAsync(RunningSite site, string words, int people, int timesEach)
    {
        for (var person = 0; person < people; person++)
        {
            for (var time = 0; time < timesEach; time++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/search/outcome", UriKind.Relative)) { Content = new FormUrlEncodedContent([new("q", words), new("outcome", "none")]) };
                request.Headers.UserAgent.ParseAdd($"{words.Split(' ')[^1]}{person}/1.0");
                using var answer = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);
                answer.EnsureSuccessStatusCode();
            }
        }
    }

    private static Task StopCountingAsync(RunningSite site) =>
        site.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().Single(service => service.GetType().Name == "QueryUpkeep").StopAsync(TestContext.Current.CancellationToken);

    private static async Task<List<string>> RowsAsync(RunningSite site) =>
        [.. (await site.GetPageAsync("/search/gaps")).QuerySelectorAll(".gaps tbody tr").Select(row => string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];

    private Task<RunningSite> StartAsync() => RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder), ("PolicyHub:Data", data.Path));
}
