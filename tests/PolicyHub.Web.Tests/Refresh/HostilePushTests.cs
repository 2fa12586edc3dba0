using System.Globalization;
using System.Net;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Refresh;

/// <summary>What a repository may hold that nobody should serve, pushed to the site while it runs.</summary>
public sealed class HostilePushTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestRepository repository = new();

    public HostilePushTests() => repository.Commit("Start", "fees.md", "# Fees\n\nTen dollars.\n").Flush();

    [Fact]
    public async Task Push_DatedAhead_IsRefusedUntilItsTime()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero));
        await using var site = await StartAsync(clock);

        repository.Commit("From a wrong clock", commit => commit.At("2026-03-03 16:10").Write("fees.md", "# Fees\n\nTwelve dollars.\n")).Flush();

        await site.UntilAsync("/problems", page => page.Contains("is dated 2026-03-03 16:10 UTC, more than five minutes ahead", StringComparison.Ordinal), Patience);
        Assert.Contains("Ten dollars", await site.Client.GetStringAsync(new Uri("/docs/fees", UriKind.Relative)), StringComparison.Ordinal);
        Assert.False(RunningSite.IsWell(await site.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative))));

        // Nobody pushes again: the clock alone brings it, first as what is to come and then in effect.
        clock.MoveTo(new DateTimeOffset(2026, 3, 3, 16, 5, 0, TimeSpan.Zero));
        await site.UntilAsync("/health/ready", RunningSite.IsWell, Patience);
        Assert.Contains("Ten dollars", await site.Client.GetStringAsync(new Uri("/docs/fees", UriKind.Relative)), StringComparison.Ordinal);
        clock.MoveTo(new DateTimeOffset(2026, 3, 3, 16, 10, 0, TimeSpan.Zero));
        await site.UntilAsync("/docs/fees", page => page.Contains("Twelve dollars", StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Push_DatedAFewMinutesAhead_IsTakenAndComesAtItsMinute()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero));
        await using var site = await StartAsync(clock);

        repository.Commit("A little fast", commit => commit.At("2026-03-03 16:04").Write("new.md", "# New\n")).Flush();
        var head = repository.Head();
        for (var waited = 0; site.Edition.Head != head && waited < 1000; waited++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(head, site.Edition.Head);
        Assert.True(RunningSite.IsWell(await site.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative))));
        clock.MoveTo(new DateTimeOffset(2026, 3, 3, 16, 4, 0, TimeSpan.Zero));
        await site.UntilAsync("/docs/new", page => page.Contains("New</h1>", StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Push_OfWhatNobodyShouldServe_IsListedAndTheSiteGoesOn()
    {
        await using var site = await StartAsync();

        repository.Commit("All at once", commit => commit
            .Write("fees.md", "# Fees\n\nTwelve dollars.\n")
            .Submodule("module", "1234567890123456789012345678901234567890")
            .Link("link.md", "/etc/passwd")
            .Link("escape", "../../../../etc")
            .Write("huge.md", "# Huge\n\n" + new string('x', 10 * 1024 * 1024))
            .Write("huge.pdf", new string('x', 10 * 1024 * 1024))
            .Write("Guide.md", "# Upper\n")
            .Write("guide.md", "# Lower\n")
            .WriteQuoted("bad\\377name.md", "# Bad name\n")).Flush();
        CommitBytes("latin.md", [.. "# Caf"u8, 0xE9, .. "\n\nText\n"u8]);

        await site.UntilAsync("/problems", page => page.Contains("latin.md", StringComparison.Ordinal), Patience);
        var problems = await site.GetPageAsync("/problems");
        var listed = problems.QuerySelectorAll(".file-name code").Select(code => code.TextContent).ToList();
        Assert.All(["module", "link.md", "escape", "huge.md", "guide.md", "bad\uFFFDname.md", "latin.md"], file => Assert.Contains(file, listed));

        Assert.Contains("Twelve dollars", await site.Client.GetStringAsync(new Uri("/docs/fees", UriKind.Relative)), StringComparison.Ordinal);
        foreach (var address in new[] { "/", "/docs/huge", "/docs/latin", "/docs/Guide", "/docs/guide", "/files/huge.pdf", "/files/escape/passwd", "/docs/link", "/docs/module" })
        {
            using var response = await site.Client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{address}: {response.StatusCode}");
            Assert.DoesNotContain("root:", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // It listens to the next push as before.
        repository.Git("update-ref", "refs/heads/next", "main");
        CommitBytes("fees.md", [.. "# Fees\n\nThirteen dollars.\n"u8]);
        await site.UntilAsync("/docs/fees", page => page.Contains("Thirteen dollars", StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Repository_GoneForAWhile_KeepsTheSiteAndItsDates()
    {
        repository.Commit("Coming", commit => commit.At("2026-02-01 00:00").Write("fees.md", "---\neffective: 2026-06-01\n---\n# Fees\n\nTwelve dollars.\n")).Flush();
        var clock = new TestClock(new DateTimeOffset(2026, 5, 31, 23, 59, 0, TimeSpan.Zero));
        await using var site = await StartAsync(clock);
        var head = Path.Combine(repository.GitDirectory, "refs", "heads", "main");
        var kept = await File.ReadAllTextAsync(head);

        File.Delete(head);
        await site.UntilAsync("/health/ready", text => !RunningSite.IsWell(text), Patience);
        clock.Advance(TimeSpan.FromMinutes(1));
        await site.UntilAsync("/docs/fees", page => page.Contains("Twelve dollars", StringComparison.Ordinal), Patience);
        Assert.False(RunningSite.IsWell(await site.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative))));

        await File.WriteAllTextAsync(head, kept);
        await site.UntilAsync("/health/ready", RunningSite.IsWell, Patience);
    }

    public void Dispose() => repository.Dispose();

    private Task<RunningSite> StartAsync(TestClock? clock = null) => RunningSite.StartAsync(clock, ("PolicyHub:Library", repository.Folder));

    /// <summary>Commits bytes that are no text, by git's own commands.</summary>
    private void CommitBytes(string path, byte[] bytes)
    {
        var file = repository.Beside("bytes");
        File.WriteAllBytes(file, bytes);
        var blob = repository.Git("hash-object", "-w", file).Trim();
        repository.Git("read-tree", "main");
        repository.Git("update-index", "--add", "--cacheinfo", $"100644,{blob},{path}");
        var tree = repository.Git("write-tree").Trim();
        var commit = repository.Git("commit-tree", "-p", "main", "-m", string.Create(CultureInfo.InvariantCulture, $"Bytes of {path}"), tree).Trim();
        repository.Git("update-ref", "refs/heads/main", commit);
    }
}
