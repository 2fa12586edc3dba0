using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>Looks whether a revision stands on the published branch already: its publication may have succeeded while nobody could learn of it.</summary>
internal static class PublishedRevision
{
    /// <summary>What a published commit names the revision by that it came from.</summary>
    public const string Trailer = "Proposal-revision";

    /// <summary>Commits looked at, the newest first.</summary>
    private const int MostCommits = 20_000;

    /// <summary>The commits of the published branch since a commit that say they are of a revision and change what it changes, the earliest first; empty: there are none.</summary>
    /// <exception cref="GitException">The repository can't be read.</exception>
    public static async Task<ImmutableArray<CommitId>> FindAsync(LibraryRepository repository, SentRevision revision, CancellationToken cancellation)
    {
        var head = await repository.ReadHeadAsync(cancellation);
        var text = await repository.Git.ReadTextAsync(
            new GitCall
            {
                Arguments =
                [
                    "log", "--first-parent", "--reverse", string.Create(CultureInfo.InvariantCulture, $"--max-count={MostCommits}"),
                    $"--format=%H %(trailers:key={Trailer},valueonly,separator=%x20)", $"{revision.Base}..{head}", "--",
                ],
                Repository = repository.GitDirectory,
            },
            cancellation);
        var found = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(line => line.Length == 2 && line[1] == revision.Commit.Hex).Select(line => new CommitId(line[0])).ToImmutableArray();

        // Whoever can push can write the trailer: it counts where the commits leave what was approved.
        return found.Length == revision.Change.Steps.Length && (await Task.WhenAll(found.Zip(revision.Change.Steps).Select(pair => LeavesAsync(repository, pair.First, pair.Second, cancellation)))).All(leaves => leaves)
            ? found
            : [];
    }

    private static async Task<bool> LeavesAsync(LibraryRepository repository, CommitId commit, ChangeStep step, CancellationToken cancellation) =>
        (await PublishedPaths.MovedAsync(repository, commit, step.Paths.ToDictionary(path => path.Path, path => path.New), cancellation)).IsEmpty;
}
