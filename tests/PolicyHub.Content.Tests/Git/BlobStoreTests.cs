using System.Text;
using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Git;

public sealed class BlobStoreTests : IDisposable
{
    private readonly TestRepository repository = new();
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Read_Many_AnswersInTheOrderAskedAndNullForWhatIsNot()
    {
        repository.Commit("Start", commit => commit.Write("a", "one").Write("empty", "").Write("big", new string('x', 5000)));
        using var store = new BlobStore(new GitProgram(GitSettings.Default), repository.GitDirectory);
        var missing = new BlobId(new string('0', 40));
        var nonsense = new BlobId("HEAD\ncontents HEAD");
        var tree = new BlobId(repository.Git("rev-parse", "main^{tree}").Trim());

        var texts = await store.ReadAsync([Blob("big"), Blob("empty"), missing, nonsense, tree, Blob("a"), Blob("a"), default], 4999, CancellationToken.None);

        Assert.Equal([null, "", null, null, null, "one", "one", null], texts.Select(text => text is null ? null : Encoding.UTF8.GetString(text)));
    }

    [Fact]
    public async Task Read_Thousands_FitsThroughThePipe()
    {
        repository.Commit("Start", commit =>
        {
            for (var number = 0; number < 3000; number++)
            {
                commit.Write($"f{number}", $"text {number} " + new string('y', 300));
            }
        });
        var ids = repository.Git("ls-tree", "-r", "--format=%(objectname)", "main").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(hex => new BlobId(hex)).ToList();
        using var store = new BlobStore(new GitProgram(GitSettings.Default), repository.GitDirectory);

        var texts = await store.ReadAsync(ids, int.MaxValue, CancellationToken.None);

        Assert.Equal(3000, texts.Select(text => Encoding.UTF8.GetString(text!)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Read_ManyCallersSomeCancelled_EveryAnswerIsRight()
    {
        repository.Commit("Start", commit =>
        {
            for (var number = 0; number < 40; number++)
            {
                commit.Write($"f{number}", $"{number}|" + new string('z', 20_000));
            }
        });
        var ids = Enumerable.Range(0, 40).Select(number => Blob($"f{number}")).ToList();
        using var store = new BlobStore(new GitProgram(GitSettings.Default), repository.GitDirectory);

        await Parallel.ForAsync(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (turn, _) =>
        {
            using var cancellation = new CancellationTokenSource();
            if (turn % 3 == 0)
            {
                cancellation.CancelAfter(TimeSpan.FromMilliseconds(turn % 7));
            }

            try
            {
                var texts = await store.ReadAsync(ids, int.MaxValue, cancellation.Token);
                Assert.Equal(Enumerable.Range(0, 40), texts.Select(text => int.Parse(Encoding.UTF8.GetString(text!).Split('|')[0], System.Globalization.CultureInfo.InvariantCulture)));
            }
            catch (OperationCanceledException) when (turn % 3 == 0)
            {
                // As asked.
            }
        });
    }

    [Fact]
    public async Task Read_AfterGitDied_StartsItAgain()
    {
        repository.Commit("Start", "a", "one");
        var program = folder.Script("git", "echo $$ >> \"$0.pids\"; exec git \"$@\"");
        using var store = new BlobStore(new GitProgram(new GitSettings { Executable = program }), repository.GitDirectory);
        await store.ReadAsync([Blob("a")], 100, CancellationToken.None);

        using (var process = System.Diagnostics.Process.GetProcessById(Pids()[0]))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        var texts = await store.ReadAsync([Blob("a")], 100, CancellationToken.None);
        Assert.Equal("one"u8.ToArray(), texts[0]);
        await store.ReadAsync([Blob("a")], 100, CancellationToken.None);
        Assert.Equal(2, Pids().Count);
    }

    [Fact]
    public async Task Read_RepositoryThatIsGone_SaysSo()
    {
        using var store = new BlobStore(new GitProgram(GitSettings.Default), folder["none.git"]);

        var failure = await Assert.ThrowsAsync<GitException>(() => store.ReadAsync([new BlobId(new string('a', 40))], 100, CancellationToken.None));

        Assert.Contains("not a git repository", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_BlobThatCameLater_IsFound()
    {
        repository.Commit("Start", "a", "one");
        using var store = new BlobStore(new GitProgram(GitSettings.Default), repository.GitDirectory);
        await store.ReadAsync([Blob("a")], 100, CancellationToken.None);
        repository.Commit("Later", "b", "two").Git("repack", "-adq");

        var texts = await store.ReadAsync([Blob("b")], 100, CancellationToken.None);

        Assert.Equal("two"u8.ToArray(), texts[0]);
    }

    public void Dispose()
    {
        repository.Dispose();
        folder.Dispose();
    }

    private BlobId Blob(string path) => new(repository.Git("rev-parse", $"main:{path}").Trim());

    private List<int> Pids() => [.. File.ReadLines(folder["git.pids"]).Select(line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture))];
}
