using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Catalogue;

/// <summary>Builds the catalogue of a library from its history, or extends one by what came since; both give the same.</summary>
public static class CatalogueBuilder
{
    /// <summary>A text larger than this is a version like any other, but its front matter is not looked at.</summary>
    public const int LargestText = 2 * 1024 * 1024;

    internal static readonly TimeSpan ToleratedSkew = TimeSpan.FromMinutes(5);

    /// <param name="repository">The library.</param>
    /// <param name="head">The head of the published branch.</param>
    /// <param name="previous">The catalogue served before, of the same library; null at the first time.</param>
    /// <param name="now">Against which a date counts as ahead.</param>
    /// <exception cref="GitException">git failed or took too long.</exception>
    public static async Task<CatalogueResult> BuildAsync(
        LibraryRepository repository, CommitId head, LibraryCatalogue? previous, DateTimeOffset now, CancellationToken cancellation)
    {
        if (previous is not null && previous.Head == head)
        {
            return new CatalogueResult.Built(previous);
        }

        if (await ReadLineAsync(repository, head, previous?.Head, cancellation) is not { } commits)
        {
            return new CatalogueResult.Refused(previous!.Head, head);
        }

        foreach (var commit in commits)
        {
            if (commit.Committed > now + ToleratedSkew)
            {
                return new CatalogueResult.DatedAhead(head, commit.Id, commit.Committed);
            }
        }

        var fields = await ReadFieldsAsync(repository, commits, cancellation);
        var fold = new CatalogueFold(repository.Folder, previous);
        foreach (var commit in commits)
        {
            cancellation.ThrowIfCancellationRequested();
            fold.Add(commit, fields);
        }

        return new CatalogueResult.Built(fold.Finish(head));
    }

    /// <summary>The new commits, oldest first; null when the head served before is not on their line.</summary>
    private static async Task<List<LoggedCommit>?> ReadLineAsync(
        LibraryRepository repository, CommitId head, CommitId? served, CancellationToken cancellation)
    {
        if (served is not { } known)
        {
            return await HistoryLog.ReadAsync(repository, head, null, cancellation);
        }

        try
        {
            // Walking down the line stops exactly at the served head when it is on it; the oldest commit seen then names it as its first parent.
            var commits = await HistoryLog.ReadAsync(repository, head, known, cancellation);
            return commits.Count > 0 && commits[0].FirstParent == known.Hex ? commits : null;
        }
        catch (GitException)
        {
            if (await ExistsAsync(repository, known, cancellation) || !await ExistsAsync(repository, head, cancellation))
            {
                throw;
            }

            // The served head was collected after the branch had left it.
            return null;
        }
    }

    private static async Task<bool> ExistsAsync(LibraryRepository repository, CommitId commit, CancellationToken cancellation) =>
        await repository.Git.RunAsync(
            new GitCall { Arguments = ["cat-file", "-e", $"{commit.Hex}^{{commit}}"], Repository = repository.GitDirectory, Answers = [1, 128] },
            cancellation) == 0;

    private static async Task<Dictionary<BlobId, VersionFields>> ReadFieldsAsync(
        LibraryRepository repository, List<LoggedCommit> commits, CancellationToken cancellation)
    {
        var fields = new Dictionary<BlobId, VersionFields>();
        var wanted = new List<BlobId>();
        foreach (var commit in commits)
        {
            foreach (var change in commit.Documents)
            {
                if (change.To is not null && fields.TryAdd(change.Blob, default))
                {
                    wanted.Add(change.Blob);
                }
            }
        }

        // git unpacks the next texts in its own process while we read the front matter of this one.
        await repository.Blobs.ReadEachAsync(
            wanted, LargestText, (index, text) => fields[wanted[index]] = VersionFieldsReader.Read(text), cancellation);
        return fields;
    }
}
