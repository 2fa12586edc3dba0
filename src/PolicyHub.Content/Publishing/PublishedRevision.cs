using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>Looks whether a revision stands on the published branch already: its publication may have succeeded while nobody could learn of it.</summary>
public static class PublishedRevision
{
    /// <summary>What a published commit names the revision by that it came from.</summary>
    public const string Trailer = "Proposal-revision";

    /// <summary>Commits looked at, the newest first.</summary>
    private const int MostCommits = 20_000;

    /// <summary>Commits that name one revision; more are not looked at.</summary>
    private const int MostNamed = 64;

    /// <summary>The commits of the published branch since a commit that say they are of a revision and change exactly what it changes, the earliest first; empty: there are none.</summary>
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

        return await FindAsync(repository, found, revision.Change.Hash, revision.Change.Steps.Length, cancellation);
    }

    /// <summary>
    /// Of commits that say they are of one revision, in the order of the line, the first ones in a row that change exactly what a hash is for; empty: none do. Whoever can push
    /// can write the trailer, before ours and after it, and put more into such a commit.
    /// </summary>
    /// <param name="steps">How many it takes; 0: that is not known.</param>
    public static async Task<ImmutableArray<CommitId>> FindAsync(LibraryRepository repository, ImmutableArray<CommitId> named, string hash, int steps, CancellationToken cancellation)
    {
        var read = new List<ChangeStep?>();
        foreach (var commit in named.Take(MostNamed))
        {
            read.Add(await RevisionReader.StepOfAsync(repository, commit, cancellation));
        }

        for (var first = 0; first < read.Count; first++)
        {
            for (var length = Math.Max(1, steps); length <= (steps > 0 ? steps : ChangeSet.MostSteps) && first + length <= read.Count; length++)
            {
                var part = read.GetRange(first, length);
                if (!part.Contains(null) && new ChangeSet { Steps = [.. part.OfType<ChangeStep>()] }.Hash == hash)
                {
                    return named.Slice(first, length);
                }
            }
        }

        return [];
    }
}
