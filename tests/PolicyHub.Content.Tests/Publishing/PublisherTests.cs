using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Publishing;

public sealed class PublisherTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Signatory Ann = new("Ann Author", "ann@riverton.example");
    private static readonly ImmutableArray<Trailer> Trailers = [new("Proposal", "7")];

    private readonly TestRepository remote = new TestRepository().Commit("One", commit => commit.Write("a.md", "# A\n").Write("b.md", "# B\n").Write("folder/c.md", "# C\n")).Flush();
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_ApprovedEntries_StandOnTheTipWithOneParentAndNothingElseTouched(bool hasRemote)
    {
        using var library = await OpenAsync("one", hasRemote);
        var before = Git(library, "rev-parse", "main").Trim();
        var published = Assert.IsType<PublishOutcome.Published>(await PublishAsync(library, Step(
            await ChangeAsync(library, "a.md", "# A now\n"), await ChangeAsync(library, "new/d.md", "# D\n"), await ChangeAsync(library, "b.md", null))));

        var tip = Assert.Single(published.Commits);
        Assert.Equal($"{tip} {before}\n", Git(library, "rev-list", "--parents", "--max-count=1", "main"));
        Assert.Equal("D\tb.md\nM\ta.md\nA\tnew/d.md\n".Split('\n').Order(StringComparer.Ordinal), Git(library, "diff", "--name-status", before, "main").Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal("Ann Author <ann@riverton.example> PolicyHub Ask for the account number first\n\nThe board asked for it.\n\nProposal: 7\nChange: minor a.md\n", Git(library, "log", "-1", "--format=%an <%ae> %cn %B", "main").TrimEnd() + "\n");
        Assert.Equal("", Git(library, "for-each-ref", "refs/policyhub/work"));
        Git(library, "fsck", "--strict");
        if (hasRemote)
        {
            Assert.Equal(tip, remote.Head());
        }
    }

    [Fact]
    public async Task Publish_BaseHasMoved_WritesNothingAndNamesThePaths()
    {
        using var library = await OpenAsync("one", hasRemote: true);
        var (a, b) = (await ChangeAsync(library, "a.md", "# A now\n"), await ChangeAsync(library, "b.md", "# B now\n"));
        remote.Commit("Outside", "a.md", "# A of others\n").Flush();
        var head = remote.Head();

        Assert.Equal(["a.md"], Assert.IsType<PublishOutcome.Moved>(await PublishAsync(library, Step(a, b))).Paths.Select(path => path.Value));
        Assert.Equal(head, remote.Head());
    }

    [Fact]
    public async Task Publish_OtherPathsHaveMoved_GoesOnTopOfThem()
    {
        using var library = await OpenAsync("one", hasRemote: true);
        var a = await ChangeAsync(library, "a.md", "# A now\n");
        remote.Commit("Outside", "b.md", "# B of others\n").Flush();

        Assert.IsType<PublishOutcome.Published>(await PublishAsync(library, Step(a)));
        Assert.Equal("# A now\n# B of others\n", remote.Git("show", "main:a.md") + remote.Git("show", "main:b.md"));
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("a.md/below.md")]
    public async Task Publish_FileWhereAFolderStandsOrBelowAFile_IsMovedAndNotWritten(string path)
    {
        using var library = await OpenAsync("one", hasRemote: false);
        var text = await library.WriteTextAsync("# New\n"u8.ToArray(), CancellationToken.None);

        Assert.IsType<PublishOutcome.Moved>(await PublishAsync(library, Step(new ChangedPath(LibraryPath.Parse(path), null, text))));
    }

    [Fact]
    public async Task Publish_CorrectionWithTheUpcomingText_IsTwoCommitsInThatOrder()
    {
        using var library = await OpenAsync("one", hasRemote: false);
        var today = await ChangeAsync(library, "a.md", "# A, corrected\n");
        var upcoming = new ChangedPath(today.Path, today.New, await library.WriteTextAsync("# A of December, corrected\n"u8.ToArray(), CancellationToken.None));
        var december = new DeclaredMoment(new DateOnly(2026, 12, 1));
        var change = new ChangeSet
        {
            Steps = [Step(today).Steps[0], Step(upcoming).Steps[0] with { Note = "Carry the correction into December", Effective = december }],
        };

        var published = Assert.IsType<PublishOutcome.Published>(await PublishAsync(library, change));
        Assert.Equal(2, published.Commits.Length);
        Assert.Equal("# A, corrected\n", Git(library, "show", published.Commits[0] + ":a.md"));
        Assert.Equal("# A of December, corrected\n", Git(library, "show", "main:a.md"));
        Assert.Contains("\nEffective: 2026-12-01\n", Git(library, "log", "-1", "--format=%B", "main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_ManyAtOnceThroughTwoClones_AllStandOnOneLine()
    {
        using var one = await OpenAsync("one", hasRemote: true);
        using var two = await OpenAsync("two", hasRemote: true);
        using var publisherOne = new Publisher(one);
        using var publisherTwo = new Publisher(two);
        var changes = await Task.WhenAll(Enumerable.Range(0, 6).Select(async index =>
            (Library: index % 2 == 0 ? publisherOne : publisherTwo, Change: Step(await ChangeAsync(index % 2 == 0 ? one : two, $"n{index}.md", $"# {index}\n")))));

        var outcomes = await Task.WhenAll(changes.Select(each => each.Library.PublishAsync(each.Change, Trailers, Ann, Noon, CancellationToken.None)));

        Assert.All(outcomes, outcome => Assert.IsType<PublishOutcome.Published>(outcome));
        Assert.Equal("7\n", remote.Git("rev-list", "--count", "--first-parent", "main"));
        remote.Git("fsck", "--strict");
    }

    [Fact]
    public async Task Publish_OneTextChangedTwiceAtOnce_OneIsPublishedAndTheOtherMoved()
    {
        using var library = await OpenAsync("one", hasRemote: false);
        using var publisher = new Publisher(library);
        var changes = await Task.WhenAll(Enumerable.Range(0, 4).Select(index => ChangeAsync(library, "a.md", $"# A {index}\n")));

        var outcomes = await Task.WhenAll(changes.Select(change => publisher.PublishAsync(Step(change), Trailers, Ann, Noon, CancellationToken.None)));

        Assert.Single(outcomes.OfType<PublishOutcome.Published>());
        Assert.Equal(3, outcomes.OfType<PublishOutcome.Moved>().Count());
    }

    [Fact]
    public async Task Publish_RemoteRefusesOrIsGone_SaysSoAndPublishesNothing()
    {
        using var library = await OpenAsync("one", hasRemote: true);
        var change = Step(await ChangeAsync(library, "a.md", "# A now\n"));
        var hook = Path.Combine(remote.GitDirectory, "hooks", "pre-receive");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        await File.WriteAllTextAsync(hook, "#!/bin/sh\necho no >&2\nexit 1\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Null(Assert.IsType<PublishOutcome.NotNow>(await PublishAsync(library, change)).InDoubt);
        File.Delete(hook);

        Directory.Move(remote.Folder, remote.Folder + ".away");
        Assert.IsType<PublishOutcome.NotNow>(await PublishAsync(library, change));
        Directory.Move(remote.Folder + ".away", remote.Folder);

        Assert.Equal("1\n", remote.Git("rev-list", "--count", "main"));
        Assert.IsType<PublishOutcome.Published>(await PublishAsync(library, change));
    }

    [Fact]
    public async Task Publish_ClockBehindTheLibrary_IsNotDatedBeforeWhatItStandsOn()
    {
        using var library = await OpenAsync("one", hasRemote: true);
        using var publisher = new Publisher(library);
        await publisher.PublishAsync(Step(await ChangeAsync(library, "a.md", "# A now\n")), Trailers, Ann, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), CancellationToken.None);

        Assert.Equal("2026-01-05\n2026-01-05\n", remote.Git("log", "--format=%cs", "main"));
    }

    [Fact]
    public async Task Publish_LibraryThatIsOnlyRead_IsRefused()
    {
        using var library = await LibrarySource.OpenAsync(new LibraryLocation { DataFolder = folder["data"], Library = remote.Folder }, GitSettings.Default, CancellationToken.None);
        Assert.False(library.CanPublish);
        await Assert.ThrowsAsync<InvalidOperationException>(() => PublishAsync(library, Step(new ChangedPath(LibraryPath.Parse("a.md"), null, new BlobId(new string('a', 40))))));
    }

    public void Dispose()
    {
        remote.Dispose();
        folder.Dispose();
    }

    internal static ChangeSet Step(params ChangedPath[] paths) => new()
    {
        Steps =
        [
            new ChangeStep
            {
                Paths = [.. paths],
                Note = "Ask for the account number first",
                Why = "The board asked for it.",
                Minor = paths is [{ Path.Value: "a.md" }, _, _] ? [paths[0].Path] : [],
            },
        ],
    };

    private static async Task<PublishOutcome> PublishAsync(LibraryRepository library, ChangeSet change)
    {
        using var publisher = new Publisher(library);
        return await publisher.PublishAsync(change, Trailers, Ann, Noon, CancellationToken.None);
    }

    private static async Task<ChangedPath> ChangeAsync(LibraryRepository library, string path, string? text)
    {
        var there = Git(library, "ls-tree", "--format=%(objectname)", "main", "--", path).Trim();
        return new ChangedPath(
            LibraryPath.Parse(path),
            there.Length > 0 ? new BlobId(there) : null,
            text is null ? null : await library.WriteTextAsync(System.Text.Encoding.UTF8.GetBytes(text), CancellationToken.None));
    }

    private static string Git(LibraryRepository library, params string[] arguments) => TestRepository.RunGit(null, ["--git-dir=" + library.GitDirectory, .. arguments]);

    private Task<LibraryRepository> OpenAsync(string data, bool hasRemote) => LibrarySource.OpenAsync(
        new LibraryLocation { DataFolder = folder[data], Library = hasRemote ? new Uri(remote.Folder).AbsoluteUri : null, StarterFolder = Starter() }, GitSettings.Default, CancellationToken.None);

    private string Starter() => folder.Write("starter/library.yml", "name: Test\n").Write("starter/a.md", "# A\n\nText.\n").Write("starter/b.md", "# B\n").Write("starter/folder/c.md", "# C\n")["starter"];
}
