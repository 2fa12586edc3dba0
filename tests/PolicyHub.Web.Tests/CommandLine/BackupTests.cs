using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.People;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.CommandLine;

/// <summary><c>policyhub backup</c> and <c>restore</c>: what was there is there again, also where git went on after the records were copied.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestRepository repository = new();

    [Fact]
    public async Task Restore_OfABackupDuringWhichACommitCame_ServesItAllAndTakesTheNextPush()
    {
        repository.Commit("First", "fees.md", "# Fees\n\nTen dollars.\n").Branch("aside").Git("update-ref", "refs/policyhub/anchor", "refs/heads/main");
        CopyFolder(repository.Folder, repository.Beside("data/library.git"));
        await using (var site = await StartAsync(repository.Beside("data")))
        {
            await AddAsync(site, "Ana");
            await PolicyHubAsync("backup", folder["one"], "--data", repository.Beside("data"));

            // Between the copy of the records and that of git.
            repository.Commit("Second", "fees.md", "# Fees\n\nTwelve dollars.\n").Git("push", repository.Beside("data/library.git"), "main");
            await site.UntilAsync("/docs/fees", page => page.Contains("Twelve dollars", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
            await AddAsync(site, "Ben");

            // The head of the audit log is anchored a moment after the start.
            await site.UntilAsync("/health/live", _ => repository.Git("ls-remote", repository.Beside("data/library.git"), "refs/policyhub/audit").Length > 0, TimeSpan.FromSeconds(60));
            await PolicyHubAsync("backup", folder["two"], "--data", repository.Beside("data"));
        }

        File.Copy(folder["one/records.db"], folder["two/records.db"], overwrite: true);
        await PolicyHubAsync("restore", folder["two"], "--data", folder["restored"]);

        await using var restored = await StartAsync(folder["restored"]);
        Assert.Contains("Twelve dollars", await restored.Client.GetStringAsync("/docs/fees", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(RunningSite.IsWell(await restored.Client.GetStringAsync("/health/ready", TestContext.Current.CancellationToken)));
        Assert.Equal(["Ana"], await PeopleAsync(restored));
        repository.Git("push", folder["restored/library.git"], "refs/heads/main:refs/heads/other");
        repository.Commit("Third", "fees.md", "# Fees\n\nNine dollars.\n").Git("push", folder["restored/library.git"], "main");
        await restored.UntilAsync("/docs/fees", page => page.Contains("Nine dollars", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        Assert.Equal(
            ["refs/heads/aside", "refs/heads/main", "refs/heads/other", "refs/policyhub/anchor", "refs/policyhub/audit"],
            repository.Git("ls-remote", "--refs", folder["restored/library.git"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[1]).Order());
    }

    [Fact]
    public async Task Backup_WhereSomethingIsInTheWay_SaysWhatAndLeavesIt()
    {
        folder.Write("full/there.txt", "mine");
        var backup = await PolicyHubProcess.RunAsync(["backup", folder["full"], "--data", folder["data"]]);
        var onAServer = await PolicyHubProcess.RunAsync(
            ["backup", folder["new"], "--data", folder["data"]],
            new Dictionary<string, string> { ["PolicyHub__Database"] = "Host=127.0.0.1;Database=a;Username=b;Password=secretword" });
        var restore = await PolicyHubProcess.RunAsync(["restore", folder["full"], "--data", folder["data"]]);

        Assert.Equal((1, 1, 1), (backup.ExitCode, onAServer.ExitCode, restore.ExitCode));
        Assert.Contains("is not empty", backup.Error, StringComparison.Ordinal);
        Assert.Contains("pg_dump", onAServer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secretword", onAServer.Error + onAServer.Output, StringComparison.Ordinal);
        Assert.Contains("library.bundle", restore.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder["full/there.txt"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Restore_OfDamagedFiles_IsRefusedAndMakesNothing()
    {
        repository.Commit("First", "a.md", "# A\n").Flush();
        Directory.CreateDirectory(folder["bad"]);
        repository.Git("bundle", "create", folder["bad/library.bundle"], "--all");
        folder.Write("bad/records.db", "no database");
        var records = await PolicyHubProcess.RunAsync(["restore", folder["bad"], "--data", folder["data"]]);
        File.Delete(folder["bad/records.db"]);
        var bundle = await File.ReadAllBytesAsync(folder["bad/library.bundle"], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["bad/library.bundle"], bundle[..^30], TestContext.Current.CancellationToken);
        var git = await PolicyHubProcess.RunAsync(["restore", folder["bad"], "--data", folder["data"]]);

        Assert.Equal((1, 1), (records.ExitCode, git.ExitCode));
        Assert.StartsWith("Nothing restored.", records.Error, StringComparison.Ordinal);
        Assert.StartsWith("Nothing restored.", git.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["data/library.git"]) || File.Exists(folder["data/policyhub.db"]));
    }

    [Fact]
    public async Task Health_OfASite_IsToldAndItsAbsenceToo()
    {
        repository.Commit("First", "a.md", "# A\n").Flush();
        await using var site = await RunningSite.StartAsync(null, ("PolicyHub:Library", repository.Folder));

        var there = await PolicyHubProcess.RunAsync(["health", "--site", site.Address.AbsoluteUri]);
        var gone = await PolicyHubProcess.RunAsync(["health", "--site", "http://127.0.0.1:1"]);

        Assert.Equal(0, there.ExitCode);
        Assert.True(RunningSite.IsWell(there.Output));
        Assert.Equal(1, gone.ExitCode);
    }

    public void Dispose()
    {
        folder.Dispose();
        repository.Dispose();
    }

    private static Task<RunningSite> StartAsync(string data) => RunningSite.StartAsync(null, ("PolicyHub:Data", data));

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Directory.CreateDirectory(Path.Combine(to, "refs"));
    }

    private static async Task PolicyHubAsync(params string[] arguments)
    {
        var (exit, _, error) = await PolicyHubProcess.RunAsync(arguments);
        Assert.Equal((0, ""), (exit, error));
    }

    private static async Task AddAsync(RunningSite site, string name)
    {
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<RecordsDb>>().CreateDbContextAsync();
        db.Add(new Person { Id = Guid.NewGuid(), Name = name, UserName = name, NormalizedUserName = name.ToUpperInvariant() });
        await db.SaveChangesAsync();
    }

    private static async Task<List<string>> PeopleAsync(RunningSite site)
    {
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<RecordsDb>>().CreateDbContextAsync();
        return await db.Set<Person>().Select(person => person.Name).ToListAsync();
    }
}
