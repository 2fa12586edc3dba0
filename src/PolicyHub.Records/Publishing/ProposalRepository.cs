using PolicyHub.Content.Git;
using PolicyHub.Content.Publishing;
using PolicyHub.Records.Proposals;

namespace PolicyHub.Records.Publishing;

/// <summary>The repository that is served, with what publishes to it and what keeps there what was sent; opened anew where another one is served.</summary>
/// <param name="library">The repository; fails where there is none that can be published to.</param>
internal sealed class ProposalRepository(Func<LibraryRepository> library) : IDisposable
{
    private readonly Lock opening = new();
    private (LibraryRepository Repository, Publisher Publisher, ProposalRefs Refs)? open;

    /// <exception cref="GitException">There is none that can be published to.</exception>
    public (LibraryRepository Repository, Publisher Publisher, ProposalRefs Refs) Open()
    {
        lock (opening)
        {
            var repository = library();
            if (open is not { } opened || !ReferenceEquals(opened.Repository, repository))
            {
                open = opened = (repository, new Publisher(repository), new ProposalRefs(repository));
            }

            return opened;
        }
    }

    /// <summary>The revision that a proposal was sent as last, from git; null: it is not there, or is not what its row says.</summary>
    /// <exception cref="GitException">The repository can't be read.</exception>
    public async Task<SentRevision?> RevisionAsync(Proposal proposal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        if (proposal.Number is not { } number)
        {
            return null;
        }

        var (_, _, refs) = Open();
        var found = (await refs.ReadAsync(number, cancellation)).FirstOrDefault(revision => revision.Commit.Hex == proposal.Commit);
        if (found is null)
        {
            // Another process may have sent it.
            await refs.FetchAsync(cancellation);
            found = (await refs.ReadAsync(number, cancellation)).FirstOrDefault(revision => revision.Commit.Hex == proposal.Commit);
        }

        return found?.Change.Hash == proposal.Hash ? found : null;
    }

    public void Dispose()
    {
        open?.Publisher.Dispose();
        open?.Refs.Dispose();
    }
}
