using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Content.Git;
using PolicyHub.Records.Audit;
using PolicyHub.Testing;
using PolicyHub.Web.CommandLine;

namespace PolicyHub.Web.Tests.Refresh;

/// <summary>A branch that has left what was served while nobody looked: noticed at the next start, and taken only by command.</summary>
public sealed class RewrittenHistoryTests : IDisposable
{
    private readonly TestRepository repository = new();
    private readonly TemporaryFolder data = new();

    public RewrittenHistoryTests() => repository
        .Commit("Start", "start.md", "# Start\n").Branch("start").Commit("First", "fees.md", "# Fees\n\nTen dollars.\n").Flush();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Restart_HistoryRewrittenMeanwhile_ServesTheLastGoodAndReports(bool withCache, bool asRemote)
    {
        await ServeOnceAsync(asRemote);
        var offered = Rewrite();
        if (!withCache)
        {
            Directory.Delete(data["cache"], recursive: true);
        }

        if (asRemote)
        {
            // The copy has followed before the start, as it does when the process is killed after a fetch.
            Fetch();
        }

        await using var site = await StartAsync(asRemote);

        Assert.Contains("Ten dollars", await PageAsync(site, "/docs/fees"), StringComparison.Ordinal);
        var health = await PageAsync(site, "/health/ready");
        Assert.StartsWith("{\"status\":\"Degraded\"", health, StringComparison.Ordinal);
        Assert.Contains($"policyhub library accept {offered.Abbreviated} --reason", health, StringComparison.Ordinal);
        Assert.Contains("was rewritten", await PageAsync(site, "/problems"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_WhatWasServedIsCollected_IsRefusedAndNamesTheCommand()
    {
        await ServeOnceAsync();
        var offered = Rewrite();
        Directory.Delete(data["cache"], recursive: true);
        repository.Git("reflog", "expire", "--expire=now", "--all");
        repository.Git("gc", "--quiet", "--prune=now");

        var refused = await Assert.ThrowsAsync<GitException>(() => StartAsync());

        Assert.Contains("was rewritten", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"policyhub library accept {offered.Abbreviated} --reason", refused.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read any more", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_ServedFileDamaged_IsRefused()
    {
        await ServeOnceAsync();
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(data["served"])), "rubbish");

        Assert.Contains("served last", (await Assert.ThrowsAsync<GitException>(() => StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_KilledBetweenServingAndRemembering_GoesOn()
    {
        // The file is older than the cache, and older than the branch.
        await ServeOnceAsync();
        var served = Assert.Single(Directory.GetFiles(data["served"]));
        var before = await File.ReadAllTextAsync(served);
        repository.Commit("Second", "fees.md", "# Fees\n\nTwelve dollars.\n").Flush();
        await ServeOnceAsync();
        await File.WriteAllTextAsync(served, before);
        repository.Commit("Third", "fees.md", "# Fees\n\nThirteen dollars.\n").Flush();

        await using var site = await StartAsync();

        Assert.Contains("Thirteen dollars", await PageAsync(site, "/docs/fees"), StringComparison.Ordinal);
        Assert.True(RunningSite.IsWell(await PageAsync(site, "/health/ready")));
        Assert.Equal(repository.Head().Hex + "\n", await File.ReadAllTextAsync(served));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Accept_HeadOfARewrittenBranch_IsServedByTheNextStart(bool asRemote)
    {
        var old = repository.Head();
        await ServeOnceAsync(asRemote);
        var offered = Rewrite();

        var (exit, output, error) = await AcceptAsync(offered.Abbreviated, "The fees were \"wrong\"\nin every version", asRemote);

        Assert.Equal("", error);
        Assert.Equal(0, exit);
        Assert.Contains($"{offered} takes the place of {old}", output, StringComparison.Ordinal);
        using (var line = JsonDocument.Parse(Assert.Single(await File.ReadAllLinesAsync(data["served/accepted.jsonl"]))))
        {
            Assert.Equal(old.Hex, line.RootElement.GetProperty("from").GetString());
            Assert.Equal(offered.Hex, line.RootElement.GetProperty("to").GetString());
            Assert.Equal("The fees were \"wrong\"\nin every version", line.RootElement.GetProperty("reason").GetString());
            Assert.Equal(TimeSpan.Zero, line.RootElement.GetProperty("when").GetDateTimeOffset().Offset);
        }

        await using (var site = await StartAsync(asRemote))
        {
            Assert.Contains("Ninety dollars", await PageAsync(site, "/docs/fees"), StringComparison.Ordinal);
            Assert.True(RunningSite.IsWell(await PageAsync(site, "/health/ready")));
            var told = Assert.Single(await site.Services.GetRequiredService<AuditBook>().ReadAsync(new AuditQuestion { Kind = "rewritten-history" }, null, 10, CancellationToken.None), row => row.Entry.What == "accepted");
            Assert.Equal((offered.Hex, "command-line", "The fees were \"wrong\" in every version"), (told.Entry.Commit, told.Entry.Actor, told.Personal["reason"]));
        }

        // Ours keeps the old head; someone else's is not written.
        var replaced = asRemote ? CloneRefs() : repository.Git("for-each-ref", "--format=%(refname)", "refs/policyhub/replaced");
        Assert.Equal(asRemote ? $"refs/policyhub/replaced/{old}" : "", replaced.Trim());
        Assert.Contains("nothing to accept", (await AcceptAsync(offered.Hex, "Again", asRemote)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_AnythingElse_ChangesNothing()
    {
        Assert.Contains("Nothing of the branch main has been served", (await AcceptAsync(repository.Head().Hex, "Why")).Error, StringComparison.Ordinal);
        await ServeOnceAsync();
        var served = Assert.Single(Directory.GetFiles(data["served"]));
        var before = await File.ReadAllTextAsync(served);
        Assert.Contains("was not rewritten", (await AcceptAsync(repository.Head().Hex, "Why")).Error, StringComparison.Ordinal);

        var offered = Rewrite();
        foreach (var (commit, reason, part) in new[]
        {
            (offered.Hex, " ", "Say why"), (offered.Hex[..9], "Why", "stands at " + offered), (before.Trim(), "Why", "stands at " + offered), ("main", "Why", "stands at " + offered),
        })
        {
            var (exit, _, error) = await AcceptAsync(commit, reason);
            Assert.Equal(1, exit);
            Assert.StartsWith("Not accepted. ", error, StringComparison.Ordinal);
            Assert.Contains(part, error, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllTextAsync(served));
        Assert.Equal([served], Directory.GetFiles(data["served"]));
    }

    public void Dispose()
    {
        repository.Dispose();
        data.Dispose();
    }

    private string Library(bool asRemote) => asRemote ? new Uri(repository.Folder).AbsoluteUri : repository.Folder;

    private string Clone() => Assert.Single(Directory.GetDirectories(data["remotes"]));

    private void Fetch() => TestRepository.RunGit(null, ["--git-dir=" + Clone(), "fetch", "--quiet", "--", Library(true), "+refs/heads/main:refs/heads/main"]);

    private string CloneRefs() => TestRepository.RunGit(null, ["--git-dir=" + Clone(), "for-each-ref", "--format=%(refname)", "refs/policyhub/replaced"]);

    private CommitId Rewrite()
    {
        repository.Branch("other", "start").Commit("Elsewhere", "fees.md", "# Fees\n\nNinety dollars.\n", "other").MoveBranch("main", "other").Flush();
        return repository.Head();
    }

    private Task<RunningSite> StartAsync(bool asRemote = false) =>
        RunningSite.StartAsync(null, ("PolicyHub:Library", Library(asRemote)), ("PolicyHub:Data", data.Path));

    private async Task ServeOnceAsync(bool asRemote = false) => await (await StartAsync(asRemote)).DisposeAsync();

    private async Task<(int ExitCode, string Output, string Error)> AcceptAsync(string commit, string reason, bool asRemote = false)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exit = await PolicyHubCommand.RunAsync(
            ["library", "accept", commit, "--reason", reason, "--data", data.Path, "--library", Library(asRemote)], output, error);
        return (exit, output.ToString(), error.ToString());
    }

    private static Task<string> PageAsync(RunningSite site, string address) => site.Client.GetStringAsync(new Uri(address, UriKind.Relative));
}
