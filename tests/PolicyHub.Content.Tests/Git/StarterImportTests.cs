using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Git;

public sealed class StarterImportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public StarterImportTests() => folder
        .Write("content/policies/late-fees.md", "today's fees\n")
        .Write("content/policies/new-name.md", "a text that moved\n")
        .Write("content/policies/towing.md", "towing today\n")
        .Write("content/library.yml", "name: Riverton\n")
        .Write("content/img/wei\"rd é.svg", "<svg/>")
        .Write("content/.hidden/secret.md", "no")
        .Write("content/.env", "no")
        .Write("content/.history/01/commit.yml", "author: Ruth Alvarez <ruth@riverton.example>\ndate: 2024-03-01T09:00:00-06:00\nmessage: |\n  Start\n\n  With a body.\n")
        .Write("content/.history/01/policies/late-fees.md", "first fees\n")
        .Write("content/.history/01/policies/old-name.md", "a text that moved\n")
        .Write("content/.history/01/policies/gone.md", "rescinded\n")
        .Write("content/.history/02/commit.yml", "author: Dana Osei <dana@riverton.example>\ndate: 2025-01-01T09:00:00Z\nmessage: Move\nmove: [{from: policies/old-name.md, to: policies/new-name.md}]\ndelete: [policies/gone.md]\ntoday: [policies/late-fees.md]\n")
        .Write("content/.history/03/commit.yml", "author: Dana Osei <dana@riverton.example>\ndate: 2026-01-01T09:00:00Z\nmessage: All\ntoday: ['**']\n")
        .Write("content/.history/04/commit.yml", "author: Dana Osei <dana@riverton.example>\ndate: 2026-02-01T09:00:00Z\nmessage: To come\n")
        .Write("content/.history/04/policies/towing.md", "---\neffective: 2030-01-01\n---\ntowing to come\n");

    [Fact]
    public async Task Open_FirstStart_PlaysTheHistoryInOrder()
    {
        using var library = await OpenAsync("data");

        Assert.Equal(
            ["To come|Dana Osei|2026-02-01T09:00:00+00:00", "All|Dana Osei|2026-01-01T09:00:00+00:00", "Move|Dana Osei|2025-01-01T09:00:00+00:00", "Start|Ruth Alvarez|2024-03-01T09:00:00-06:00"],
            Lines("log", "--format=%s|%an|%cI"));
        Assert.Equal(["policies/gone.md", "policies/late-fees.md", "policies/old-name.md"], Lines("ls-tree", "-r", "--name-only", "main~3"));
        Assert.Equal(["policies/late-fees.md", "policies/new-name.md"], Lines("ls-tree", "-r", "--name-only", "main~2"));
        Assert.Equal(["img/wei\"rd é.svg", "library.yml", "policies/late-fees.md", "policies/new-name.md", "policies/towing.md"], LinesOf("ls-tree", "-rz", "--name-only", "main"));
        Assert.Equal(["today's fees"], Lines("show", "main~2:policies/late-fees.md"));
        Assert.Contains("towing to come", Lines("show", "main:policies/towing.md"));
        Assert.Equal(["towing today"], Lines("show", "main~1:policies/towing.md"));
        Assert.All(Lines("ls-tree", "-r", "--format=%(objectmode)", "main"), mode => Assert.Equal("100644", mode));
        Assert.Equal(["refs/heads/main"], Lines("for-each-ref", "--format=%(refname)"));
        Lines("fsck", "--strict");
    }

    [Fact]
    public async Task Open_SameContentElsewhere_GivesTheSameHashes()
    {
        using var first = await OpenAsync("data");
        using var second = await OpenAsync("other-data");

        Assert.Equal(await first.ReadHeadAsync(CancellationToken.None), await second.ReadHeadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Open_LaterRelease_TouchesNothing()
    {
        using var first = await OpenAsync("data");
        var head = await first.ReadHeadAsync(CancellationToken.None);
        folder.Write("content/policies/late-fees.md", "a later release");

        using var second = await OpenAsync("data");
        Assert.Equal(head, await second.ReadHeadAsync(CancellationToken.None));

        Directory.Delete(folder["content"], recursive: true);
        using var third = await OpenAsync("data");
        Assert.Equal(head, await third.ReadHeadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Open_WithoutHistoryFolder_IsOneCommit()
    {
        Directory.Delete(folder["content/.history"], recursive: true);

        using var library = await OpenAsync("data");

        Assert.Equal(["Add the starter library"], Lines("log", "--format=%s"));
        Assert.Equal(5, LinesOf("ls-tree", "-rz", "--name-only", "main").Length);
    }

    [Theory]
    [InlineData("", "is not a list of fields")]
    [InlineData("author: X\n", "author is not")]
    [InlineData("author: A <a@x>\ndate: yesterday\nmessage: x", "date is not like")]
    [InlineData("author: A <a@x>\ndate: 2024-01-01T00:00:00Z\n", "message is missing")]
    [InlineData("author: A <a@x>\ndate: 2024-01-01T00:00:00Z\nmessage: x\ndelete: [nothing.md]\n", "cannot be deleted")]
    [InlineData("author: A <a@x>\ndate: 2024-01-01T00:00:00Z\nmessage: x\nmove: [{from: a.md, to: b.md}]\n", "cannot be moved")]
    [InlineData("author: A <a@x>\ndate: 2024-01-01T00:00:00Z\nmessage: x\ndelete: [../../etc/passwd]\n", "not a path inside")]
    [InlineData("author: [", "cannot be read")]
    public async Task Open_StepThatCannotBePlayed_NamesTheFileAndLeavesNothing(string step, string part)
    {
        folder.Write("content/.history/01/commit.yml", step);

        var failure = await Assert.ThrowsAsync<GitException>(() => OpenAsync("data"));

        Assert.Contains("01" + Path.DirectorySeparatorChar + "commit.yml", failure.Message, StringComparison.Ordinal);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(folder["data"]));
    }

    [Fact]
    public async Task Open_EmptyOrMissingStarterFolder_SaysSo()
    {
        Directory.Delete(folder["content"], recursive: true);
        Assert.Contains("does not exist", (await Assert.ThrowsAsync<GitException>(() => OpenAsync("data"))).Message, StringComparison.Ordinal);

        Directory.CreateDirectory(folder["content"]);
        Assert.Contains("holds no file", (await Assert.ThrowsAsync<GitException>(() => OpenAsync("data"))).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// What a killed process leaves is made by a git that copies its work aside, as no one tidies up after a kill, and dies: before the import,
    /// after so many bytes of it, and after all of it, just before the rename.
    /// </summary>
    [Theory]
    [InlineData("cp -r \"$repo\" \"$left\"; kill -9 $$")]
    [InlineData("head -c 100 | \"$git\" \"$@\"; cp -r \"$repo\" \"$left\"; kill -9 $$")]
    [InlineData("head -c 900 | \"$git\" \"$@\"; cp -r \"$repo\" \"$left\"; kill -9 $$")]
    [InlineData("head -c 1500 | \"$git\" \"$@\"; cp -r \"$repo\" \"$left\"; kill -9 $$")]
    [InlineData("\"$git\" \"$@\"; cp -r \"$repo\" \"$left\"; kill -9 $$")]
    public async Task Open_KilledDuringTheImport_StartsAgainWholly(string death)
    {
        var program = folder.Script(
            "git", $"git=git; for a in \"$@\"; do case \"$a\" in --git-dir=*) repo=\"${{a#--git-dir=}}\";; fast-import) import=1;; esac; done\nleft=\"{folder["data/library.git.unfinished-killed"]}\"\nif [ -n \"$import\" ]; then {death}; fi\nexec git \"$@\"\n");
        await Assert.ThrowsAsync<GitException>(() => OpenAsync("data", program));
        Assert.Equal([folder["data/library.git.unfinished-killed"]], Directory.GetDirectories(folder["data"]));

        using var library = await OpenAsync("data");
        using var undisturbed = await OpenAsync("other-data");

        Assert.Equal(await undisturbed.ReadHeadAsync(CancellationToken.None), await library.ReadHeadAsync(CancellationToken.None));
        Assert.Equal([folder["data/library.git"]], Directory.GetDirectories(folder["data"]));
    }

    [Fact]
    public async Task Open_TwoAtOnce_BothServeTheSame()
    {
        var libraries = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => OpenAsync("other-data"))));

        foreach (var library in libraries)
        {
            Assert.Equal(await libraries[0].ReadHeadAsync(CancellationToken.None), await library.ReadHeadAsync(CancellationToken.None));
            library.Dispose();
        }
    }

    public void Dispose() => folder.Dispose();

    private Task<LibraryRepository> OpenAsync(string data, string executable = "git") => LibrarySource.OpenAsync(
        new LibraryLocation { DataFolder = folder[data], StarterFolder = folder["content"] }, new GitSettings { Executable = executable }, CancellationToken.None);

    private string[] Lines(params string[] arguments) => Run(arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private string[] LinesOf(params string[] arguments) => Run(arguments).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private string Run(string[] arguments) => TestRepository.RunGit(null, ["--git-dir=" + folder["data/library.git"], .. arguments]);
}
