using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Tests.Catalogue;

public sealed class ApprovalTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef01234567";

    [Theory]
    [InlineData("Dan Osei <d@x.example> as billing-lead 2026-09-23T14:02:11Z " + Hash, "Dan Osei", "billing-lead", "2026-09-23T14:02:11Z", Hash)]
    [InlineData("Dan Osei <d@x.example> as Head of Billing 2026-09-23T09:02:11-05:00 " + Hash, "Dan Osei", "Head of Billing", "2026-09-23T14:02:11Z", Hash)]
    [InlineData("Dan Osei <d@x.example> as billing-lead", "Dan Osei", "billing-lead", null, null)]
    [InlineData("Dan Osei <d@x.example>", "Dan Osei", null, null, null)]
    [InlineData("Dan Osei <d@x.example> 2026-09-23T14:02:11Z", "Dan Osei", null, "2026-09-23T14:02:11Z", null)]
    [InlineData("Dan Osei", "Dan Osei", null, null, null)]
    [InlineData("<d@x.example> as lead", "<d@x.example> as lead", null, null, null)]
    public void Of_Trailer_ReadsWhatItSays(string written, string name, string? position, string? at, string? hash) => Assert.Equal(
        new Approval(name, position, at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), hash),
        Assert.Single(Approval.Of(Commit(new Trailer("approved-BY", written), new Trailer("Change", "minor x.md")))));

    [Fact]
    public void Of_EndlessTrailer_IsCut() => Assert.Equal(500, Approval.Of(Commit(new Trailer("Approved-by", new string('<', 100_000))))[0].Name.Length);

    [Fact]
    public void PeopleOf_Commit_NamesAuthorProposerAndApprovers() => Assert.Equal(
        ["Ann", "Bob", "Cat"],
        Approval.PeopleOf(Commit(new Trailer("Proposed-by", "Bob <b@x>"), new Trailer("Approved-by", "Cat <c@x> as lead"), new Trailer("Reviewed-by", "Dan <d@x>"))));

    private static PublishedCommit Commit(params Trailer[] trailers) =>
        new(new CommitId(Hash), "Ann", "a@x", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "Subject", "", [.. trailers]);
}
