using PolicyHub.Content.Catalogue;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Propose;

/// <summary>Tells of a text that it was published before it was approved. Only a commit that says so is looked up: nearly none does.</summary>
public sealed class UrgentMark(RecordsKept kept, IServiceProvider services)
{
    /// <summary>Whether a published commit was urgent and has no yes yet; false for every other, and where no records are kept.</summary>
    public async ValueTask<bool> StandsAsync(PublishedCommit commit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return !commit.Trailers.IsEmpty && kept.Are && commit.Trailers.Any(trailer => trailer.Key.Equals("Urgent", StringComparison.OrdinalIgnoreCase))
            && (await services.GetRequiredService<ProposalBook>().OpenAsync(cancellation))
                .Any(proposal => proposal.State is ProposalState.Urgent or ProposalState.TakingBack && proposal.Published.Contains(commit.Id.Hex));
    }
}
