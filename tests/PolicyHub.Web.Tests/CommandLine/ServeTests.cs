using System.Net;
using System.Net.Sockets;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.CommandLine;

/// <summary><c>policyhub</c> as a process: what it takes, what it refuses and how it says so, and how it ends.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Version_IsOneLine()
    {
        var (exit, output, error) = await PolicyHubProcess.RunAsync(["--version"]);

        Assert.Equal((0, ""), (exit, error));
        Assert.Matches(@"^0\.1\.0(\+[0-9a-f]{40})?\n$", output);
    }

    [Fact]
    public async Task Help_NamesEveryOptionAndCommand()
    {
        var (exit, output, _) = await PolicyHubProcess.RunAsync(["--help"]);

        Assert.Equal(0, exit);
        Assert.All(
            ["--data", "--library", "--branch", "--folder", "--urls", "--version", "preview", "check", "library"],
            word => Assert.Contains(word, output, StringComparison.Ordinal));
        Assert.Contains("--reason", (await PolicyHubProcess.RunAsync(["library", "accept", "--help"])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bogus")]
    [InlineData("serve")]
    [InlineData("--data")]
    [InlineData("preview")]
    [InlineData("library", "accept", "0123456789")]
    public async Task CommandLine_Wrong_SaysWhatAndExitsWithOne(params string[] arguments)
    {
        var (exit, _, error) = await PolicyHubProcess.RunAsync(arguments);

        Assert.Equal(1, exit);
        Assert.NotEqual("", error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_LibraryBranchAndFolder_ShowsThat()
    {
        using var repository = new TestRepository();
        repository.Commit("Start", "elsewhere.md", "# Elsewhere\n").Branch("published")
            .Commit("Guides", "guides/fees.md", "# Fees\n\nTen dollars.\n", "published").Flush();

        var (process, address) = await PolicyHubProcess.ServeAsync(
            "--data", folder["data"], "--library", repository.Folder, "--branch", "published", "--folder", "guides");
        await using var running = process;
        using var client = new HttpClient { BaseAddress = address };

        Assert.Contains("Ten dollars", await client.GetStringAsync(new Uri("/docs/fees", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/docs/elsewhere", UriKind.Relative))).StatusCode);
        Assert.True(Directory.Exists(folder["data/served"]));
    }

    [Fact]
    public async Task Serve_PathsOnTheCommandLine_CountFromWhereTheyAreTyped()
    {
        using var repository = new TestRepository();
        repository.Commit("Start", "fees.md", "# Fees\n").Flush();
        await using var process = PolicyHubProcess.Start(
            ["--data", "state", "--library", "library.git", "--urls", "http://127.0.0.1:0"], folder: Path.GetDirectoryName(repository.Folder));

        await process.ListeningAsync();

        Assert.True(Directory.Exists(repository.Beside("state/served")));
    }

    [Fact]
    public async Task Preview_Folder_ShowsItMarked()
    {
        folder.Write("fees.md", "# Fees\n\nTen dollars.\n");

        var (process, address) = await PolicyHubProcess.ServeAsync("preview", folder.Path);
        await using var running = process;
        using var client = new HttpClient { BaseAddress = address };
        var page = await client.GetStringAsync(new Uri("/docs/fees", UriKind.Relative));

        Assert.Contains("Ten dollars", page, StringComparison.Ordinal);
        Assert.Contains("bar-preview", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5123")]
    [InlineData("http://*:5123")]
    [InlineData("http://+:5123")]
    [InlineData("http://[::]:5123")]
    [InlineData("http://127.0.0.1:5123;http://192.0.2.1:5123")]
    public async Task Urls_ThatOthersCanReach_AreRefused(string urls) =>
        await RefusedAsync("does not listen on", ["--urls", urls]);

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:5123")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "5123")]
    [InlineData("ASPNETCORE_HTTPS_PORTS", "5123")]
    [InlineData("Kestrel__Endpoints__Web__Url", "http://0.0.0.0:5123")]
    public async Task Environment_ThatOpensTheSiteToOthers_IsRefused(string name, string value) =>
        await RefusedAsync("does not listen on", [], (name, value));

    [Theory]
    [InlineData("PolicyHub__GitTimeout", "0", "The setting PolicyHub:GitTimeout must be a time between")]
    [InlineData("PolicyHub__GitTimeout", "soon", "'soon' at 'PolicyHub:GitTimeout'")]
    [InlineData("PolicyHub__Remote__Interval", "00:00:00", "The setting PolicyHub:Remote:Interval must be a time between")]
    [InlineData("PolicyHub__SearchesPerSecond", "0", "The setting PolicyHub:SearchesPerSecond must be between 1 and 100000.")]
    [InlineData("PolicyHub__Data", "", "The setting PolicyHub:Data must name a folder.")]
    public async Task Setting_OutOfBounds_IsNamed(string name, string value, string part) => await RefusedAsync(part, [], (name, value));

    [Fact]
    public async Task Port_InUse_IsSaidInOneSentence()
    {
        using var repository = new TestRepository();
        repository.Commit("Start", "fees.md", "# Fees\n").Flush();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        await RefusedAsync("address already in use.", ["--library", repository.Folder, "--data", folder["data"], "--urls", $"http://{listener.LocalEndpoint}"]);
    }

    [Fact]
    public async Task Branch_Unknown_ListsTheBranches()
    {
        using var repository = new TestRepository();
        repository.Commit("Start", "fees.md", "# Fees\n").Branch("draft").Flush();

        await RefusedAsync("has no branch “publshed”; it has draft, main.", ["--library", repository.Folder, "--data", folder["data"], "--branch", "publshed"]);
    }

    [Fact]
    public async Task Library_NotThere_SaysSo() =>
        await RefusedAsync("is neither a folder or bundle on this machine nor an address.", ["--library", folder["nothing"], "--data", folder["data"]]);

    [Theory]
    [InlineData("/proc/policyhub")]
    [InlineData("/dev/null/policyhub")]
    [InlineData("/proc")]
    public async Task Data_NotWritable_SaysSo(string data) => await RefusedAsync($"The data folder {data} cannot be made or written", ["--data", data]);

    [Fact]
    public async Task Preview_FolderNotThere_SaysSo() => await RefusedAsync("does not exist.", ["preview", folder["nothing"]]);

    [Fact]
    public async Task Git_NotThere_SaysWhatToInstall()
    {
        using var repository = new TestRepository();
        repository.Commit("Start", "fees.md", "# Fees\n").Flush();

        await RefusedAsync("install git 2.36 or later", ["--library", repository.Folder, "--data", folder["data"]], ("PATH", "/nonexistent"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_WithARequestHalfSent_EndsSoonAndLeavesNoGit(bool terminate)
    {
        using var repository = new TestRepository();
        repository.Commit("Start", "fees.md", "# Fees\n\nTen dollars.\n").Flush();
        var (process, address) = await PolicyHubProcess.ServeAsync("--data", folder["data"], "--library", repository.Folder);
        await using var running = process;
        using var client = new HttpClient { BaseAddress = address };
        await client.GetStringAsync(new Uri("/docs/fees", UriKind.Relative));
        var children = process.Descendants();
        Assert.NotEmpty(children);
        using var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, address.Port);
        await slow.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\n"u8.ToArray());

        var watch = System.Diagnostics.Stopwatch.StartNew();
        if (terminate)
        {
            process.Terminate();
        }
        else
        {
            process.Interrupt();
        }

        var exit = await process.ExitAsync();

        // Two seconds, and as much again for the cores that other tests use: the framework alone would wait for thirty.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        TestContext.Current.TestOutputHelper?.WriteLine($"Ended after {watch.ElapsedMilliseconds} ms with {exit}");
        Assert.Equal(0, exit);
        Assert.DoesNotContain(children, PolicyHubProcess.Runs);
        Assert.DoesNotContain("   at ", process.Output + process.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_DuringTheStart_EndsQuietly()
    {
        using var repository = new TestRepository();
        repository.Commit("Start", "fees.md", "# Fees\n").Flush();

        // A git that never answers: the start would wait for it as long as a call may take.
        var started = folder["started"];
        folder.Script("bin/git", $"touch {started}\nexec sleep 300\n");
        await using var process = PolicyHubProcess.Start(
            ["--data", folder["data"], "--library", repository.Folder, "--urls", "http://127.0.0.1:0"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = folder["bin"] + ":" + Environment.GetEnvironmentVariable("PATH") });
        for (var waited = 0; !File.Exists(started) && waited < 3000; waited++)
        {
            await Task.Delay(20);
        }

        var children = process.Descendants();
        Assert.NotEmpty(children);
        process.Terminate();

        Assert.Equal(0, await process.ExitAsync());
        Assert.DoesNotContain(children, PolicyHubProcess.Runs);
        Assert.Equal("", process.Error);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>It ends with 1, one sentence or a few on one line of standard error, and no stack trace anywhere.</summary>
    private async Task RefusedAsync(string part, string[] arguments, params (string Name, string Value)[] environment)
    {
        var (exit, output, error) = await PolicyHubProcess.RunAsync(
            arguments, environment.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), folder.Path);

        Assert.Equal(1, exit);
        Assert.StartsWith("PolicyHub did not start. ", error, StringComparison.Ordinal);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("crit:", output, StringComparison.Ordinal);
    }
}
