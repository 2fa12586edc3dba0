using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Content.Editions;
using PolicyHub.Testing;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Tests.Refresh;

/// <summary>Search contracts of the site that is running.</summary>
public sealed class ContractWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Problems_ContractsThatFailNowAndLater_AreListedWithTheDay()
    {
        using var repository = Library();
        await using var site = await StartAsync(repository);

        await site.UntilAsync("/problems", page => page.Contains("must find “Fees” (fees.md)", StringComparison.Ordinal), Patience);
        await site.UntilAsync("/problems", page => page.Contains("From 1 June 2026 on: “ten dollars” must find", StringComparison.Ordinal), Patience);

        repository.Commit("Mend", commit => commit.At("2026-01-20 00:00").Write("search-contracts.yml", "- { ask: fees, find: fees.md, top: 1, owner: lead }\n")).Flush();

        await site.UntilAsync("/problems", page => page.Contains("No problems found", StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Begin_WhileAnotherIsAsked_GivesThatUp()
    {
        using var repository = Library();
        await using var site = await StartAsync(repository);
        var watch = site.Services.GetRequiredService<ContractWatch>();
        var (never, blobs) = (new TaskCompletionSource(), site.Services.GetRequiredService<CurrentEdition>().Blobs);
        var edition = site.Edition;

        watch.Begin(edition, blobs, never.Task);
        var other = await new EditionBuilder(blobs).BuildAsync(edition.Catalogue, edition.At.AddDays(1), edition, isPreview: false, TestContext.Current.CancellationToken);
        watch.Begin(other, blobs, Task.CompletedTask);

        while (watch.FindingsOf(other).State == ContractState.Running)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal(ContractState.Done, watch.FindingsOf(other).State);
        Assert.Equal(2, watch.FindingsOf(other).Problems.Length);
        Assert.Equal(ContractState.Running, watch.FindingsOf(edition).State);
    }

    private static TestRepository Library() => new TestRepository()
        .Commit("All", commit => commit.At("2026-01-02 00:00")
            .Write("fees.md", "# Fees\n\nTen dollars.\n")
            .Write("search-contracts.yml", "- { ask: zeppelin, find: fees.md, top: 1, owner: lead }\n- { ask: ten dollars, find: fees.md, top: 1, owner: lead }\n"))
        .Commit("Plan", commit => commit.At("2026-01-03 00:00").Write("fees.md", "---\neffective: 2026-06-01\n---\n# Fees\n\nTwelve.\n"))
        .Flush();

    private static Task<RunningSite> StartAsync(TestRepository repository) =>
        RunningSite.StartAsync(new TestClock(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)), ("PolicyHub:Library", repository.Folder));
}
