using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>Reads a revision back from the commits that keep it: with them alone a proposal survives the loss of every record.</summary>
public static partial class RevisionReader
{
    private const string Sent = "Proposal-sent";

    /// <summary>What tells that a commit is a step of a revision, beside what the step says itself.</summary>
    internal static IEnumerable<Trailer> Trailers(int proposal, int revision, int step, int steps, Signatory by) =>
    [
        new("Proposal", proposal.ToString(CultureInfo.InvariantCulture)),
        new(Sent, string.Create(CultureInfo.InvariantCulture, $"revision {revision} step {step} of {steps}")),
        new("Proposed-by", by.ToString()),
    ];

    /// <summary>A revision by its last commit, and the revision before it; null: it is none.</summary>
    internal static async Task<(SentRevision Revision, CommitId? Before)?> ReadAsync(LibraryRepository repository, CommitId last, CancellationToken cancellation)
    {
        var steps = new List<ChangeStep>();
        var commit = last;
        var (proposal, revision, wanted) = (0, 0, 1);
        CommitId? before = null;
        Signatory? by = null;
        var at = default(DateTimeOffset);
        for (var left = wanted; left > 0; left--)
        {
            if (await LogAsync(repository, commit, cancellation) is not { } logged
                || Trailer(logged.Message, Sent) is not { } sent || Place().Match(sent) is not { Success: true } place
                || Trailer(logged.Message, "Proposal") is not { } number
                || Number(place, "of") is not (>= 1 and <= ChangeSet.MostSteps))
            {
                return null;
            }

            if (steps.Count == 0)
            {
                (proposal, revision, wanted) = (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0, Number(place, "revision"), Number(place, "of"));
                (before, by, at, left) = (logged.Before, logged.By, logged.At, wanted);
            }

            if (Number(place, "step") != left || Number(place, "of") != wanted || Number(place, "revision") != revision)
            {
                return null;
            }

            steps.Insert(0, await StepAsync(repository, logged, cancellation));
            commit = logged.Parent;
        }

        var change = new ChangeSet { Steps = [.. steps] };
        return change.Fault is null ? (new SentRevision(proposal, revision, last, commit, change, by!, at), before) : null;
    }

    /// <summary>What one commit of the published line changed and says; null: it has no one parent.</summary>
    public static async Task<ChangeStep?> StepOfAsync(LibraryRepository repository, CommitId commit, CancellationToken cancellation) =>
        await LogAsync(repository, commit, cancellation) is { Before: null } logged ? await StepAsync(repository, logged, cancellation) : null;

    private static async Task<ChangeStep> StepAsync(LibraryRepository repository, Logged logged, CancellationToken cancellation) => new()
    {
        Paths = await WithApprovedAsync(repository, logged, await PathsAsync(repository, logged, cancellation), cancellation),
        Note = logged.Message.Subject,
        Why = logged.Message.Body,
        Effective = CommitMessage.EffectiveOf(logged.Message.Trailers),
        Minor = [.. CommitMessage.MinorPaths(logged.Message.Trailers).Where(path => LibraryPath.TryParse(path, out _)).Select(LibraryPath.Parse)],
        MustRead = CommitMessage.MustReadOf(logged.Message.Trailers),
    };

    /// <summary>What it changed, and what it only approves, which no difference of trees shows.</summary>
    private static async Task<ImmutableArray<ChangedPath>> WithApprovedAsync(
        LibraryRepository repository, Logged logged, ImmutableArray<ChangedPath> changed, CancellationToken cancellation)
    {
        var named = CommitMessage.ApprovesOf(logged.Message.Trailers).Except(changed.Select(path => path.Path));
        return named.IsEmpty
            ? changed
            : [.. changed, .. (await PublishedPaths.BlobsAsync(repository, logged.Commit, named, cancellation)).Select(there => new ChangedPath(there.Path, there.Blob, there.Blob))];
    }

    private static async Task<ImmutableArray<ChangedPath>> PathsAsync(LibraryRepository repository, Logged logged, CancellationToken cancellation)
    {
        var text = await repository.Git.ReadTextAsync(
            new GitCall
            {
                Arguments = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--full-index", logged.Parent.Hex, logged.Commit.Hex, "--"],
                Repository = repository.GitDirectory,
            },
            cancellation);
        var paths = ImmutableArray.CreateBuilder<ChangedPath>();
        var parts = text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        for (var index = 0; index + 1 < parts.Length; index += 2)
        {
            // :OLDMODE NEWMODE OLD NEW STATUS, then the path.
            if (parts[index].Split(' ') is [_, _, var old, var now, _] && repository.PathInLibrary(parts[index + 1]) is { } path)
            {
                paths.Add(new ChangedPath(path, Blob(old), Blob(now)));
            }
        }

        return paths.ToImmutable();
    }

    private static BlobId? Blob(string name) => name.All(digit => digit == '0') ? null : new BlobId(name);

    private static async Task<Logged?> LogAsync(LibraryRepository repository, CommitId commit, CancellationToken cancellation)
    {
        var text = await repository.Git.ReadTextAsync(
            new GitCall { Arguments = ["log", "--max-count=1", "-z", "--format=%H%x00%P%x00%an%x00%ae%x00%ct%x00%B", commit.Hex, "--"], Repository = repository.GitDirectory }, cancellation);
        if (text.Split('\0') is not [var id, var parents, var name, var address, var date, var message, ..]
            || parents.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var parent, ..] all || all.Length > 2
            || !long.TryParse(date, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return null;
        }

        return new Logged(
            new CommitId(id), new CommitId(parent), all.Length == 2 ? new CommitId(all[1]) : null, new Signatory(name, address), DateTimeOffset.FromUnixTimeSeconds(seconds), CommitMessage.Parse(message));
    }

    private static string? Trailer(CommitMessage message, string key) =>
        message.Trailers.FirstOrDefault(trailer => trailer.Key.Equals(key, StringComparison.OrdinalIgnoreCase))?.Value;

    private static int Number(Match match, string group) =>
        int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^revision (?<revision>\d{1,6}) step (?<step>\d) of (?<of>\d)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    private sealed record Logged(CommitId Commit, CommitId Parent, CommitId? Before, Signatory By, DateTimeOffset At, CommitMessage Message);
}
