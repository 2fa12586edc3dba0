using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>What came of building a catalogue. Only the first kind may be served; with the others the last good one stays.</summary>
public abstract record CatalogueResult
{
    private CatalogueResult()
    {
    }

    public sealed record Built(LibraryCatalogue Catalogue) : CatalogueResult;

    /// <summary>
    /// The head served before does not lie on the first-parent line of the new one: published history was rewritten, be it by an
    /// ordinary fast-forward.
    /// </summary>
    public sealed record Refused(CommitId Served, CommitId Offered) : CatalogueResult;

    /// <summary>A commit is dated more than five minutes ahead, which would publish it, and all after it, in the future.</summary>
    public sealed record DatedAhead(CommitId Offered, CommitId Commit, DateTimeOffset Dated) : CatalogueResult;

    /// <summary>The commit after which commits are held back is not on the line.</summary>
    public sealed record NotOnLine(string After, CommitId Offered) : CatalogueResult;

    /// <summary>Which commits came through an approval can't be said now.</summary>
    public sealed record Unconfirmed(CommitId Offered) : CatalogueResult;
}
