using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Catalogue;

public sealed class HostileRepositoryTests
{
    [Fact]
    public async Task Build_LinksSubmodulesAndUnusableNames_AreLeftOutAndReported()
    {
        using var repository = new TestRepository();
        repository.Commit("Start", commit => commit
            .Write("good.md", "text")
            .Link("link.md", "/etc/passwd")
            .Submodule("module", "1234567890123456789012345678901234567890")
            .WriteQuoted("bad\\377name.md", "text")
            .WriteQuoted("line\\nbreak.md", "text")
            .WriteQuoted("back\\\\slash.md", "text"));

        var catalogue = await repository.BuildAsync();

        Assert.Equal("good.md", Assert.Single(catalogue.Documents).Path.Value);
        Assert.Empty(catalogue.Files);
        Assert.Equal(
            ["back\\slash.md", "bad\uFFFDname.md", "line\uFFFDbreak.md", "link.md", "module"],
            catalogue.Problems.Where(problem => problem.Code == "not-served").Select(problem => problem.File));

        repository.Commit("Clean", commit => commit.Delete("module").Write("link.md", "now a text"));
        var cleaned = await repository.BuildAsync(catalogue);
        Assert.Equal(["good.md", "link.md"], cleaned.Documents.Select(document => document.Path.Value));
        Assert.Equal(3, cleaned.Problems.Length);
        Assert.Equal(CatalogueText.Of(await repository.BuildAsync()), CatalogueText.Of(cleaned));
    }

    [Fact]
    public async Task Build_DocumentReplacedByALink_IsRescinded()
    {
        using var repository = new TestRepository();
        repository.Commit("Start", "a.md", "text").Commit("Link", commit => commit.Link("a.md", "b.md"));

        Assert.Equal("1 2-", CatalogueText.Labels(Assert.Single((await repository.BuildAsync()).Documents)));
    }

    [Fact]
    public async Task Build_PathsThatDifferInCase_AreTwoDocumentsAndReported()
    {
        using var repository = new TestRepository();
        repository.Commit("Start", commit => commit.Write("Guide.md", "one").Write("guide.md", "two"));

        var catalogue = await repository.BuildAsync();

        Assert.Equal(2, catalogue.Documents.Length);
        Assert.Equal(("path-case", "guide.md"), (catalogue.Problems[0].Code, catalogue.Problems[0].File));
    }

    [Fact]
    public async Task Build_HugeTextAndHugeFile_AreVersionsWithoutFields()
    {
        using var repository = new TestRepository();
        var huge = "---\nid: HUGE\n---\n" + new string('x', 10 * 1024 * 1024);
        repository.Commit("Start", commit => commit.Write("huge.md", huge).Write("huge.bin", huge).Write("small.md", "---\nid: SMALL\n---\n"));

        var catalogue = await repository.BuildAsync();

        Assert.Equal([null, "SMALL"], catalogue.Documents.Select(document => document.Id).Order(StringComparer.Ordinal));
        Assert.Single(catalogue.Files);
    }

    [Fact]
    public async Task Build_ReplaceObjectsAndGrafts_ChangeNothing()
    {
        using var repository = new TestRepository();
        repository.Commit("One", "a.md", "1").Commit("Two", "a.md", "2").Commit("Three", "a.md", "3");
        var before = CatalogueText.Of(await repository.BuildAsync());

        repository.Git("replace", "--graft", repository.Head().Hex);
        Directory.CreateDirectory(Path.Combine(repository.GitDirectory, "info"));
        await File.WriteAllTextAsync(Path.Combine(repository.GitDirectory, "info", "grafts"), repository.Head().Hex + "\n");

        Assert.Equal(before, CatalogueText.Of(await repository.BuildAsync()));
    }

    [Fact]
    public async Task Build_ConfigurationThatWouldChangeTheLog_ChangesNothing()
    {
        using var repository = new TestRepository();
        repository
            .Commit("One", commit => commit.Write("a.md", "one\ntwo\nthree\nfour\n").Write(".mailmap", "Other <other@x> <ann@riverton.example>"))
            .Commit("Two", commit => commit.Move("a.md", "b.md"));
        var before = CatalogueText.Of(await repository.BuildAsync());
        var trap = repository.Beside("trap");

        foreach (var (key, value) in new[]
        {
            ("diff.renames", "false"), ("log.showRoot", "false"), ("log.diffMerges", "off"), ("diff.external", $"touch {trap}"),
            ("core.fsmonitor", $"touch {trap}"), ("core.pager", $"touch {trap}"), ("log.showSignature", "true"), ("gpg.program", $"touch {trap}"),
            ("i18n.logOutputEncoding", "ISO-8859-1"), ("format.pretty", "oneline"), ("diff.relative", "true"), ("log.follow", "true"), ("core.quotePath", "true"),
            ("diff.orderFile", "/nonexistent"), ("log.date", "relative"), ("color.ui", "always"), ("diff.noprefix", "true"),
        })
        {
            repository.Git("config", key, value);
        }

        Assert.Equal(before, CatalogueText.Of(await repository.BuildAsync()));
        Assert.False(File.Exists(trap));
    }

    [Fact]
    public async Task Build_MessagesWithAnything_AreRead()
    {
        using var repository = new TestRepository();
        repository
            .Commit("", commit => commit.Write("a.md", "1").By("", "x@y"))
            .Commit("\u0001:100644 100644 M\n\n\n\n", "a.md", "2")
            .Commit("Key: value", "a.md", "3")
            .Commit("Ünïcödé\n\nNot: a trailer\nas this line is none", "a.md", "4");

        var versions = Assert.Single((await repository.BuildAsync()).Documents).Versions;

        Assert.Equal(["", "\u0001:100644 100644 M", "Key: value", "Ünïcödé"], versions.Select(version => version.Commit.Subject));
        Assert.All(versions, version => Assert.Empty(version.Commit.Trailers));
    }
}
