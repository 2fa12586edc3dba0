using System.Collections.Immutable;
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
    public static Task<CatalogueResult> BuildAsync(
        LibraryRepository repository, CommitId head, LibraryCatalogue? previous, DateTimeOffset now, CancellationToken cancellation) =>
        BuildAsync(repository, head, previous, null, now, cancellation);

    /// <inheritdoc cref="BuildAsync(LibraryRepository, CommitId, LibraryCatalogue?, DateTimeOffset, CancellationToken)"/>
    /// <param name="holdBack">What is held back; null: nothing is.</param>
    public static async Task<CatalogueResult> BuildAsync(
        LibraryRepository repository, CommitId head, LibraryCatalogue? previous, HoldBack? holdBack, DateTimeOffset now, CancellationToken cancellation)
    {
        // By another rule, or once more is known of a commit that was held, all is walked again.
        var last = previous?.Head;
        if (previous is not null && (!HoldBack.IsOf(holdBack, previous) || await IsConfirmedLateAsync(previous, holdBack, cancellation)))
        {
            previous = null;
        }

        if (previous is not null && previous.Head == head)
        {
            return new CatalogueResult.Built(previous);
        }

        if (await ReadLineAsync(repository, head, previous?.Head, cancellation) is not { } commits
            || (previous is null && last is { } known && commits.All(commit => commit.Id != known)))
        {
            return new CatalogueResult.Refused(last!.Value, head);
        }

        foreach (var commit in commits)
        {
            if (commit.Committed > now + ToleratedSkew)
            {
                return new CatalogueResult.DatedAhead(head, commit.Id, commit.Committed);
            }
        }

        var begins = holdBack is null || previous is not null ? -1 : commits.FindIndex(commit => holdBack.Names(commit.Id));
        if (holdBack is not null && previous is null && begins < 0)
        {
            return new CatalogueResult.NotOnLine(holdBack.After, head);
        }

        var asked = holdBack is null ? [] : commits[(begins + 1)..].ConvertAll(commit => new LineCommit(commit.Id, CommitMessage.Parse(commit.Message).Trailers));
        IReadOnlySet<CommitId>? confirmed = ImmutableHashSet<CommitId>.Empty;
        if (asked.Count > 0 && (confirmed = await holdBack!.Confirm(asked, cancellation)) is null)
        {
            return new CatalogueResult.Unconfirmed(head);
        }

        var held = asked.Select(commit => commit.Id).Where(commit => !confirmed.Contains(commit)).ToHashSet();
        var fields = await ReadFieldsAsync(repository, commits, previous, cancellation);
        var fold = new CatalogueFold(repository.Folder, previous, begins < 0 ? null : commits[begins].Id);
        foreach (var commit in commits)
        {
            cancellation.ThrowIfCancellationRequested();
            fold.Add(commit, fields, held.Contains(commit.Id));
        }

        return new CatalogueResult.Built(fold.Finish(head));
    }

    /// <summary>Whether a commit that was held came through an approval after all: what tells of it may have been away, or come back. Only what names one can.</summary>
    private static async Task<bool> IsConfirmedLateAsync(LibraryCatalogue previous, HoldBack? holdBack, CancellationToken cancellation)
    {
        List<LineCommit> named = [.. (previous.HeldBack?.Commits ?? []).Where(commit => CommitMessage.NamesRevision(commit.Trailers)).Select(commit => new LineCommit(commit.Id, commit.Trailers))];
        return named.Count > 0 && await holdBack!.Confirm(named, cancellation) is { Count: > 0 };
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
        LibraryRepository repository, List<LoggedCommit> commits, LibraryCatalogue? previous, CancellationToken cancellation)
    {
        var fields = new Dictionary<BlobId, VersionFields>();
        var wanted = new List<BlobId>();
        foreach (var held in previous?.HeldBack?.Paths.Values ?? [])
        {
            // What is approved as it stands is in none of the new commits.
            if (held is { Path.IsDocument: true, Blob: { } blob } && fields.TryAdd(blob, default))
            {
                wanted.Add(blob);
            }
        }

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
