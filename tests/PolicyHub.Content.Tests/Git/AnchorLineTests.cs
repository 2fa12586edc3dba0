using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Git;

public sealed class AnchorLineTests : IDisposable
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly TestRepository remote = new TestRepository().Commit("One", "a.md", "1").Flush();
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Anchor_OurOwnLibrary_AddsACommitForEachMessageAndNoneForTheSame()
    {
        using var library = await OpenAsync("one", library: null);
        await library.AnchorAsync("row 1", Morning, CancellationToken.None);
        await library.AnchorAsync("row 1", Morning.AddHours(1), CancellationToken.None);
        await library.AnchorAsync("row 5\n\nmore\n", Morning.AddHours(2), CancellationToken.None);

        Assert.False(library.HasPlaceForAnchors);
        Assert.Equal(["row 5\n\nmore", "row 1"], await library.ReadAnchorsAsync(CancellationToken.None));
        Assert.Equal(
            "PolicyHub 2026-11-23T11:00:00Z\nPolicyHub 2026-11-23T09:00:00Z\n",
            TestRepository.RunGit(null, ["--git-dir=" + library.GitDirectory, "log", "--format=%an %cd", "--date=format:%Y-%m-%dT%H:%M:%SZ", "refs/policyhub/audit"]));
        TestRepository.RunGit(null, ["--git-dir=" + library.GitDirectory, "fsck", "--strict"]);
    }

    [Fact]
    public async Task Anchor_WithARemote_GoesThere()
    {
        using var library = await OpenAsync("one", Url);
        await library.AnchorAsync("row 1", Morning, CancellationToken.None);

        Assert.True(library.HasPlaceForAnchors);
        Assert.Equal("row 1", remote.Git("log", "--format=%B", "refs/policyhub/audit").Trim());
        Assert.Equal("", remote.Git("log", "--format=", "--name-only", "refs/policyhub/audit").Trim());
    }

    [Fact]
    public async Task Anchor_TwoClonesInTurnAndAtOnce_KeepEveryAnchorOnOneLine()
    {
        using var one = await OpenAsync("one", Url);
        using var two = await OpenAsync("two", Url);
        await one.AnchorAsync("row 1", Morning, CancellationToken.None);
        await two.AnchorAsync("row 2", Morning, CancellationToken.None);

        // Two commits beside each other: the first that wrote while the remote was away, and one that came between.
        Directory.Move(remote.Folder, remote.Folder + ".away");
        await Assert.ThrowsAsync<GitException>(() => one.AnchorAsync("row 3", Morning, CancellationToken.None));
        Directory.Move(remote.Folder + ".away", remote.Folder);
        TestRepository.RunGit(null, ["--git-dir=" + one.GitDirectory, "update-ref", "refs/policyhub/audit", Child(one, "row 3")]);
        await two.AnchorAsync("row 4", Morning.AddHours(1), CancellationToken.None);
        await one.AnchorAsync("row 5", Morning.AddHours(2), CancellationToken.None);

        Assert.Equal(["row 1", "row 2", "row 3", "row 4", "row 5"], remote.Git("log", "--format=%s", "refs/policyhub/audit").Trim().Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal("row 5", (await two.ReadAnchorsAsync(CancellationToken.None))[0]);
    }

    [Fact]
    public async Task ReadAnchors_LineHereWasRewritten_StillTellsWhatTheRemoteHolds()
    {
        using var library = await OpenAsync("one", Url);
        await library.AnchorAsync("row 1", Morning, CancellationToken.None);
        TestRepository.RunGit(null, ["--git-dir=" + library.GitDirectory, "update-ref", "-d", "refs/policyhub/audit"]);

        Assert.Equal(["row 1"], await library.ReadAnchorsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Anchor_RepositoryOfSomeoneElse_IsNotWritten()
    {
        using var library = await OpenAsync("one", remote.Folder);
        await Assert.ThrowsAsync<InvalidOperationException>(() => library.AnchorAsync("row 1", Morning, CancellationToken.None));
        Assert.Empty(await library.ReadAnchorsAsync(CancellationToken.None));
    }

    public void Dispose()
    {
        remote.Dispose();
        folder.Dispose();
    }

    private string Url => new Uri(remote.Folder).AbsoluteUri;

    private static string Child(LibraryRepository library, string message)
    {
        var tip = TestRepository.RunGit(null, ["--git-dir=" + library.GitDirectory, "rev-parse", "refs/policyhub/audit"]).Trim();
        return TestRepository.RunGit(null, ["--git-dir=" + library.GitDirectory, "commit-tree", tip + "^{tree}", "-p", tip, "-m", message]).Trim();
    }

    private Task<LibraryRepository> OpenAsync(string data, string? library) => LibrarySource.OpenAsync(
        new LibraryLocation { DataFolder = folder[data], Library = library, StarterFolder = Starter() }, GitSettings.Default, CancellationToken.None);

    private string Starter() => folder.Write("starter/library.yml", "name: Test\n").Write("starter/a.md", "# A\n\nText.\n")["starter"];
}
