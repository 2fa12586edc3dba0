using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PolicyHub.Content.Git;
using PolicyHub.Testing;
using PolicyHub.Web.Api;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Tests.Refresh;

/// <summary>What a push, a date, and a rewritten history do to the site that is running.</summary>
public sealed class RefreshTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Push_ToTheServedBranch_IsVisibleAndSearchable()
    {
        using var repository = Library();
        await using var site = await StartAsync(repository);

        repository.Commit("Say twelve", "fees.md", "# Fees\n\nTwelve dollars, as the quetzal says.\n").Flush();

        await site.UntilAsync("/docs/fees", page => page.Contains("Twelve", StringComparison.Ordinal), Patience);
        await site.UntilAsync("/api/search?q=quetzal", json => json.Contains("/docs/fees", StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Push_ThatLeavesTheServedLine_IsRefusedAndReportedAndTheLastGoodStays()
    {
        using var repository = Library();
        await using var site = await StartAsync(repository);

        // An ordinary fast-forward: the new tip descends from the served one, but only by its second parent.
        repository
            .Branch("other", "start")
            .Commit("Elsewhere", "other.md", "# Other\n", "other")
            .Merge("Merge what was served, the wrong way round", "main", into: "other", commit => commit.Write("fees.md", "# Fees\n\nNinety dollars.\n"))
            .MoveBranch("main", "other")
            .Flush();

        await site.UntilAsync("/problems", page => page.Contains("was rewritten", StringComparison.Ordinal), Patience);
        Assert.Contains("Ten dollars", await site.Client.GetStringAsync(new Uri("/docs/fees", UriKind.Relative)), StringComparison.Ordinal);
        var health = await site.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.StartsWith("{\"status\":\"Degraded\"", health, StringComparison.Ordinal);
        Assert.Contains("was rewritten", health, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_OfATextThatCannotBeRead_KeepsTheLastGoodAndLists()
    {
        using var repository = Library();
        await using var site = await StartAsync(repository);

        repository.Commit("Break it", "fees.md", "---\ntitle: [Fees\n---\nNinety dollars.\n").Flush();

        await site.UntilAsync("/problems", page => page.Contains("fees.md", StringComparison.Ordinal), Patience);
        Assert.Contains("Ten dollars", await site.Client.GetStringAsync(new Uri("/docs/fees", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clock_ReachesTheDay_FlipsByItself()
    {
        using var repository = Library();
        repository.Commit("Coming", commit => commit.At("2026-02-01 00:00").Write("fees.md", "---\neffective: 2026-06-01\n---\n# Fees\n\nTwelve dollars.\n")).Flush();
        var clock = new TestClock(new DateTimeOffset(2026, 5, 31, 23, 59, 0, TimeSpan.Zero));
        await using var site = await StartAsync(repository, clock);
        Assert.Contains("Ten dollars", await site.Client.GetStringAsync(new Uri("/docs/fees", UriKind.Relative)), StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromMinutes(1));

        await site.UntilAsync("/docs/fees", page => page.Contains("Twelve dollars", StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Clock_SetForwardByMonthsAndBack_ShowsWhatIsInEffectThen()
    {
        using var repository = Library();
        repository.Commit("Coming", commit => commit.At("2026-02-01 00:00").Write("fees.md", "---\neffective: 2026-06-01\n---\n# Fees\n\nTwelve dollars.\n")).Flush();
        var clock = new TestClock(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var site = await StartAsync(repository, clock);

        clock.MoveTo(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));
        await site.UntilAsync("/docs/fees", page => page.Contains("Twelve dollars", StringComparison.Ordinal), Patience);
        clock.MoveTo(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await site.UntilAsync("/docs/fees", page => page.Contains("Ten dollars", StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Flip_ThatDidNotHappen_IsAnAlarm()
    {
        using var repository = Library();
        repository.Commit("Coming", commit => commit.At("2026-02-01 00:00").Write("fees.md", "---\neffective: 2026-06-01\n---\n# Fees\n\nTwelve dollars.\n")).Flush();
        var clock = new TestClock(new DateTimeOffset(2026, 5, 31, 23, 59, 0, TimeSpan.Zero));
        await using var site = await StartAsync(repository, clock);

        // Served by a process whose refresh hangs.
        var stuck = new CurrentEdition();
        stuck.Swap(site.Edition, site.Services.GetRequiredService<CurrentEdition>().Blobs);
        var check = new EditionCheck(stuck, clock);
        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status);
        clock.Advance(TimeSpan.FromMinutes(2));

        var told = await check.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Degraded, told.Status);
        Assert.Contains("2026-06-01", told.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_AfterTheProcessWasGone_ServesWhatCameMeanwhile()
    {
        using var repository = Library();
        using var data = new TemporaryFolder();
        await using (await StartAsync(repository, null, ("PolicyHub:Data", data.Path)))
        {
        }

        repository.Commit("Meanwhile", "fees.md", "# Fees\n\nTwelve dollars.\n").Flush();

        await using var again = await StartAsync(repository, null, ("PolicyHub:Data", data.Path));
        Assert.Contains("Twelve", await again.Client.GetStringAsync(new Uri("/docs/fees", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutLibraryThere_SaysWhatIsWrong()
    {
        using var folder = new TemporaryFolder();
        var refused = await Assert.ThrowsAsync<GitException>(() => RunningSite.StartAsync(null, ("PolicyHub:Library", folder.Path)));
        Assert.Contains(folder.Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_FileSaved_IsVisibleAndMarked()
    {
        using var folder = new TemporaryFolder();
        folder.Write("fees.md", "# Fees\n\nTen dollars.\n");
        await using var site = await RunningSite.PreviewAsync(folder.Path);
        var page = await site.GetPageAsync("/docs/fees");
        Assert.NotNull(page.QuerySelector(".bar-preview"));

        folder.Write("fees.md", "# Fees\n\nTwelve dollars.\n");

        await site.UntilAsync("/docs/fees", html => html.Contains("Twelve", StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Requests_WhileEditionsAreSwapped_NeverSeeHalfOfOne()
    {
        using var repository = new TestRepository();
        repository.Commit("0", commit => commit.Write("a.md", "# A\n\nround 0 [b](b.md)\n").Write("b.md", "# B\n\nround 0\n"));
        repository.Flush();
        await using var site = await StartAsync(repository);

        using var stop = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var response = await site.Client.GetAsync(new Uri("/docs/a", UriKind.Relative));
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
        });
        for (var round = 1; round <= 10; round++)
        {
            var number = round;
            repository.Commit($"{round}", commit => commit.Write("a.md", $"# A\n\nround {number} [b](b.md)\n").Write("b.md", $"# B\n\nround {number}\n")).Flush();
            await site.UntilAsync("/docs/b", page => page.Contains($"round {number}", StringComparison.Ordinal), Patience);
            Assert.Contains($"round {number}", await site.Client.GetStringAsync(new Uri("/docs/a", UriKind.Relative)), StringComparison.Ordinal);
        }

        await stop.CancelAsync();
        await reading;
    }

    private static TestRepository Library()
    {
        var repository = new TestRepository();
        repository.Commit("Start", "start.md", "# Start\n").Branch("start").Commit("First", "fees.md", "# Fees\n\nTen dollars.\n").Flush();
        return repository;
    }

    private static Task<RunningSite> StartAsync(TestRepository repository, TestClock? clock = null, params (string, string?)[] settings) =>
        RunningSite.StartAsync(clock, [("PolicyHub:Library", repository.Folder), .. settings]);
}
