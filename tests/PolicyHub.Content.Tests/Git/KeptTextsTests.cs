using System.Text;
using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Git;

public sealed class KeptTextsTests : IDisposable
{
    private readonly TestRepository repository = new();
    private readonly CountingStore git;

    public KeptTextsTests()
    {
        repository.Commit("Start", commit => commit.Write("a", "one").Write("b", "two\nlines\0and a zero").Write("empty", "").Write("big", new string('x', 5000)));
        git = new CountingStore(new BlobStore(new GitProgram(GitSettings.Default), repository.GitDirectory));
    }

    [Fact]
    public async Task Read_AfterKeep_AsksGitForNothing()
    {
        await KeepAsync("a", "b", "empty");
        git.Asked.Clear();

        Assert.Equal(["two\nlines\0and a zero", "", "one", "one"], await ReadAsync("b", "empty", "a", "a"));
        Assert.Empty(git.Asked);
    }

    [Fact]
    public async Task Read_SomeKept_AsksGitForTheRestInOrder()
    {
        await KeepAsync("b");
        git.Asked.Clear();

        Assert.Equal(["one", "two\nlines\0and a zero", ""], await ReadAsync("a", "b", "empty"));
        Assert.Equal([Blob("a"), Blob("empty")], git.Asked);
    }

    [Fact]
    public async Task Read_KeptButLargerThanAsked_IsNull()
    {
        await KeepAsync("a", "b");

        Assert.Equal([null, "one"], Texts(await Open().ReadAsync([Blob("b"), Blob("a")], 3, CancellationToken.None)));
    }

    [Fact]
    public async Task Keep_Again_DropsWhatIsNoLongerWantedAndLeavesOutWhatIsTooLarge()
    {
        await KeepAsync("a", "b");
        await KeepAsync("b", "empty", "big");
        git.Asked.Clear();

        Assert.Equal(["one", "two\nlines\0and a zero", ""], await ReadAsync("a", "b", "empty"));
        Assert.Equal([Blob("a")], git.Asked);
        Assert.DoesNotContain("xxxx", await File.ReadAllTextAsync(CacheFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_SameTexts_WritesNothing()
    {
        await KeepAsync("a", "b");
        var written = File.GetLastWriteTimeUtc(CacheFile);
        File.SetLastWriteTimeUtc(CacheFile, written.AddDays(-1));

        await KeepAsync("b", "a");

        Assert.Equal(written.AddDays(-1), File.GetLastWriteTimeUtc(CacheFile));
    }

    [Fact]
    public async Task Read_NoFileOrThatOfAnotherLibrary_IsTheSameText()
    {
        Assert.Equal(["one", "two\nlines\0and a zero"], await ReadAsync("a", "b"));

        using var other = new TestRepository();
        other.Commit("Start", commit => commit.Write("a", "another"));
        using var store = new BlobStore(new GitProgram(GitSettings.Default), other.GitDirectory);
        await KeptTexts.Open(Data, "key", store).KeepAsync(new HashSet<BlobId> { new(other.Git("rev-parse", "main:a").Trim()) }, 1000, CancellationToken.None);

        Assert.Equal(["one", "two\nlines\0and a zero"], await ReadAsync("a", "b"));
    }

    [Fact]
    public async Task Read_AnyByteChangedOrCutOff_IsTheSameText()
    {
        await KeepAsync("a", "b", "empty");
        var whole = await File.ReadAllBytesAsync(CacheFile);
        for (var index = 0; index < whole.Length; index++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[index] ^= 0x41;
            await File.WriteAllBytesAsync(CacheFile, damaged);
            Assert.Equal(["one", "two\nlines\0and a zero", ""], await ReadAsync("a", "b", "empty"));

            await File.WriteAllBytesAsync(CacheFile, whole[..index]);
            Assert.Equal(["one", "two\nlines\0and a zero", ""], await ReadAsync("a", "b", "empty"));
        }
    }

    [Fact]
    public async Task Keep_OverADamagedFile_MendsIt()
    {
        await KeepAsync("a", "b");
        var whole = await File.ReadAllBytesAsync(CacheFile);
        await File.WriteAllBytesAsync(CacheFile, [.. whole[..^3], .. "???"u8]);

        await KeepAsync("a", "b");

        Assert.Equal(whole, await File.ReadAllBytesAsync(CacheFile));
    }

    [Fact]
    public async Task Read_TamperedText_IsReadFromGit()
    {
        await KeepAsync("a");
        await File.WriteAllTextAsync(CacheFile, (await File.ReadAllTextAsync(CacheFile)).Replace("one", "two", StringComparison.Ordinal));

        Assert.Equal(["one"], await ReadAsync("a"));
    }

    public void Dispose()
    {
        git.Dispose();
        repository.Dispose();
    }

    private string Data => repository.Beside("data");

    private string CacheFile => Path.Combine(Data, "cache", "texts-key.bin");

    private KeptTexts Open() => KeptTexts.Open(Data, "key", git);

    private BlobId Blob(string path) => new(repository.Git("rev-parse", "main:" + path).Trim());

    private Task KeepAsync(params string[] paths) => Open().KeepAsync(paths.Select(Blob).ToHashSet(), 1000, CancellationToken.None);

    private async Task<List<string?>> ReadAsync(params string[] paths) => Texts(await Open().ReadAsync([.. paths.Select(BlobOnce)], 1000, CancellationToken.None));

    private readonly Dictionary<string, BlobId> known = [];

    private BlobId BlobOnce(string path) => known.TryGetValue(path, out var blob) ? blob : known[path] = Blob(path);

    private static List<string?> Texts(IReadOnlyList<byte[]?> texts) => [.. texts.Select(text => text is null ? null : Encoding.UTF8.GetString(text))];

    /// <summary>Remembers what git was asked for.</summary>
    private sealed class CountingStore(BlobStore store) : IBlobStore, IDisposable
    {
        public List<BlobId> Asked { get; } = [];

        public Task<IReadOnlyList<byte[]?>> ReadAsync(IReadOnlyList<BlobId> blobs, int largest, CancellationToken cancellation)
        {
            Asked.AddRange(blobs);
            return store.ReadAsync(blobs, largest, cancellation);
        }

        public Task<IReadOnlyList<long>> SizesAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) => store.SizesAsync(blobs, cancellation);

        public void Dispose() => store.Dispose();
    }
}
