using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Catalogue;

public sealed class CatalogueBuilderTests
{
    [Fact]
    public async Task Build_TwoEditsOfOneFile_AreTwoMaterialVersions()
    {
        using var repository = new TestRepository();
        repository
            .Commit("Start\n\nWith a reason.\nIn two lines.", commit => commit.Write("a.md", "One").By("Ben", "ben@x.example").At("2026-03-03 09:00"))
            .Commit("Change", "a.md", "Two");

        var catalogue = await repository.BuildAsync();

        var document = Assert.Single(catalogue.Documents);
        Assert.Equal("1 2", CatalogueText.Labels(document));
        var first = document.Versions[0].Commit;
        Assert.Equal(("Ben", "ben@x.example", "Start", "With a reason.\nIn two lines."), (first.Author, first.AuthorMail, first.Subject, first.Body));
        Assert.Equal(CatalogueTestExtensions.Utc(2026, 3, 3, 9), first.Published);
        Assert.Equal(repository.Head(), catalogue.Head);
        Assert.Equal(2, catalogue.CommitCount);
    }

    [Fact]
    public async Task Build_MinorTrailer_CountsBehindThePoint()
    {
        using var repository = new TestRepository();
        repository
            .Commit("Start", commit => commit.Write("a.md", "1").Write("b.md", "1"))
            .Commit("Both\n\nChange: minor a.md", commit => commit.Write("a.md", "2").Write("b.md", "2"))
            .Commit("Spelling\n\nProposal: 7\nChange: minor a.md\nChange: minor b.md", commit => commit.Write("a.md", "3").Write("b.md", "3"))
            .Commit("Real", "a.md", "4");

        var catalogue = await repository.BuildAsync();

        Assert.Equal("1 1.1 1.2 2", CatalogueText.Labels(catalogue.Documents[0]));
        Assert.Equal("1 2 2.1", CatalogueText.Labels(catalogue.Documents[1]));
        Assert.Contains(new Trailer("Proposal", "7"), catalogue.Documents[0].Versions[2].Commit.Trailers);
    }

    [Fact]
    public async Task Build_PureRenameAndModeChange_AreNoVersions()
    {
        using var repository = new TestRepository();
        repository
            .Commit("Start", "old/a.md", "Text that stays")
            .Commit("Move", commit => commit.Move("old/a.md", "new/a.md"))
            .Commit("Mode", commit => commit.Executable("new/a.md", "Text that stays"));

        var document = Assert.Single((await repository.BuildAsync()).Documents);

        Assert.Equal("1", CatalogueText.Labels(document));
        Assert.Equal("old/a.md new/a.md", CatalogueText.Paths(document));
        Assert.Equal("Move", document.Paths[1].Commit.Subject);
    }

    [Fact]
    public async Task Build_RenameWithEdit_IsOneDocumentWithAVersion()
    {
        using var repository = new TestRepository();
        repository
            .Commit("Start", "a.md", "one\ntwo\nthree\nfour\nfive\nsix\n")
            .Commit("Move", commit => commit.Move("a.md", "b.md").Write("b.md", "one\ntwo\nthree\nfour\nfive\nseven\n"));

        var document = Assert.Single((await repository.BuildAsync()).Documents);

        Assert.Equal("1 2", CatalogueText.Labels(document));
        Assert.Equal("a.md", document.Versions[0].Path.Value);
        Assert.Equal("b.md", document.Versions[1].Path.Value);
    }

    [Fact]
    public async Task Build_RewrittenUnderTheSameIdElsewhere_IsTheSameDocument()
    {
        using var repository = new TestRepository();
        repository
            .Commit("Start", "a.md", "---\nid: UB-1\n---\nOnce upon a time")
            .Commit("Rewrite", commit => commit.Delete("a.md").Write("z/b.md", "---\nid: ub-1 # kept\n---\nNothing alike, at all, in any of these many words."));

        var document = Assert.Single((await repository.BuildAsync()).Documents);

        Assert.Equal("UB-1", document.Id);
        Assert.Equal("a.md z/b.md", CatalogueText.Paths(document));
    }

    [Fact]
    public async Task Build_TwoFilesSwapped_FollowTheirIds()
    {
        using var repository = new TestRepository();
        repository
            .Commit("Start", commit => commit.Write("a.md", "---\nid: A\n---\none").Write("b.md", "---\nid: B\n---\ntwo"))
            .Commit("Swap", commit => commit.Write("a.md", "---\nid: B\n---\ntwo").Write("b.md", "---\nid: A\n---\none"));

        var catalogue = await repository.BuildAsync();

        Assert.Equal(["A", "B"], catalogue.Documents.Select(document => document.Id));
        Assert.Equal(["a.md b.md", "b.md a.md"], catalogue.Documents.Select(CatalogueText.Paths));
        Assert.Equal(["1", "1"], catalogue.Documents.Select(CatalogueText.Labels));
        Assert.Empty(catalogue.Problems);
    }

    [Fact]
    public async Task Build_IdBeatsGitsRename_WhenTheNumberDiffers()
    {
        using var repository = new TestRepository();
        const string body = "the very same long text\nin several lines\nof which most\nstay as they are\n";
        repository
            .Commit("Start", "a.md", $"---\nid: A\n---\n{body}")
            .Commit("Move", commit => commit.Delete("a.md").Write("b.md", $"---\nid: B\n---\n{body}"));

        var catalogue = await repository.BuildAsync();

        Assert.Equal(["1 2-", "1"], catalogue.Documents.Select(CatalogueText.Labels));
    }

    [Fact]
    public async Task Build_IdGainedLater_BelongsToTheWholeLife()
    {
        using var repository = new TestRepository();
        repository
            .Commit("Start", "a.md", "one")
            .Commit("Number", "a.md", "---\nid: A-1\n---\none")
            .Commit("Lost again", "a.md", "one");

        var document = Assert.Single((await repository.BuildAsync()).Documents);

        Assert.Equal("A-1", document.Id);
        Assert.Equal("1 2 3", CatalogueText.Labels(document));
    }

    [Fact]
    public async Task Build_TwoWithOneId_TheFirstKeepsItAndTheOtherIsReported()
    {
        using var repository = new TestRepository();
        repository
            .Commit("Start", "z.md", "---\nid: A-1\n---\none")
            .Commit("Copy", "b.md", "---\nid: A-1\n---\nsomething else")
            .Commit("Edit", "b.md", "---\nid: A-1\n---\nsomething else again");

        var catalogue = await repository.BuildAsync();

        Assert.Equal("A-1", catalogue.Documents[0].Id);
        Assert.Null(catalogue.Documents[1].Id);
        var problem = Assert.Single(catalogue.Problems);
        Assert.Equal(("id-of-another", "b.md"), (problem.Code, problem.File));

        repository.Commit("Mend", "b.md", "---\nid: A-2\n---\nsomething else again");
        var mended = await repository.BuildAsync(catalogue);
        Assert.Empty(mended.Problems);
        Assert.Equal("A-2", mended.Documents[1].Id);
    }

    [Theory]
    [InlineData("one", "another", 2)]
    [InlineData("one", "one", 1)]
    [InlineData("---\nid: A\n---\none", "---\nid: A\n---\nanother", 1)]
    [InlineData("---\nid: A\n---\none", "---\nid: B\n---\nanother", 2)]
    public async Task Build_PathThatReturns_IsTheSameDocumentByIdOrTextOnly(string before, string after, int documents)
    {
        using var repository = new TestRepository();
        repository
            .Commit("Start", "a.md", before)
            .Commit("Delete", commit => commit.Delete("a.md"))
            .Commit("Return", "a.md", after);

        var catalogue = await repository.BuildAsync();

        Assert.Equal(documents, catalogue.Documents.Length);
        Assert.Equal(documents == 1 ? "1 2- 3" : "1 2-", CatalogueText.Labels(catalogue.Documents[0]));
    }

    [Fact]
    public async Task Build_SkewedClocks_PublishedNeverGoesBack()
    {
        using var repository = new TestRepository();
        repository
            .Commit("One", commit => commit.Write("a.md", "1").At("2026-05-05 10:00"))
            .Commit("Two", commit => commit.Write("a.md", "2").At("2026-05-01 10:00"))
            .Commit("Three", commit => commit.Write("a.md", "3").At("2026-05-06 10:00"));

        var versions = (await repository.BuildAsync()).Documents[0].Versions;

        Assert.Equal([5, 5, 6], versions.Select(version => version.Published.Day));
        Assert.Equal(CatalogueTestExtensions.Utc(2026, 5, 1, 10), versions[1].Commit.Authored);
    }

    [Fact]
    public async Task Build_Merge_IsOneCommitOfTheLine()
    {
        using var repository = new TestRepository();
        repository
            .Commit("Start", "a.md", "1")
            .Branch("topic")
            .Commit("T1", "b.md", "1", branch: "topic")
            .Commit("T2", "b.md", "2", branch: "topic")
            .Commit("Main", "a.md", "2")
            .Merge("Merge the topic", "topic", change: commit => commit.Write("a.md", "2"));

        var catalogue = await repository.BuildAsync();

        Assert.Equal(3, catalogue.CommitCount);
        var merged = catalogue.Documents.Single(document => document.Path.Value == "b.md");
        Assert.Equal("1", CatalogueText.Labels(merged));
        Assert.Equal("Merge the topic", merged.Versions[0].Commit.Subject);
    }

    [Fact]
    public async Task Build_DeclaredMoments_AreReadFromEveryVersion()
    {
        using var repository = new TestRepository();
        repository
            .Commit("One", "a.md", "---\ntitle: x\neffective: 2026-12-01\n---\n")
            .Commit("Two", "a.md", "---\neffective: \"2026-12-01T08:00:00-06:00\" # then\nrescinded: 2030-01-01\n---\n");

        var versions = (await repository.BuildAsync()).Documents[0].Versions;

        Assert.Equal(new DeclaredMoment(new DateOnly(2026, 12, 1)), versions[0].Effective);
        Assert.Equal(TimeSpan.FromHours(-6), versions[1].Effective!.Value.Offset);
        Assert.Equal("2030-01-01", versions[1].Rescinded.ToString());
    }

    [Fact]
    public async Task Build_OtherFiles_AreKeyedByPathAndTakeTheirDayFromTheTrailer()
    {
        using var repository = new TestRepository();
        repository
            .Commit("Start", commit => commit.Write("library.yml", "a").Write("img/x.svg", "<svg/>").Write(".github/ci.yml", "x"))
            .Commit("Later\n\nEffective: 2026-12-01T00:00:00-06:00", "library.yml", "b")
            .Commit("Move", commit => commit.Move("img/x.svg", "img/y.svg"));

        var catalogue = await repository.BuildAsync();

        var settings = catalogue.Files[LibraryPath.Parse("library.yml")];
        Assert.Equal([null, "2026-12-01T00:00-06:00"], settings.Select(version => version.Effective?.ToString()));
        Assert.Null(catalogue.Files[LibraryPath.Parse("img/x.svg")][^1].Blob);
        Assert.NotNull(catalogue.Files[LibraryPath.Parse("img/y.svg")][^1].Blob);
        Assert.Equal(3, catalogue.Files.Count);
        Assert.Empty(catalogue.Documents);
    }

    [Fact]
    public async Task Build_FolderOfARepository_SeesThatFolderAlone()
    {
        using var repository = new TestRepository();
        repository
            .Commit("Start", commit => commit.Write("docs/a.md", "some text to move\n").Write("src/readme.md", "x").Write("docs2/b.md", "y"))
            .Commit("Code", "src/readme.md", "z")
            .Commit("In and out\n\nChange: minor docs/c.md", commit => commit.Move("docs/a.md", "src/a.md").Write("docs/c.md", "new"));

        var catalogue = await repository.BuildAsync(folder: "docs/");

        Assert.Equal(["a.md", "c.md"], catalogue.Documents.Select(document => document.Path.Value));
        Assert.Equal("1 2-", CatalogueText.Labels(catalogue.Documents[0]));
        Assert.Equal(3, catalogue.CommitCount);
    }

    [Theory]
    [InlineData("effective: 2026-12-01\n", "Fix", null, true)]
    [InlineData("effective: 2026-12-01\n", "Fix\n\nProposal: 3", null, false)]
    [InlineData("effective: 2026-01-01\n", "Fix", null, false)]
    [InlineData("effective: 2026-12-01\n", "Fix", "effective: 2026-12-01\n", false)]
    public async Task Build_OutsideCommitBeforeTheDayOfAVersion_IsReported(string planned, string message, string? again, bool reported)
    {
        using var repository = new TestRepository();
        repository
            .Commit("Now", commit => commit.Write("a.md", "today").At("2026-02-01"))
            .Commit("Then", commit => commit.Write("a.md", $"---\n{planned}---\nthen").At("2026-03-01"))
            .Commit(message, commit => commit.Write("a.md", "today, corrected").At("2026-04-01"));
        if (again is not null)
        {
            repository.Commit("Then again", commit => commit.Write("a.md", $"---\n{again}---\nthen, corrected").At("2026-04-01"));
        }

        var catalogue = await repository.BuildAsync();

        Assert.Equal(reported, catalogue.Problems.Any(problem => problem.Code == "upcoming-cancelled"));
    }

    [Fact]
    public async Task Build_TipAhead_IsABadCommit()
    {
        using var repository = new TestRepository();
        repository.Commit("Ahead", commit => commit.Write("a.md", "1").At("2026-05-05 10:06"));
        using var library = await repository.OpenAsync();
        var now = CatalogueTestExtensions.Utc(2026, 5, 5, 10);

        var ahead = await CatalogueBuilder.BuildAsync(library, repository.Head(), null, now, CancellationToken.None);
        var tolerated = await CatalogueBuilder.BuildAsync(library, repository.Head(), null, now.AddMinutes(1), CancellationToken.None);

        Assert.Equal(repository.Head(), Assert.IsType<CatalogueResult.DatedAhead>(ahead).Commit);
        Assert.IsType<CatalogueResult.Built>(tolerated);
    }

    [Fact]
    public async Task Build_FastForwardThatLeavesTheLine_IsRefused()
    {
        using var repository = new TestRepository();
        repository.Commit("Start", "a.md", "1").Branch("side").Commit("Served", "a.md", "2").Commit("Side", "b.md", "1", branch: "side");
        var served = await repository.BuildAsync();

        // A plain fast-forward of main, whose first parent is the other side.
        repository.Merge("Merge main into side", "main", into: "side").MoveBranch("main", "side");
        var head = repository.Head();
        Assert.Contains(served.Head.Hex, repository.Git("rev-list", head.Hex), StringComparison.Ordinal);
        using var library = await repository.OpenAsync();
        var result = await CatalogueBuilder.BuildAsync(library, head, served, CatalogueTestExtensions.Now, CancellationToken.None);

        Assert.Equal(new CatalogueResult.Refused(served.Head, head), result);
    }

    [Fact]
    public async Task Build_BranchMovedBackOrRewrittenOrCollected_IsRefused()
    {
        using var repository = new TestRepository();
        repository.Commit("Start", "a.md", "1").Branch("before").Commit("Served", "a.md", "2");
        var served = await repository.BuildAsync();
        repository.MoveBranch("main", "before");
        using var library = await repository.OpenAsync();

        var back = await CatalogueBuilder.BuildAsync(library, repository.Head(), served, CatalogueTestExtensions.Now, CancellationToken.None);
        repository.Commit("Rewritten", "a.md", "3").Git("reflog", "expire", "--expire=now", "--all");
        repository.Git("gc", "--quiet", "--prune=now");
        var collected = await CatalogueBuilder.BuildAsync(library, repository.Head(), served, CatalogueTestExtensions.Now, CancellationToken.None);

        Assert.IsType<CatalogueResult.Refused>(back);
        Assert.IsType<CatalogueResult.Refused>(collected);
    }

    [Fact]
    public async Task Build_GitThatDiesAfterSomeCommits_IsNoCatalogue()
    {
        using var repository = new TestRepository();
        repository.Commit("One", "a.md", "1").Commit("Two", "a.md", "2").Flush();
        var program = repository.Beside("git.sh");
        TestProgram.Write(program, "case \"$*\" in *' log '*) git \"$@\" | head -c 200; exit 128;; esac\nexec git \"$@\"\n");
        using var library = await LibrarySource.OpenAsync(
            new LibraryLocation { DataFolder = repository.Beside("data"), Library = repository.Folder }, new GitSettings { Executable = program }, CancellationToken.None);

        await Assert.ThrowsAsync<GitException>(() =>
            CatalogueBuilder.BuildAsync(library, repository.Head(), null, CatalogueTestExtensions.Now, CancellationToken.None));
    }

    [Fact]
    public async Task Build_Sha256Repository_IsReadAsAnyOther()
    {
        using var repository = new TestRepository(format: "sha256");
        repository.Commit("Start", "a.md", "---\nid: X\n---\n").Commit("Change", "a.md", "---\nid: X\n---\n2");

        var document = Assert.Single((await repository.BuildAsync()).Documents);

        Assert.Equal(64, document.Versions[0].Blob!.Value.Hex.Length);
        Assert.Equal("X", document.Id);
    }
}
