using System.Diagnostics;
using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Git;

public sealed class GitProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Run_Failure_TellsTheCommandTheCodeAndGitsReason()
    {
        var failure = await Assert.ThrowsAsync<GitException>(() => new GitProgram(GitSettings.Default).RunAsync(
            new GitCall { Arguments = ["rev-parse", "HEAD"], Repository = folder["none.git"] }, CancellationToken.None));

        Assert.StartsWith("git rev-parse failed (exit 128): fatal: not a git repository", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task Run_OutputThenFailure_IsAFailure()
    {
        var git = Fake("echo something; exit 128");

        await Assert.ThrowsAsync<GitException>(() => git.ReadTextAsync(new GitCall { Arguments = ["log"] }, CancellationToken.None));
    }

    [Fact]
    public async Task Run_ProgramThatIsMissing_SaysWhatToInstall()
    {
        var git = new GitProgram(new GitSettings { Executable = folder["no-git-here"] });

        var failure = await Assert.ThrowsAsync<GitException>(() => git.RunAsync(new GitCall { Arguments = ["version"] }, CancellationToken.None));

        Assert.Contains("install git", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TooLong_EndsGitAndItsChildren()
    {
        var git = Fake("echo $$ > \"$0.pid\"; sleep 600 & echo $! > \"$0.child\"; wait", TimeSpan.FromSeconds(3));

        var failure = await Assert.ThrowsAsync<GitException>(() => git.RunAsync(new GitCall { Arguments = ["log"] }, CancellationToken.None));

        Assert.Contains("git log took longer than 3 seconds", failure.Message, StringComparison.Ordinal);
        await AssertEndedAsync("git.pid");
        await AssertEndedAsync("git.child");
    }

    [Fact]
    public async Task Run_Cancelled_EndsGitAndSaysSo()
    {
        var git = Fake("echo $$ > \"$0.pid\"; cat > /dev/null; sleep 600");
        using var cancellation = new CancellationTokenSource();
        var call = git.RunAsync(new GitCall { Arguments = ["log"] }, cancellation.Token);
        while (!File.Exists(folder["git.pid"]))
        {
            await Task.Delay(10);
        }

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await AssertEndedAsync("git.pid");
    }

    [Fact]
    public async Task Run_InputThatFails_DoesNotWaitForTheTimeLimit()
    {
        var git = Fake("cat > /dev/null");

        await Assert.ThrowsAsync<InvalidDataException>(() => git.RunAsync(
            new GitCall { Arguments = ["fast-import"], Input = (_, _) => throw new InvalidDataException() }, CancellationToken.None));
    }

    [Fact]
    public async Task Run_AnyCall_HasOurEnvironmentAlone()
    {
        var git = Fake("env > \"$0.env\"");
        await git.RunAsync(new GitCall { Arguments = ["log"] }, CancellationToken.None);

        var names = File.ReadLines(folder["git.env"]).Select(line => line.Split('=')[0]).ToHashSet(StringComparer.Ordinal);

        Assert.Contains("GIT_CONFIG_NOSYSTEM", names);
        Assert.Empty(names.Where(name => !name.StartsWith("GIT_", StringComparison.Ordinal))
            .Except(["PATH", "HOME", "LC_ALL", "TZ", "SSH_ASKPASS", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_"]));
        Assert.Contains("GIT_ALLOW_PROTOCOL=none", File.ReadLines(folder["git.env"]));
    }

    [Fact]
    public async Task Run_HooksOfTheRepository_DoNotRun()
    {
        using var repository = new TestRepository();
        repository.Commit("Start", "a.md", "1").Flush();
        Directory.CreateDirectory(Path.Combine(repository.GitDirectory, "hooks"));
        var hook = Path.Combine(repository.GitDirectory, "hooks", "reference-transaction");
        TestProgram.Write(hook, $"touch {folder["trap"]}\n");
        var call = new GitCall { Arguments = ["update-ref", "refs/heads/x", repository.Head().Hex], Repository = repository.GitDirectory };

        await new GitProgram(GitSettings.Default).RunAsync(call, CancellationToken.None);

        Assert.False(File.Exists(folder["trap"]));
        repository.Git("update-ref", "refs/heads/y", repository.Head().Hex);
        Assert.True(File.Exists(folder["trap"]), "The hook would have run.");
    }

    public void Dispose() => folder.Dispose();

    private GitProgram Fake(string script, TimeSpan? limit = null) =>
        new(new GitSettings { Executable = folder.Script("git", script), TimeLimit = limit ?? TimeSpan.FromMinutes(1) });

    private async Task AssertEndedAsync(string pidFile)
    {
        var id = int.Parse(await File.ReadAllTextAsync(folder[pidFile]), System.Globalization.CultureInfo.InvariantCulture);
        for (var attempt = 0; attempt < 1000 && IsRunning(id); attempt++)
        {
            await Task.Delay(10);
        }

        Assert.False(IsRunning(id));
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            // A zombie that nobody has waited for yet has ended.
            return !process.HasExited && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or IOException)
        {
            return false;
        }
    }
}
