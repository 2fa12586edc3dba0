using System.Diagnostics;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Refresh;

/// <summary>
/// The process is killed, as <c>kill -9</c> does, at moments drawn from a seed, and started again: nothing is lost and nobody has
/// to repair anything. The long run has the full counts.
/// </summary>
public sealed class KillTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();
    private readonly Random random = new(LongRun.Seed);

    public KillTests() => TestContext.Current.TestOutputHelper?.WriteLine($"Seed {LongRun.Seed}");

    [Fact]
    public async Task Kill_DuringTheFirstImport_StartsAgainWithTheSameHashes()
    {
        // One that is left in peace says what must come out, and how long the moments to kill at last.
        var watch = Stopwatch.StartNew();
        var (undisturbed, _) = await PolicyHubProcess.ServeAsync("--data", folder["undisturbed"]);
        var toReady = watch.Elapsed;
        await undisturbed.DisposeAsync();
        var expected = Head(folder["undisturbed"]);
        Assert.Equal(40, expected.Length);

        var killedUnfinished = 0;
        for (var round = 0; round < LongRun.Count(3, 15); round++)
        {
            var data = folder[$"data-{round}"];
            for (var kills = random.Next(1, 4); kills > 0; kills--)
            {
                await using var process = PolicyHubProcess.Start(["--data", data, "--urls", "http://127.0.0.1:0"]);
                await Task.Delay(toReady * (0.2 + (random.NextDouble() * 0.9)));
                await process.KillAsync();
                killedUnfinished += Directory.Exists(Path.Combine(data, "served")) ? 0 : 1;
            }

            var (again, address) = await PolicyHubProcess.ServeAsync("--data", data);
            await using var running = again;
            await AssertHealthyAsync(address);
            Assert.Equal(expected, Head(data));
            await AssertWholeAsync(Path.Combine(data, "library.git"));
            Assert.Empty(Directory.GetDirectories(data, "*.unfinished-*"));
            Assert.Equal(expected, ServedHeadIn(data));
        }

        Assert.True(killedUnfinished > 0, "No kill came before the first edition was served: nothing was tried.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_WhilePushesGoOn_LosesNothing(bool asRemote)
    {
        using var repository = new TestRepository();
        repository.Commit("0", "count.md", "# Count\n\nround 0 end\n").Flush();
        var library = asRemote ? new Uri(repository.Folder).AbsoluteUri : repository.Folder;
        var interval = new Dictionary<string, string>(StringComparer.Ordinal) { ["PolicyHub__Remote__Interval"] = "00:00:01" };
        string[] arguments = ["--data", folder["data"], "--library", library, "--urls", "http://127.0.0.1:0"];
        var pushed = 0;
        for (var round = 0; round < LongRun.Count(3, 15); round++)
        {
            await using (var process = PolicyHubProcess.Start(arguments, interval))
            {
                await AssertHealthyAsync(await process.ListeningAsync());
                using var timer = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(50, 2500)));
                while (!timer.IsCancellationRequested)
                {
                    Push(repository, ++pushed);
                    await Task.Delay(random.Next(0, 60));
                }

                await process.KillAsync();
            }

            Push(repository, ++pushed);
            await using var again = PolicyHubProcess.Start(arguments, interval);
            var address = await again.ListeningAsync();
            using var client = new HttpClient { BaseAddress = address };
            await UntilAsync(client, "/docs/count", $"round {pushed} end");
            await AssertHealthyAsync(address);
            await AssertWholeAsync(repository.GitDirectory);
            if (asRemote)
            {
                await AssertWholeAsync(Assert.Single(Directory.GetDirectories(folder["data/remotes"])));
            }

            // What is remembered is a commit of the line, so the next start has something to hold the branch to.
            Assert.Contains(ServedHeadIn(folder["data"]), repository.Git("rev-list", "--first-parent", "main"), StringComparison.Ordinal);
            Assert.Equal($"{pushed + 1}", repository.Git("rev-list", "--count", "main").Trim());
            await again.KillAsync();
        }
    }

    public void Dispose() => folder.Dispose();

    private static void Push(TestRepository repository, int number) =>
        repository.Commit($"{number}", "count.md", $"# Count\n\nround {number} end\n").Flush();

    private static string Head(string data) => TestRepository.RunGit(null, ["--git-dir=" + Path.Combine(data, "library.git"), "rev-parse", "main"]).Trim();

    private static string ServedHeadIn(string data) => File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(data, "served")))).Trim();

    /// <summary>
    /// <c>git fsck</c> fails on damage; objects that a killed git has left without a name are none. It calls missing what is written while it looks,
    /// as the anchor of the audit log may be: damage stays.
    /// </summary>
    private static async Task AssertWholeAsync(string repository)
    {
        for (var look = 1; ; look++)
        {
            try
            {
                TestRepository.RunGit(null, ["--git-dir=" + repository, "fsck", "--strict", "--full"]);
                return;
            }
            catch (InvalidOperationException) when (look < 3)
            {
                await Task.Delay(500);
            }
        }
    }

    private static async Task AssertHealthyAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        Assert.True(RunningSite.IsWell(await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative))));
        Assert.Contains("<h1", await client.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
    }

    private static async Task UntilAsync(HttpClient client, string address, string part)
    {
        var watch = Stopwatch.StartNew();
        while (!(await client.GetStringAsync(new Uri(address, UriKind.Relative))).Contains(part, StringComparison.Ordinal))
        {
            Assert.True(watch.Elapsed < Patience, $"{address} does not show “{part}”.");
            await Task.Delay(20);
        }
    }
}
