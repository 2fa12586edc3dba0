using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Git;

public sealed class LibrarySourceTests : IDisposable
{
    private readonly TestRepository repository = new();

    [Theory]
    [InlineData(new[] { "main", "topic" }, "refs/heads/topic", null, "topic")]
    [InlineData(new[] { "main", "topic" }, "refs/heads/gone", null, "main")]
    [InlineData(new[] { "master", "topic" }, "refs/heads/gone", null, "master")]
    [InlineData(new[] { "only/one" }, "refs/heads/gone", null, "only/one")]
    [InlineData(new[] { "main", "release/2026" }, "refs/heads/main", "release/2026", "release/2026")]
    [InlineData(new[] { "main", "topic" }, "refs/heads/main", "refs/heads/topic", "topic")]
    public async Task Open_Branches_ChoosesByTheRule(string[] branches, string head, string? wanted, string chosen)
    {
        MakeBranches(branches, head);

        using var library = await OpenAsync(repository.Folder, wanted);
        using var bundle = head.EndsWith("gone", StringComparison.Ordinal) ? await OpenAsync(Bundle(), wanted) : null;

        Assert.Equal(chosen, library.Branch);
        Assert.Equal(chosen, bundle?.Branch ?? chosen);
        Assert.Equal(repository.Head(chosen), await library.ReadHeadAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(null, "release, topic")]
    [InlineData("nope", "no branch “nope”; it has release, topic")]
    public async Task Open_NoRuleGivesABranch_ListsThem(string? wanted, string part)
    {
        MakeBranches(["topic", "release"], "refs/heads/gone");

        Assert.Contains(part, await RefusalAsync(repository.Folder, wanted), StringComparison.Ordinal);
        Assert.Contains(part, await RefusalAsync(new Uri(repository.Folder).AbsoluteUri, wanted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DetachedHead_IsServedAsItStands()
    {
        repository.Commit("One", "a.md", "1").Commit("Two", "a.md", "2").Flush();
        repository.Git("update-ref", "--no-deref", "HEAD", repository.Head().Hex);

        using var library = await OpenAsync(repository.Folder);

        Assert.Equal("HEAD", library.BranchRef);
        Assert.Equal(repository.Head(), await library.ReadHeadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ReadHead_PackedThenMovedThenPackedAgain_IsWhatGitSays()
    {
        MakeBranches(["main", "x/main", "x/refs/heads/main", "main2"], "refs/heads/main");
        using var library = await OpenAsync(repository.Folder);
        for (var commit = 0; commit < 2; commit++)
        {
            repository.Commit("Moved", "a.md", $"moved {commit}").Flush();
            Assert.Equal(repository.Head(), await library.ReadHeadAsync(CancellationToken.None));

            repository.Git("pack-refs", "--all", "--prune");
            Assert.False(File.Exists(Path.Combine(repository.GitDirectory, "refs", "heads", "main")));
            Assert.Equal(repository.Head(), await library.ReadHeadAsync(CancellationToken.None));
        }
    }

    [Theory]
    [InlineData("ref: refs/heads/topic\n")]
    [InlineData("nonsense\n")]
    public async Task ReadHead_FileThatNamesNoCommit_IsLeftToGit(string content)
    {
        MakeBranches(["main", "topic"], "refs/heads/main");
        using var library = await OpenAsync(repository.Folder);
        await File.WriteAllTextAsync(Path.Combine(repository.GitDirectory, "refs", "heads", "main"), content);

        if (content.StartsWith("ref", StringComparison.Ordinal))
        {
            Assert.Equal(repository.Head("topic"), await library.ReadHeadAsync(CancellationToken.None));
        }
        else
        {
            await Assert.ThrowsAsync<GitException>(() => library.ReadHeadAsync(CancellationToken.None));
        }
    }

    [Fact]
    public async Task Open_BranchThatLeadsOutOfTheBranches_IsNone()
    {
        repository.Commit("One", "a.md", "1").Flush();
        repository.Git("update-ref", "--no-deref", "HEAD", repository.Head().Hex);

        Assert.Contains("no branch “../../HEAD”", await RefusalAsync(repository.Folder, "../../HEAD"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_EmptyRepository_SaysSo()
    {
        Assert.Contains("no commit on any branch yet", await RefusalAsync(repository.Folder), StringComparison.Ordinal);
        Assert.Contains("no commit on any branch yet", await RefusalAsync(new Uri(repository.Folder).AbsoluteUri), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WorkingCopy_IsReadInPlaceAndNotWritten()
    {
        using var copy = new TestRepository(bare: false);
        copy.Commit("One", "docs/a.md", "1").Flush();
        var before = Files(copy.Folder);

        using var library = await LibrarySource.OpenAsync(Location(copy.Folder, null) with { Folder = "docs" }, GitSettings.Default, CancellationToken.None);
        await library.FetchAsync(CancellationToken.None);
        var head = await library.ReadHeadAsync(CancellationToken.None);

        Assert.Equal(copy.Head(), head);
        Assert.False(library.HasRemote);
        Assert.Equal(before, Files(copy.Folder));
        Assert.Contains("no folder “other”", await RefusalAsync(copy.Folder, folder: "other"), StringComparison.Ordinal);
        Assert.Contains("give that as the library and “docs” as the folder", await RefusalAsync(Directory.CreateDirectory(Path.Combine(copy.Folder, "docs")).FullName), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AddedWorkTree_IsReadInPlace()
    {
        using var copy = new TestRepository(bare: false);
        copy.Commit("One", "a.md", "1").Branch("topic").Commit("Topic", "a.md", "2", "topic").Flush();
        TestRepository.RunGit(copy.Folder, ["worktree", "add", "--quiet", copy.Beside("tree"), "topic"]);

        using var library = await OpenAsync(copy.Beside("tree"));

        Assert.Equal("topic", library.Branch);
        Assert.Equal(copy.Head("topic"), await library.ReadHeadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Open_Reftable_IsRefusedWithTheWayOut()
    {
        repository.Commit("One", "a.md", "1").Flush();
        await File.AppendAllTextAsync(Path.Combine(repository.GitDirectory, "config"), "[Extensions]\n\trefStorage = reftable\n");

        Assert.Contains("git refs migrate", await RefusalAsync(repository.Folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_PartialClone_IsRefused()
    {
        repository.Commit("One", "a.md", "1").Flush();
        await File.AppendAllTextAsync(Path.Combine(repository.GitDirectory, "config"), "[remote \"origin\"]\n\tpromisor = true\n");

        Assert.Contains("partial clone", await RefusalAsync(repository.Folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_PlainFolderFileOrNothing_SaysWhatToDo()
    {
        var plain = Directory.CreateDirectory(repository.Beside("plain")).FullName;
        await File.WriteAllTextAsync(Path.Combine(plain, "a.txt"), "no bundle");

        Assert.Contains("policyhub preview", await RefusalAsync(plain), StringComparison.Ordinal);
        Assert.Contains("no git bundle", await RefusalAsync(Path.Combine(plain, "a.txt")), StringComparison.Ordinal);
        Assert.Contains("neither a folder", await RefusalAsync(Path.Combine(plain, "nothing")), StringComparison.Ordinal);
        Assert.Contains("not a folder inside", await RefusalAsync(repository.Folder, folder: "../x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DataFolderThatAllMayWrite_IsRefused()
    {
        repository.Commit("One", "a.md", "1").Flush();
        var data = Directory.CreateDirectory(repository.Beside("data")).FullName;
        File.SetUnixFileMode(data, (UnixFileMode)0b111_111_111);

        Assert.Contains("chmod o-w", await RefusalAsync(repository.Folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OwnLibraryOfAnotherUser_IsRefused()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can give a folder away.");
        repository.Commit("One", "a.md", "1").Flush();
        var own = Path.Combine(Directory.CreateDirectory(repository.Beside("data")).FullName, "library.git");
        Directory.Move(repository.Folder, own);
        using (var chown = System.Diagnostics.Process.Start("chown", ["-R", "12345", own]))
        {
            await chown.WaitForExitAsync();
        }

        Assert.Contains("belongs to another user", await RefusalAsync(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Bundle_IsCopiedAndFollowed()
    {
        repository.Commit("One", "a.md", "1");
        var bundle = Bundle();
        using var library = await OpenAsync(bundle);
        Assert.Equal(repository.Head(), await library.ReadHeadAsync(CancellationToken.None));

        repository.Commit("Two", "a.md", "2");
        Bundle();
        await library.FetchAsync(CancellationToken.None);

        Assert.Equal(repository.Head(), await library.ReadHeadAsync(CancellationToken.None));
    }

    public void Dispose() => repository.Dispose();

    private void MakeBranches(string[] branches, string head)
    {
        foreach (var branch in branches)
        {
            repository.Commit($"On {branch}", "a.md", branch, branch);
        }

        repository.Git("symbolic-ref", "HEAD", head);
    }

    private string Bundle()
    {
        repository.Git("bundle", "create", "--quiet", repository.Beside("library.bundle"), "--branches");
        return repository.Beside("library.bundle");
    }

    private LibraryLocation Location(string library, string? branch) => new() { DataFolder = repository.Beside("data"), Library = library, Branch = branch };

    private Task<LibraryRepository> OpenAsync(string library, string? branch = null) =>
        LibrarySource.OpenAsync(Location(library, branch), GitSettings.Default, CancellationToken.None);

    private async Task<string> RefusalAsync(string library, string? branch = null, string? folder = null) =>
        (await Assert.ThrowsAsync<GitException>(() => LibrarySource.OpenAsync(Location(library, branch) with { Folder = folder }, GitSettings.Default, CancellationToken.None))).Message;

    private static string Files(string folder) => string.Join('\n', Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(file => $"{file} {File.GetLastWriteTimeUtc(file).Ticks}"));
}
