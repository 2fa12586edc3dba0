using System.Collections.Immutable;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>What a publication says of itself, and what its commits really changed.</summary>
/// <param name="Commits">One a step, the earliest first.</param>
/// <param name="Revision">The commit of the revision that it says it came from; empty: it says nothing.</param>
/// <param name="Hash">The hash of what the commits changed and said, computed from them alone.</param>
/// <param name="IsUrgent">It says that it was published before it was approved.</param>
public sealed record CheckedPublication(ImmutableArray<CommitId> Commits, string Revision, string Hash, ImmutableArray<Approval> Approvals, bool IsUrgent)
{
    /// <summary>Whether every approval that it states is for the very bytes that were published.</summary>
    public bool Matches => Approvals.All(approval => approval.ChangeSet == Hash);
}

/// <summary>
/// Computes, from the published commits alone, the hash of what each publication changed, and compares it with the hash that its approvals are for: git
/// tells without any record whether what was approved is what was published. Whether somebody really approved is for the log to say.
/// </summary>
public static class PublicationCheck
{
    /// <summary>Every publication on the published line that names a proposal or states an approval, the earliest first.</summary>
    /// <exception cref="GitException">The repository can't be read.</exception>
    public static async Task<ImmutableArray<CheckedPublication>> RunAsync(LibraryRepository repository, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var head = await repository.ReadHeadAsync(cancellation);
        var text = await repository.Git.ReadTextAsync(
            new GitCall { Arguments = ["log", "--first-parent", "--reverse", "-z", "--format=%H%n%B", head.Hex, "--"], Repository = repository.GitDirectory }, cancellation);
        var found = ImmutableArray.CreateBuilder<CheckedPublication>();
        var open = new List<(CommitId Commit, CommitMessage Message)>();
        foreach (var part in text.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var line = part.IndexOf('\n', StringComparison.Ordinal);
            var commit = (Commit: new CommitId(part[..line]), Message: CommitMessage.Parse(part[(line + 1)..]));
            if (open.Count > 0 && (RevisionOf(commit.Message).Length == 0 || RevisionOf(commit.Message) != RevisionOf(open[0].Message)))
            {
                found.Add(await CheckAsync(repository, open, cancellation));
                open.Clear();
            }

            if (!Approval.Of(commit.Message.Trailers).IsEmpty || RevisionOf(commit.Message).Length > 0)
            {
                open.Add(commit);
            }
        }

        if (open.Count > 0)
        {
            found.Add(await CheckAsync(repository, open, cancellation));
        }

        return found.ToImmutable();
    }

    private static async Task<CheckedPublication> CheckAsync(LibraryRepository repository, List<(CommitId Commit, CommitMessage Message)> commits, CancellationToken cancellation)
    {
        var steps = ImmutableArray.CreateBuilder<ChangeStep>();
        foreach (var (commit, _) in commits)
        {
            if (await RevisionReader.StepOfAsync(repository, commit, cancellation) is { } step)
            {
                steps.Add(step);
            }
        }

        // What can't be read as ours stands for nothing: a hash that nothing has.
        var last = commits[^1].Message;
        return new CheckedPublication(
            [.. commits.Select(commit => commit.Commit)],
            RevisionOf(last),
            steps.Count == commits.Count ? new ChangeSet { Steps = steps.ToImmutable() }.Hash : "",
            Approval.Of(last.Trailers),
            Values(last, "Urgent").Any());
    }

    private static string RevisionOf(CommitMessage message) => Values(message, PublishedRevision.Trailer).FirstOrDefault() ?? "";

    private static IEnumerable<string> Values(CommitMessage message, string key) =>
        message.Trailers.Where(trailer => trailer.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(trailer => trailer.Value);
}
