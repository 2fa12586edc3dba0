using PolicyHub.Content.Search;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Editions;

public sealed class EditionBuilderTests
{
    private static readonly LibraryPath Fees = LibraryPath.Parse("fees.md");

    [Fact]
    public async Task Build_BeforeAndAfterItsDay_ShowsTheVersionOfThatDay()
    {
        using var repository = new TestRepository();
        repository
            .Commit("Zone", commit => commit.At("2026-01-01 00:00").Write("library.yml", "timezone: America/Chicago\n"))
            .Commit("First", commit => commit.At("2026-01-02 00:00").Write("fees.md", "# Fees\n\nTen dollars.\n"))
            .Commit("Second", commit => commit.At("2026-01-03 00:00").Write("fees.md", "---\neffective: 2026-03-01\n---\n# Fees\n\nTwelve dollars.\n"));
        using var editions = await TestEdition.OpenAsync(repository);

        var before = await editions.AtAsync("2026-03-01T05:59:59Z");
        var after = await editions.AtAsync("2026-03-01T06:00:00Z", before);

        Assert.Contains("Ten", before.Find(Fees, Reader.Anyone)!.Rendered.Html.Value, StringComparison.Ordinal);
        Assert.Equal(DateTimeOffset.Parse("2026-03-01T06:00Z", System.Globalization.CultureInfo.InvariantCulture), before.NextStart);
        Assert.Equal("2", before.Find(Fees, Reader.Anyone)!.Upcoming!.Value.Version.Label.ToString());
        Assert.Contains("Twelve", after.Find(Fees, Reader.Anyone)!.Rendered.Html.Value, StringComparison.Ordinal);
        Assert.Null(after.NextStart);
    }

    [Fact]
    public async Task Build_PinWhoseTimeIsOver_StandsFirstUntilTheEndOfItsDay()
    {
        using var repository = new TestRepository().Commit("All", commit => commit.At("2026-01-01 00:00")
            .Write("library.yml", "timezone: America/Chicago\n")
            .Write("fees.md", "# Fees\n\nTen dollars.\n")
            .Write("search-pins.yml", "- { ask: zeppelin, find: fees, reason: Because., until: 2026-02-28, owner: lead }\n"));
        using var editions = await TestEdition.OpenAsync(repository);

        var before = await editions.AtAsync("2026-03-01T05:59:59Z");
        var after = await editions.AtAsync("2026-03-01T06:00:00Z", before);

        Assert.Equal(DateTimeOffset.Parse("2026-03-01T06:00Z", System.Globalization.CultureInfo.InvariantCulture), before.NextStart);
        Assert.Equal("Because.", Assert.Single(before.Search(new SearchQuery { Text = "zeppelin" }, Reader.Anyone).Hits).Pinned);
        Assert.Empty(before.Problems);
        Assert.Empty(after.Search(new SearchQuery { Text = "zeppelin" }, Reader.Anyone).Hits);
        Assert.Null(after.NextStart);
        Assert.Equal("pin-ended", Assert.Single(after.Problems).Code);
    }

    [Fact]
    public async Task Build_NewestCannotBeRead_KeepsTheLastGoodAndSaysSo()
    {
        using var repository = new TestRepository();
        repository
            .Commit("First", "fees.md", "---\ntitle: Fees\n---\nTen dollars.\n")
            .Commit("Broken", "fees.md", "---\ntitle: [Fees\n---\nTwelve dollars.\n");
        using var editions = await TestEdition.OpenAsync(repository);

        var edition = await editions.AtAsync("2026-06-01T00:00Z");

        var found = edition.Find(Fees, Reader.Anyone)!;
        Assert.Contains("Ten", found.Rendered.Html.Value, StringComparison.Ordinal);
        Assert.True(found.NewerIsUnreadable);
        var problem = Assert.Single(edition.Problems, problem => problem.File == "fees.md");
        Assert.True(problem.Position.Line is 2 or 3, $"Line {problem.Position.Line}");
    }

    [Fact]
    public async Task Build_OneDocumentChanged_TakesAllOthersFromTheEditionBefore()
    {
        using var repository = new TestRepository();
        repository.Commit("First", commit => commit.Write("a.md", "# A\n\nOne.\n").Write("b.md", "# B\n\nOne.\n"));
        using var editions = await TestEdition.OpenAsync(repository);
        var first = await editions.AtAsync("2026-06-01T00:00Z");
        repository.Commit("Second", "a.md", "# A\n\nTwo.\n").Flush();

        var second = await editions.AtAsync("2026-06-02T00:00Z", first);

        Assert.Same(first.Find(LibraryPath.Parse("b.md"), Reader.Anyone)!.Rendered, second.Find(LibraryPath.Parse("b.md"), Reader.Anyone)!.Rendered);
        Assert.Contains("Two", second.Find(LibraryPath.Parse("a.md"), Reader.Anyone)!.Rendered.Html.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_AccessOfDocumentOrFolder_HidesItFromEveryLookUp()
    {
        using var repository = new TestRepository();
        repository.Commit("First", commit => commit
            .Write("library.yml", "access:\n  inside: leads\n")
            .Write("open.md", "# Open\n\n[secret](inside/secret.md) [own](own.md)\n")
            .Write("inside/secret.md", "---\nid: S-1\n---\n# Zebra\n\n[open](../open.md)\n")
            .Write("own.md", "---\naccess: managers\n---\n# Own\n"));
        using var editions = await TestEdition.OpenAsync(repository);

        var edition = await editions.AtAsync("2026-06-01T00:00Z");

        var leads = new Reader(["leads"]);
        Assert.Equal(["Open"], edition.Documents(Reader.Anyone).Select(document => document.Title));
        Assert.Equal(["Open", "Zebra"], edition.Documents(leads).Select(document => document.Title));
        Assert.Null(edition.FindById("S-1", Reader.Anyone));
        Assert.NotNull(edition.FindById("s-1", leads));
        Assert.Empty(edition.LinksTo(edition.Find(LibraryPath.Parse("open.md"), Reader.Anyone)!, Reader.Anyone));
        Assert.Single(edition.LinksTo(edition.Find(LibraryPath.Parse("open.md"), leads)!, leads));
        Assert.Empty(edition.Search(new Content.Search.SearchQuery { Text = "zebra" }, Reader.Anyone).Hits);
        Assert.Single(edition.Search(new Content.Search.SearchQuery { Text = "zebra" }, leads).Hits);
    }

    [Fact]
    public async Task Build_RenamedDocument_IsFoundByItsOldPathAndRedirects()
    {
        using var repository = new TestRepository();
        repository
            .Commit("First", "old/penalties.md", "---\nredirect_from: [/pages/late-fee/]\n---\n# Fees\n\nA text that stays the same, long enough to be known again.\n")
            .Commit("Move", commit => commit.Move("old/penalties.md", "fees.md"));
        using var editions = await TestEdition.OpenAsync(repository);

        var edition = await editions.AtAsync("2026-06-01T00:00Z");

        Assert.Equal(Fees, edition.FindRedirect("old/penalties", Reader.Anyone)!.Path);
        Assert.Equal(Fees, edition.FindRedirect("/pages/late-fee/", Reader.Anyone)!.Path);
        Assert.Null(edition.FindRedirect("fees-that-never-were", Reader.Anyone));
        Assert.Single(edition.Find(Fees, Reader.Anyone)!.History.Versions);
    }

    [Fact]
    public async Task Build_RescindedByDateOrByDeletion_IsGone()
    {
        using var repository = new TestRepository();
        repository
            .Commit("First", commit => commit.At("2026-01-02 00:00").Write("fees.md", "---\nrescinded: 2026-03-01\nreason: Merged\n---\n# Fees\n").Write("other.md", "# Other\n"))
            .Commit("Delete", commit => commit.At("2026-02-01 00:00").Delete("other.md"));
        using var editions = await TestEdition.OpenAsync(repository);

        var february = await editions.AtAsync("2026-02-15T00:00Z");
        var march = await editions.AtAsync("2026-03-01T00:00Z");

        Assert.Equal(["Fees"], february.Documents(Reader.Anyone).Select(document => document.Title));
        Assert.NotNull(february.Find(Fees, Reader.Anyone)!.RescindedAt);
        Assert.Empty(march.Documents(Reader.Anyone));
    }

    [Fact]
    public async Task Build_FileWithEffectiveTrailer_WaitsForItsDay()
    {
        using var repository = new TestRepository();
        repository
            .Commit("First", commit => commit.At("2026-01-02 00:00").Write("form.pdf", "old"))
            .Commit("New form\n\nEffective: 2026-03-01T00:00:00-06:00\n", commit => commit.At("2026-01-03 00:00").Write("form.pdf", "new"));
        using var editions = await TestEdition.OpenAsync(repository);

        var before = await editions.AtAsync("2026-03-01T05:59Z");
        var after = await editions.AtAsync("2026-03-01T06:00Z");

        Assert.NotEqual(before.FindFile(LibraryPath.Parse("form.pdf")), after.FindFile(LibraryPath.Parse("form.pdf")));
    }

    [Fact]
    public async Task Build_LibraryWithNothingOfOurs_ListsSearchesAndChecks()
    {
        using var repository = new TestRepository();
        repository.Commit("First", commit => commit.Write("README.md", "Hello\n=====\n\nWelcome.\n").Write("docs/how to.md", "Text only.\n"));
        using var editions = await TestEdition.OpenAsync(repository);

        var edition = await editions.AtAsync("2026-06-01T00:00Z");

        Assert.Equal(["Hello", "How to"], edition.Documents(Reader.Anyone).Select(document => document.Title).Order());
        Assert.DoesNotContain(edition.Problems, problem => problem.Severity == Content.Problems.Severity.Error);
        Assert.Single(edition.Search(new Content.Search.SearchQuery { Text = "welc" }, Reader.Anyone).Hits);
    }
}
