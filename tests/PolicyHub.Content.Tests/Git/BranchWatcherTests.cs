using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Git;

public sealed class BranchWatcherTests : IDisposable
{
    // Only a limit for a test that hangs; how fast it is, is measured by the benchmarks.
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    private readonly TestRepository repository = new();

    [Theory]
    [InlineData("main")]
    [InlineData("release/2026/spring")]
    public async Task Wait_Push_ComesBack(string branch)
    {
        repository.Commit("One", "a.md", "1", branch).Flush();
        using var library = await OpenAsync(branch);
        using var watcher = library.Watch();

        for (var push = 0; push < 5; push++)
        {
            repository.Commit($"Push {push}", "a.md", $"{push}", branch).Flush();
            await watcher.WaitAsync(CancellationToken.None).WaitAsync(Generous);
        }
    }

    [Fact]
    public async Task Wait_RefsPackedAndTheirFolderRemoved_StillComesBack()
    {
        repository.Commit("One", "a.md", "1", "team/a/main").Flush();
        using var library = await OpenAsync("team/a/main");
        using var watcher = library.Watch();

        for (var turn = 0; turn < 3; turn++)
        {
            // git removes refs/heads/team here, and makes it again below.
            repository.Git("pack-refs", "--all");
            Assert.False(Directory.Exists(Path.Combine(repository.GitDirectory, "refs", "heads", "team")));
            await watcher.WaitAsync(CancellationToken.None).WaitAsync(Generous);

            repository.Commit($"Push {turn}", "a.md", $"{turn}", "team/a/main").Flush();
            await watcher.WaitAsync(CancellationToken.None).WaitAsync(Generous);
        }
    }

    [Fact]
    public async Task Wait_OtherBranchMoves_DoesNotComeBack()
    {
        repository.Commit("One", "a.md", "1").Branch("other").Flush();
        using var library = await OpenAsync("main");
        using var watcher = library.Watch();
        var wait = watcher.WaitAsync(CancellationToken.None);

        repository.Commit("Elsewhere", "a.md", "2", "other").Flush();
        await Task.Delay(300);
        Assert.False(wait.IsCompleted);

        repository.Commit("Here", "a.md", "2").Flush();
        await wait.WaitAsync(Generous);
    }

    [Fact]
    public async Task Wait_CancelledOrEnded_Throws()
    {
        repository.Commit("One", "a.md", "1").Flush();
        using var library = await OpenAsync("main");
        var watcher = library.Watch();
        using var cancellation = new CancellationTokenSource();
        var cancelled = watcher.WaitAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        var ended = watcher.WaitAsync(CancellationToken.None);
        watcher.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ended);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watcher.WaitAsync(CancellationToken.None));
    }

    public void Dispose() => repository.Dispose();

    private Task<LibraryRepository> OpenAsync(string branch) => LibrarySource.OpenAsync(
        new LibraryLocation { DataFolder = repository.Beside("data"), Library = repository.Folder, Branch = branch }, GitSettings.Default, CancellationToken.None);
}
