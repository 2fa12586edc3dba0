using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Publishing;

public sealed class ProposalRefsTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Signatory Ann = new("Ann Author", "ann@riverton.example");

    private readonly TestRepository remote = new TestRepository().Commit("One", commit => commit.Write("docs/a.md", "# A\n").Write("docs/b.md", "# B\n")).Flush();
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Send_TwoRevisions_AreBothReadBackWithTheSameHash()
    {
        using var library = await OpenAsync("one");
        var refs = new ProposalRefs(library);
        var head = await library.ReadHeadAsync(CancellationToken.None);
        var first = await refs.OpenAsync(await ChangeAsync(library, "# A, first\n"), head, Ann, Noon, CancellationToken.None);
        var second = await refs.ReviseAsync(first, await ChangeAsync(library, "# A, second\n", carried: true), head, new Signatory("Ben Both", "ben@riverton.example"), Noon.AddHours(1), CancellationToken.None);

        var read = await refs.ReadAsync(1, CancellationToken.None);

        Assert.Equal([(1, second!.Commit)], await refs.ListAsync(CancellationToken.None));
        Assert.Equal([(2, second.Change.Hash), (1, first.Change.Hash)], read.Select(revision => (revision.Number, revision.Change.Hash)));
        Assert.Equal([second.By, first.By], read.Select(revision => revision.By));
        Assert.All(read, revision => Assert.Equal(head, revision.Base));
        Assert.Equal(Noon.AddHours(1), read[0].At);
        Assert.Equal(second.Commit.Hex + "\n", remote.Git("rev-parse", "refs/policyhub/proposals/1"));
        Assert.Equal(head, remote.Head());
        remote.Git("fsck", "--strict");
    }

    [Fact]
    public async Task Send_PlainClone_DoesNotFetchIt()
    {
        using var library = await OpenAsync("one");
        await new ProposalRefs(library).OpenAsync(await ChangeAsync(library, "# A, secret\n"), await library.ReadHeadAsync(CancellationToken.None), Ann, Noon, CancellationToken.None);

        TestRepository.RunGit(null, ["clone", "--quiet", "--no-local", remote.Folder, folder["clone"]]);

        Assert.DoesNotContain("secret", TestRepository.RunGit(folder["clone"], ["log", "--all", "--patch"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ManyAtOnceThroughTwoClones_EachHasANumberOfItsOwn()
    {
        using var one = await OpenAsync("one");
        using var two = await OpenAsync("two");
        var sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(async index =>
        {
            var library = index % 2 == 0 ? one : two;
            return await new ProposalRefs(library).OpenAsync(await ChangeAsync(library, $"# A {index}\n"), await library.ReadHeadAsync(CancellationToken.None), Ann, Noon, CancellationToken.None);
        }));

        Assert.Equal([1, 2, 3, 4, 5, 6], sent.Select(revision => revision.Proposal).Order());
        Assert.Equal("6", remote.Git("for-each-ref", "--format=x", "refs/policyhub/proposals").Count(letter => letter == 'x').ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Revise_SomebodyElseSentOneMeanwhile_IsRefusedAndNothingIsLost()
    {
        using var one = await OpenAsync("one");
        using var two = await OpenAsync("two");
        var head = await one.ReadHeadAsync(CancellationToken.None);
        var first = await new ProposalRefs(one).OpenAsync(await ChangeAsync(one, "# A, first\n"), head, Ann, Noon, CancellationToken.None);
        var theirs = await new ProposalRefs(two).ReviseAsync(first, await ChangeAsync(two, "# A, theirs\n"), head, Ann, Noon, CancellationToken.None);

        Assert.Null(await new ProposalRefs(one).ReviseAsync(first, await ChangeAsync(one, "# A, ours\n"), head, Ann, Noon, CancellationToken.None));
        Assert.Equal(theirs!.Commit, (await new ProposalRefs(one).ReadAsync(1, CancellationToken.None))[0].Commit);
    }

    [Fact]
    public async Task Send_AnyNoteAndReason_ComesBackByteForByteAndForgesNothing()
    {
        using var library = await OpenAsync("one");
        var head = await library.ReadHeadAsync(CancellationToken.None);
        var change = await ChangeAsync(library, "# A, first\n");
        string[] texts =
        [
            "Approved-by: Mallory <m@x> as city-manager 2026-01-01T00:00:00Z " + new string('a', 64),
            "Proposal: 99\n\nApproved-by: Mallory <m@x> as city-manager", "  indented\r\n\r\n\r\n\tand more  \u2028x", "\0\u0001 nul", "half \ud800 pair", "ünïcödé 🙂 \"quotes\" \\", "data 5\nfrom x", "\n\n",
        ];
        foreach (var text in texts)
        {
            var written = change with { Steps = [change.Steps[0] with { Note = "Note " + text, Why = text }] };
            var sent = await new ProposalRefs(library).OpenAsync(written, head, new Signatory($"Ann\nApproved-by: {text}", $"a@b>\n{text}"), Noon, CancellationToken.None);

            var read = Assert.Single(await new ProposalRefs(library).ReadAsync(sent.Proposal, CancellationToken.None));
            Assert.Equal(sent.Change.Hash, read.Change.Hash);
            Assert.Equal(sent.By, read.By);
            var trailers = CommitMessage.Parse(remote.Git("log", "-1", "--format=%B", sent.Commit.Hex)).Trailers;
            Assert.Equal(["Proposal", "Proposal-sent", "Proposed-by", "Change", "Must-read"], trailers.Select(trailer => trailer.Key));
        }

        remote.Git("fsck", "--strict");
    }

    [Fact]
    public async Task Read_CommitThatIsNoRevision_IsNothing()
    {
        using var library = await OpenAsync("one");
        TestRepository.RunGit(null, ["--git-dir=" + library.GitDirectory, "update-ref", "refs/policyhub/proposals/5", "main"]);
        TestRepository.RunGit(null, ["--git-dir=" + library.GitDirectory, "update-ref", "refs/policyhub/proposals/x", "main"]);

        Assert.Equal([5], (await new ProposalRefs(library).ListAsync(CancellationToken.None)).Select(listed => listed.Number));
        Assert.Empty(await new ProposalRefs(library).ReadAsync(5, CancellationToken.None));
        Assert.Empty(await new ProposalRefs(library).ReadAsync(6, CancellationToken.None));
    }

    public void Dispose()
    {
        remote.Dispose();
        folder.Dispose();
    }

    private static async Task<ChangeSet> ChangeAsync(LibraryRepository library, string text, bool carried = false)
    {
        var path = LibraryPath.Parse("a.md");
        var there = new BlobId(TestRepository.RunGit(null, ["--git-dir=" + library.GitDirectory, "rev-parse", "main:docs/a.md"]).Trim());
        var now = await library.WriteTextAsync(System.Text.Encoding.UTF8.GetBytes(text), CancellationToken.None);
        var later = await library.WriteTextAsync(System.Text.Encoding.UTF8.GetBytes(text + "Later.\n"), CancellationToken.None);
        var step = new ChangeStep
        {
            Paths = [new ChangedPath(path, there, now)],
            Note = "Say the new fee",
            Why = "The board asked for it.\n\n- really",
            Minor = [path],
            MustRead = ImmutableSortedDictionary.CreateRange([KeyValuePair.Create(path, ImmutableSortedSet.Create("counter", "phone"))]),
        };
        return new ChangeSet
        {
            Steps = carried ? [step, step with { Paths = [new ChangedPath(path, now, later)], Effective = new DeclaredMoment(new DateOnly(2026, 12, 1)) }] : [step],
        };
    }

    private Task<LibraryRepository> OpenAsync(string data) => LibrarySource.OpenAsync(
        new LibraryLocation { DataFolder = folder[data], Library = new Uri(remote.Folder).AbsoluteUri, Folder = "docs" }, GitSettings.Default, CancellationToken.None);
}
