using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Git;

/// <summary>Objects, their names and what they say, held against git's own word.</summary>
public sealed class GitObjectTests
{
    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task Read_EveryObject_IsWhatGitSays(string format)
    {
        using var repository = Sample(format);
        using var library = await OpenAsync(repository);
        using var objects = new GitObjects(library);
        var all = repository.Git("cat-file", "--batch-check=%(objectname) %(objecttype)", "--batch-all-objects").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.True(all.Length > 6);
        foreach (var line in all)
        {
            var (id, type) = (line.Split(' ')[0], line.Split(' ')[1]);
            var read = await objects.ReadAsync(id, CancellationToken.None);

            Assert.Equal((id, type), (read!.Id, read.Type));
            Assert.Equal(id, GitObjectText.NameOf(format, type, read.Content));
            if (type == "tree")
            {
                Assert.Equal(
                    repository.Git("ls-tree", "-z", id).Split('\0', StringSplitOptions.RemoveEmptyEntries),
                    GitObjectText.ReadTree(read.Content, format)!.Value.Select(entry =>
                        $"{entry.Mode.PadLeft(6, '0')} {(entry.IsFolder ? "tree" : entry.Mode == "160000" ? "commit" : "blob")} {entry.Id}\t{entry.Name}"));
            }
            else if (type == "commit")
            {
                var header = GitObjectText.ReadCommit(read.Content)!;
                Assert.Equal(
                    repository.Git("show", "--no-patch", "--format=%T %P %ct", id).Trim(),
                    $"{header.Tree} {string.Join(' ', header.Parents)} {header.Committed!.Value.ToUnixTimeSeconds()}");
            }
        }
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000")]
    [InlineData("HEAD")]
    [InlineData("main:a.md\ninfo HEAD")]
    public async Task Read_WhatIsNoObject_IsNothing(string name)
    {
        using var repository = Sample("sha1");
        using var library = await OpenAsync(repository);
        using var objects = new GitObjects(library);

        Assert.Null(await objects.ReadAsync(name, CancellationToken.None));
        Assert.NotNull(await objects.ReadAsync(repository.Head().Hex, CancellationToken.None));
    }

    [Fact]
    public void ReadTree_AnyBytes_NeverThrows()
    {
        var random = new Random(LongRun.Seed);
        var read = 0;
        for (var count = 0; count < LongRun.Count(20_000, 1_000_000); count++)
        {
            var bytes = new byte[random.Next(80)];
            random.NextBytes(bytes);
            var start = "100644 a\0"u8[..Math.Min(bytes.Length, random.Next(10))];
            start.CopyTo(bytes);
            read += GitObjectText.ReadTree(bytes, count % 2 == 0 ? "sha1" : "sha256") is { Length: > 0 } ? 1 : 0;
            _ = GitObjectText.ReadCommit(bytes);
        }

        Assert.True(read > 0, "No bytes were a tree, so little was tried.");
    }

    [Fact]
    public async Task Diff_TwoTexts_IsWhatGitWrites_WhateverTheConfiguration()
    {
        using var repository = Sample("sha1");
        var expected = repository.Git("diff", "--full-index", "main~1:a.md", "main:Ä b.md");
        foreach (var (key, value) in new[] { ("diff.noprefix", "true"), ("diff.context", "0"), ("diff.algorithm", "histogram"), ("color.ui", "always"), ("diff.external", "/bin/false"), ("core.quotePath", "false"), ("diff.suppressBlankEmpty", "true") })
        {
            repository.Git("config", key, value);
        }

        using var library = await OpenAsync(repository);
        var diff = await TextDiff.ReadAsync(library, (new CommitId(repository.Git("rev-parse", "main~1").Trim()), "a.md"), (repository.Head(), "Ä b.md"), CancellationToken.None);

        Assert.Contains("\n \n", expected, StringComparison.Ordinal);
        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(diff!));
    }

    private static TestRepository Sample(string format) => new TestRepository(format: format)
        .Commit("First", commit => commit.Write("a.md", "# A\n\nOne.\n\nTwo.\n").Write("b/c/d.md", "# D\n").Executable("b/run.sh", "#!/bin/sh\n").Link("b/link.md", "../a.md"))
        .Branch("side").Commit("Side", commit => commit.Write("s.md", "# S\n"), "side")
        .Commit("Second", commit => commit.Write("é ü.md", "# Ü\n").Submodule("sub", new string('1', format == "sha256" ? 64 : 40)))
        .Merge("Merge", "side", change: commit => commit.Move("a.md", "Ä b.md").Write("Ä b.md", "# A\n\nOne.\n\nThree.\n"))
        .Flush();

    private static Task<LibraryRepository> OpenAsync(TestRepository repository) =>
        LibrarySource.OpenCopyAsync(repository.Folder, null, "", repository.Beside("scratch"), GitSettings.Default, CancellationToken.None);
}
