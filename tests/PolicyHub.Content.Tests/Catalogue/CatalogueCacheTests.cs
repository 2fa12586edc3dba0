using PolicyHub.Content.Catalogue;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Catalogue;

public sealed class CatalogueCacheTests : IDisposable
{
    private readonly TestRepository repository = new();

    [Fact]
    public async Task Load_AfterSave_IsTheSameCatalogue()
    {
        var catalogue = await BuildAsync();

        var loaded = CatalogueCache.Load(Data, "key");

        Assert.Equal(CatalogueText.Of(catalogue), CatalogueText.Of(loaded!));
        Assert.Single(Directory.GetFiles(Path.Combine(Data, "cache")));
    }

    [Fact]
    public async Task Load_OtherKeyOrNoFile_IsNothing()
    {
        await BuildAsync();
        File.Copy(CacheFile, Path.Combine(Data, "cache", "catalogue-other.bin"));

        Assert.Null(CatalogueCache.Load(Data, "other"));
        Assert.Null(CatalogueCache.Load(Data, "none"));
        Assert.Null(CatalogueCache.Load(repository.Beside("nowhere"), "key"));
    }

    [Fact]
    public async Task Load_AnyByteChangedOrCutOff_IsNothing()
    {
        await BuildAsync();
        var whole = await File.ReadAllBytesAsync(CacheFile);
        for (var index = 0; index < whole.Length; index += 7)
        {
            var damaged = (byte[])whole.Clone();
            damaged[index] ^= 0x41;
            await File.WriteAllBytesAsync(CacheFile, damaged);
            Assert.Null(CatalogueCache.Load(Data, "key"));

            await File.WriteAllBytesAsync(CacheFile, whole[..index]);
            Assert.Null(CatalogueCache.Load(Data, "key"));
        }
    }

    public void Dispose() => repository.Dispose();

    private string Data => repository.Beside("data");

    private string CacheFile => Path.Combine(Data, "cache", "catalogue-key.bin");

    private async Task<LibraryCatalogue> BuildAsync()
    {
        repository
            .Commit("Start\n\nA body.\n\nEffective: 2026-12-01", commit => commit
                .Write("a.md", "---\nid: A\neffective: 2026-12-01T08:00:00-06:00\nrescinded: 2030-01-01 09:00\n---\n").Write("b.md", "---\nid: A\n---\n").Write("x.svg", "<svg/>"))
            .Commit("Move", commit => commit.Move("a.md", "c.md").Delete("x.svg").Link("l.md", "c.md"));
        var catalogue = await repository.BuildAsync();
        CatalogueCache.Save(Data, "key", catalogue);
        return catalogue;
    }
}
