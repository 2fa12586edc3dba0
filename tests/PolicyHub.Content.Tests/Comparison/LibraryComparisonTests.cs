using PolicyHub.Content.Comparison;
using PolicyHub.Content.Tests.Editions;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Comparison;

public sealed class LibraryComparisonTests
{
    [Fact]
    public async Task Of_TwoDates_SaysWhatBeganChangedMovedAndEnded()
    {
        using var repository = new TestRepository()
            .Commit("All", commit => commit.At("2026-01-01 00:00").Write("a.md", "# A\n").Write("b.md", "# B\n").Write("c.md", "# C\n").Write("d.md", "# D\n").Write("e.png", "1"))
            .Commit("Later", commit => commit.At("2026-02-01 00:00").Write("a.md", "# A2\n").Delete("b.md").Delete("c.md").Write("moved/c.md", "# C\n").Write("f.md", "# F\n").Write("e.png", "2"));
        using var editions = await TestEdition.OpenAsync(repository);
        var (old, fresh) = (await editions.AtAsync("2026-01-15T00:00Z"), await editions.AtAsync("2026-02-15T00:00Z"));

        var comparison = LibraryComparison.Of(old, fresh, fresh, Reader.Anyone);

        Assert.Equal(
            ["Changed a.md a.md", "Ended b.md ", "Moved c.md moved/c.md", "Began  f.md"],
            comparison.Documents.Select(change => $"{change.Kind} {change.Before?.Path} {change.After?.Path}"));
        Assert.Equal([new FileChange(LibraryChangeKind.Changed, LibraryPath.Parse("e.png"))], comparison.Files);
        Assert.Equal(1, comparison.Unchanged);
        Assert.True(comparison.Documents[0].IsRenamed);
    }

    [Fact]
    public async Task Of_SameEdition_SaysNothing()
    {
        using var repository = new TestRepository().Commit("All", "a.md", "# A\n");
        using var editions = await TestEdition.OpenAsync(repository);
        var edition = await editions.AtAsync("2026-06-01T00:00Z");

        Assert.True(LibraryComparison.Of(edition, edition, edition, Reader.Anyone).IsSame);
    }

    [Fact]
    public async Task Of_DocumentRestrictedToday_IsNotNamedForOthers()
    {
        using var repository = new TestRepository()
            .Commit("All", commit => commit.At("2026-01-01 00:00").Write("pay.md", "# Pay\n").Write("b.md", "# B\n"))
            .Commit("More", commit => commit.At("2026-02-01 00:00").Write("pay.md", "# Pay, more\n").Write("secret/x.png", "1"))
            .Commit("Closed", commit => commit.At("2026-03-01 00:00").Write("library.yml", "access: { secret: hr }\n").Write("pay.md", "---\naccess: hr\n---\n# Pay\n"));
        using var editions = await TestEdition.OpenAsync(repository);
        var (old, fresh, today) = (await editions.AtAsync("2026-01-15T00:00Z"), await editions.AtAsync("2026-02-15T00:00Z"), await editions.AtAsync("2026-06-01T00:00Z"));

        Assert.True(LibraryComparison.Of(old, fresh, today, Reader.Anyone).IsSame);
        Assert.False(LibraryComparison.Of(old, fresh, today, new Reader(["hr"])).IsSame);
    }
}
