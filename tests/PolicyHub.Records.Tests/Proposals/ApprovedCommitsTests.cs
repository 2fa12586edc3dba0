using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Storage;
using static PolicyHub.Records.Tests.Proposals.Riverton;

namespace PolicyHub.Records.Tests.Proposals;

/// <summary>Which commits of the line the records say were approved, at every moment of a publication, and however somebody writes what a commit says of itself.</summary>
public sealed class ApprovedCommitsTests
{
    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Confirm_PublicationsUrgentOnesAndWhatTookThemBack_AreConfirmed(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider, hasRemote: true);
        await PublishAsync(city, "# A now\n");
        var urgent = await city.WriteAsync("# A at once\n");
        var published = Done(await city.Desk.PublishUrgentAsync(urgent.Id, Maria, "billing-lead", "A main broke", TimeSpan.FromHours(4), Route("finance-director"), null, CancellationToken.None));
        Assert.Equal(ProposalState.TakenBack, Done(await city.Desk.RejectAsync(urgent.Id, Priya, published.Hash, "No", CancellationToken.None)).State);

        Assert.Equal("# A now\n", city.Published("a.md"));
        Assert.Equal(3, (await LineAsync(city)).Count);
        Assert.Empty(await HeldAsync(city));
    }

    [Fact]
    public async Task Confirm_PublicationWhoseAnswerWasLost_IsConfirmedAtOnceAndOnce()
    {
        using var city = await OpenAsync(RecordsProvider.Sqlite, hasRemote: true);
        var (proposal, revision, trailers) = await ApprovedAsync(city);

        // Somebody was faster with the name of the revision, and with the approved text and more.
        await PushAsync(city, "Note\n\nProposal-revision: " + revision.Commit, "c.md", "# C\n");
        using var other = new Publisher(city.Library);
        Assert.IsType<PublishOutcome.Published>(await other.PublishAsync(revision.Change, trailers, Maria.Signatory, city.Clock.GetUtcNow(), CancellationToken.None));
        Assert.Equal("c.md", Assert.Single(await ChangedAsync(city)));

        // As the desk of another process finds it; from then on the log names it, and no copy passes for it.
        Assert.Equal(ProposalState.Published, Assert.Single(await city.Desk.ContinueAsync(CancellationToken.None)).State);
        Assert.Equal("c.md", Assert.Single(await ChangedAsync(city)));
        await PushAsync(city, "Undo", "a.md", "# A\n");
        Assert.IsType<PublishOutcome.Published>(await other.PublishAsync(revision.Change, trailers, Maria.Signatory, city.Clock.GetUtcNow(), CancellationToken.None));
        Assert.Equal(["c.md", "a.md", "a.md"], await ChangedAsync(city));
        Assert.Equal(proposal.Hash, (await city.FindAsync(proposal.Id)).Hash);
    }

    [Fact]
    public async Task Confirm_ApprovedTextWithMoreInTheSameCommit_IsHeldAndNotTakenForThePublication()
    {
        using var city = await OpenAsync(RecordsProvider.Sqlite, hasRemote: true);
        var (proposal, revision, trailers) = await ApprovedAsync(city);
        var more = revision.Change with { Steps = [revision.Change.Steps[0] with { Paths = [.. revision.Change.Steps[0].Paths, new ChangedPath(Content.LibraryPath.Parse("c.md"), null, revision.Change.Steps[0].Paths[0].New)] }] };
        using var eve = new Publisher(city.Library);
        Assert.IsType<PublishOutcome.Published>(await eve.PublishAsync(more, trailers, Maria.Signatory, city.Clock.GetUtcNow(), CancellationToken.None));

        Assert.Single(await HeldAsync(city));
        await city.Desk.ContinueAsync(CancellationToken.None);
        Assert.Equal(ProposalState.Returned, (await city.FindAsync(proposal.Id)).State);
        Assert.Single(await HeldAsync(city));
    }

    [Fact]
    public async Task Confirm_RevisionThatWasOnlySentOrWasHandedBack_IsHeld()
    {
        using var city = await OpenAsync(RecordsProvider.Sqlite, hasRemote: true);
        var sent = await city.SentAsync();
        var revision = (await city.Desk.RevisionAsync(sent, CancellationToken.None))!;
        using var eve = new Publisher(city.Library);
        var stated = new GivenApproval(Priya.Signatory, "finance-director", city.Clock.GetUtcNow(), sent.Hash);
        await eve.PublishAsync(revision.Change, [new("Proposal-revision", sent.Commit), stated.Trailer], Maria.Signatory, city.Clock.GetUtcNow(), CancellationToken.None);
        Assert.Single(await HeldAsync(city));
    }

    [Fact]
    public async Task Confirm_TakesBackOfWhatNobodyTookBack_IsHeld()
    {
        using var city = await OpenAsync(RecordsProvider.Sqlite, hasRemote: true);
        var urgent = await city.WriteAsync("# A at once\n");
        var published = Done(await city.Desk.PublishUrgentAsync(urgent.Id, Maria, "billing-lead", "A main broke", TimeSpan.FromHours(4), Route("finance-director"), null, CancellationToken.None));
        await PushAsync(city, "Taken back\n\nTakes-back: " + published.Commit, "a.md", "# A\n");

        Assert.Single(await HeldAsync(city));
    }

    [Fact]
    public async Task Confirm_TakenBackWhileNobodyCouldLearnOfIt_IsConfirmed()
    {
        using var city = await OpenAsync(RecordsProvider.Sqlite, hasRemote: true);
        var urgent = await city.WriteAsync("# A at once\n");
        var published = Done(await city.Desk.PublishUrgentAsync(urgent.Id, Maria, "billing-lead", "A main broke", TimeSpan.FromHours(4), Route("finance-director"), null, CancellationToken.None));
        var remote = city.Remote!.Folder;
        Directory.Move(remote, remote + ".away");
        await city.Desk.RejectAsync(urgent.Id, Priya, published.Hash, "No", CancellationToken.None);
        Assert.Equal(ProposalState.TakingBack, (await city.FindAsync(urgent.Id)).State);
        Directory.Move(remote + ".away", remote);

        // What the desk would have published, by a process that ended before it could say so; a text of its own beside it is none of it.
        await PushAsync(city, "Taken back: it\n\nTakes-back: " + published.Commit, "a.md", "# A\n");
        Assert.Empty(await HeldAsync(city));
        await PushAsync(city, "Taken back: it\n\nTakes-back: " + published.Commit, "b.md", "# B of Eve\n");
        Assert.Single(await HeldAsync(city));
    }

    [Fact]
    public async Task Confirm_ApprovedAsItStands_ProvesTheBytesByGitAlone()
    {
        using var city = await OpenAsync(RecordsProvider.Sqlite, hasRemote: true);
        await PushAsync(city, "From outside", "a.md", "# A of Olga\n");
        var blob = await city.BlobAsync("a.md");
        var taken = await city.Book.StartAsync(Maria, [new StartedFile("a.md", Text("# A of Olga\n")) { Base = blob, Origin = blob, IsOutside = true }], CancellationToken.None, [Priya.Id]);
        await city.Book.DescribeAsync(taken.Id, Maria, 0, new ProposalFacts { Note = "As it came" }, CancellationToken.None);
        var sent = Done(await city.Desk.SendAsync(taken.Id, Maria, Route("finance-director", "city-manager"), null, CancellationToken.None));

        // Whoever wrote it can't approve it.
        Assert.IsType<ProposalOutcome.Refused>(await city.Desk.ApproveAsync(taken.Id, Priya, sent.Hash, "", CancellationToken.None));
        var again = await city.Book.StartAsync(Maria, [new StartedFile("a.md", Text("# A of Olga\n")) { Base = blob, Origin = blob, IsOutside = true }], CancellationToken.None);
        await city.Book.DescribeAsync(again.Id, Maria, 0, new ProposalFacts { Note = "As it came" }, CancellationToken.None);
        sent = Done(await city.Desk.SendAsync(again.Id, Maria, Route("finance-director"), null, CancellationToken.None));
        Assert.Equal(ProposalState.Published, Done(await city.Desk.ApproveAsync(again.Id, Priya, sent.Hash, "", CancellationToken.None)).State);

        Assert.Equal(["a.md"], await ChangedAsync(city));
        var publication = Assert.Single(await PublicationCheck.RunAsync(city.Library, CancellationToken.None));
        Assert.True(publication.Matches);
        Assert.Equal(sent.Hash, publication.Hash);
        Assert.True((await ApprovalProof.ReadAsync(city.Records, CancellationToken.None)).Confirms(publication));
    }

    [Fact]
    public async Task Confirm_RecordsAway_SaysThatItCannot()
    {
        using var city = await OpenAsync(RecordsProvider.Sqlite, hasRemote: true);
        await PublishAsync(city, "# A now\n");
        var nowhere = new RecordsFactory(RecordsLocation.OfFile(city.Records.Folder["nowhere/none.db"]));

        Assert.Null(await new ApprovedCommits(nowhere).ConfirmAsync(city.Library, await LineAsync(city), CancellationToken.None));
    }

    private static async Task PublishAsync(Riverton city, string text)
    {
        var sent = await city.SentAsync(text);
        Done(await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "", CancellationToken.None));
    }

    /// <summary>A change with its last yes, which could not be published: the remote was away.</summary>
    private static async Task<(Proposal Proposal, SentRevision Revision, ImmutableArray<Trailer> Trailers)> ApprovedAsync(Riverton city)
    {
        var sent = await city.SentAsync();
        var revision = (await city.Desk.RevisionAsync(sent, CancellationToken.None))!;
        var remote = city.Remote!.Folder;
        Directory.Move(remote, remote + ".away");
        await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "", CancellationToken.None);
        Directory.Move(remote + ".away", remote);
        Assert.Equal(ProposalState.Approved, (await city.FindAsync(sent.Id)).State);
        return (sent, revision, [new("Proposal", "1"), new("Proposal-revision", sent.Commit), new GivenApproval(Priya.Signatory, "finance-director", city.Clock.GetUtcNow(), sent.Hash).Trailer]);
    }

    private static async Task PushAsync(Riverton city, string message, string path, string text)
    {
        var clone = city.Records.Folder["clone-" + Guid.NewGuid().ToString("N")];
        Testing.TestRepository.RunGit(null, ["clone", "--quiet", city.Remote!.Folder, clone]);
        await File.WriteAllTextAsync(Path.Combine(clone, path), text);
        Testing.TestRepository.RunGit(clone, ["add", "--all"]);
        Testing.TestRepository.RunGit(clone, ["commit", "--quiet", "-m", message]);
        Testing.TestRepository.RunGit(clone, ["push", "--quiet", "origin", "HEAD:main"]);
        await city.Library.FetchAsync(CancellationToken.None);
    }

    /// <summary>All but the first commit.</summary>
    private static Task<List<LineCommit>> LineAsync(Riverton city) => Task.FromResult(city.Git("log", "--first-parent", "--reverse", "-z", "--format=%H%n%B", city.Library.BranchRef)
        .Split('\0', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(part => new LineCommit(new CommitId(part[..part.IndexOf('\n', StringComparison.Ordinal)]), CommitMessage.Parse(part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..]).Trailers)).ToList());

    /// <summary>Those that are not confirmed, by somebody who reads the log for the first time and by somebody who asked before.</summary>
    private static async Task<List<CommitId>> HeldAsync(Riverton city)
    {
        var (line, asked) = (await LineAsync(city), new ApprovedCommits(city.Records));
        await asked.ConfirmAsync(city.Library, line[..1], CancellationToken.None);
        var confirmed = (await asked.ConfirmAsync(city.Library, line, CancellationToken.None))!;
        Assert.True(confirmed.SetEquals((await new ApprovedCommits(city.Records).ConfirmAsync(city.Library, line, CancellationToken.None))!));
        return [.. line.Select(commit => commit.Id).Where(commit => !confirmed.Contains(commit))];
    }

    /// <summary>What the commits that are held changed.</summary>
    private static async Task<List<string>> ChangedAsync(Riverton city) =>
        [.. (await HeldAsync(city)).SelectMany(commit => city.Git("diff-tree", "-r", "--no-commit-id", "--name-only", commit.Hex).Split('\n', StringSplitOptions.RemoveEmptyEntries))];
}
