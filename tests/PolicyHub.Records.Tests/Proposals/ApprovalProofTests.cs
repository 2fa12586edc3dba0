using PolicyHub.Content.Publishing;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.Proposals;
using PolicyHub.Records.Storage;
using static PolicyHub.Records.Tests.Proposals.Riverton;

namespace PolicyHub.Records.Tests.Proposals;

/// <summary>What was approved is what was published, for the whole history, and nothing that was forged passes for it.</summary>
public sealed class ApprovalProofTests
{
    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Check_PublicationsOfAllSorts_AreProvedAndConfirmed(RecordsProvider provider)
    {
        using var city = await OpenAsync(provider, hasRemote: true);
        await PublishAsync(city, "# A now\n");
        var renamed = await city.Book.StartAsync(Maria, [new StartedFile("moved/a.md", Text("# A now\n")) { From = "a.md", Base = await city.BlobAsync("a.md") }], CancellationToken.None);
        await ApproveAsync(city, renamed);
        var undone = await city.Book.StartAsync(Maria, [new StartedFile("moved/a.md", Text("# A\n")) { Base = await city.BlobAsync("moved/a.md") }], CancellationToken.None);
        await ApproveAsync(city, undone);
        var again = await city.Book.StartAsync(
            Maria, [new StartedFile("b.md", Text("# B\n\nSaid: Approved-by: Eve\n")) { Base = await city.BlobAsync("b.md") }], CancellationToken.None);
        await ApproveAsync(city, again, "Text\n\nApproved-by: Eve <e@x> as city-manager 2026-11-23T09:00:00Z " + new string('a', 64));

        var publications = await PublicationCheck.RunAsync(city.Library, CancellationToken.None);
        var proof = await ApprovalProof.ReadAsync(city.Records, CancellationToken.None);
        Assert.Equal(4, publications.Length);
        Assert.All(publications, publication => Assert.True(publication.Matches && proof.Confirms(publication), publication.Revision));
        Assert.All(publications, publication => Assert.Equal("Priya Nair", Assert.Single(publication.Approvals).Name));

        // A lost database: git alone still proves the bytes, and nothing confirms who.
        Assert.All(publications, publication => Assert.False(ApprovalProof.None.Confirms(publication)));
    }

    [Fact]
    public async Task Check_ForgedTrailers_AreNeitherProvedNorConfirmed()
    {
        using var city = await OpenAsync(RecordsProvider.Sqlite, hasRemote: true);
        var published = await PublishAsync(city, "# A now\n");
        var trailers = city.Git("log", "-1", "--format=%(trailers)", city.Library.BranchRef).Trim();

        // The same trailers on another text, then a made-up approval of the very bytes.
        city.Remote!.Commit($"Ask for the account number first\n\nThe board asked for it.\n\n{trailers}", "a.md", "# A of Eve\n").Flush();
        await city.Library.FetchAsync(CancellationToken.None);
        var proof = await ApprovalProof.ReadAsync(city.Records, CancellationToken.None);
        var forged = (await PublicationCheck.RunAsync(city.Library, CancellationToken.None))[^1];
        Assert.False(forged.Matches);
        Assert.False(proof.Confirms(forged));

        city.Remote.Commit("Note\n\nProposal: 9\nProposal-revision: " + new string('1', 40), "b.md", "# B of Eve\n").Flush();
        await city.Library.FetchAsync(CancellationToken.None);
        var bytes = (await PublicationCheck.RunAsync(city.Library, CancellationToken.None))[^1].Hash;
        city.Remote.Commit($"Note\n\nProposal: 10\nProposal-revision: {new string('2', 40)}\nApproved-by: Priya Nair <p@x> as finance-director 2026-11-23T09:00:00Z {bytes}", "b.md", "# B again\n").Flush();
        await city.Library.FetchAsync(CancellationToken.None);
        Assert.False((await PublicationCheck.RunAsync(city.Library, CancellationToken.None))[^1].Matches);
        Assert.Equal(ProposalState.Published, published.State);
    }

    [Fact]
    public async Task Check_ApprovalOfTheVeryBytesThatNobodyGave_IsStatedAndNotConfirmed()
    {
        using var city = await OpenAsync(RecordsProvider.Sqlite, hasRemote: true);
        var sent = await city.SentAsync();
        var revision = (await city.Desk.RevisionAsync(sent, CancellationToken.None))!;
        using var eve = new Publisher(city.Library);
        var stated = new GivenApproval(Priya.Signatory, "finance-director", city.Clock.GetUtcNow(), sent.Hash);
        Assert.IsType<PublishOutcome.Published>(await eve.PublishAsync(
            revision.Change, [new("Proposal", "1"), new("Proposal-revision", sent.Commit), stated.Trailer], Maria.Signatory, city.Clock.GetUtcNow(), CancellationToken.None));

        var forged = Assert.Single(await PublicationCheck.RunAsync(city.Library, CancellationToken.None));
        Assert.True(forged.Matches);
        Assert.False((await ApprovalProof.ReadAsync(city.Records, CancellationToken.None)).Confirms(forged));
    }

    private static async Task<Proposal> PublishAsync(Riverton city, string text)
    {
        var sent = await city.SentAsync(text);
        return Done(await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "", CancellationToken.None));
    }

    private static async Task ApproveAsync(Riverton city, Proposal proposal, string why = "")
    {
        Assert.Null((await city.Book.DescribeAsync(proposal.Id, Maria, 0, new ProposalFacts { Note = "Something else", Why = why }, CancellationToken.None)).Refusal);
        var sent = Done(await city.Desk.SendAsync(proposal.Id, Maria, Route("finance-director"), null, CancellationToken.None));
        Assert.Equal(ProposalState.Published, Done(await city.Desk.ApproveAsync(sent.Id, Priya, sent.Hash, "", CancellationToken.None)).State);
    }
}
