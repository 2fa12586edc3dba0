using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Catalogue;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>
/// The only door to the published branch: a compare-and-set on paths. Every path must still hold the text that the change is based on; the new
/// tree is that of the tip with the approved entries put in, as commits with one parent each; the branch moves to them at once or not at all.
/// With a remote the push is what publishes. No merge is computed here.
/// </summary>
public sealed class Publisher(LibraryRepository repository) : IDisposable
{
    /// <summary>How often it is begun anew because the branch moved meanwhile, without touching our paths.</summary>
    private const int MostTries = 8;

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Publishes a change set, one commit a step.</summary>
    /// <param name="trailers">What every commit of it says beside what its step says: the proposal, who proposed and who approved.</param>
    /// <param name="author">Who wrote it.</param>
    /// <param name="at">Now. A commit is never dated before the one that it stands on.</param>
    /// <returns>What became of it; a failure of git or of the remote is <see cref="PublishOutcome.NotNow"/>, and then nothing is published.</returns>
    /// <exception cref="ArgumentException">The change set is none, by its own <see cref="ChangeSet.Fault"/>.</exception>
    /// <exception cref="InvalidOperationException">Nothing can be published in this repository.</exception>
    public async Task<PublishOutcome> PublishAsync(ChangeSet change, ImmutableArray<Trailer> trailers, Signatory author, DateTimeOffset at, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Fault is { } fault)
        {
            throw new ArgumentException(fault, nameof(change));
        }

        if (!repository.CanPublish)
        {
            throw new InvalidOperationException("A library that is only read can't be published to.");
        }

        await turn.WaitAsync(cancellation);
        try
        {
            for (var tries = 1; ; tries++)
            {
                if (await TryAsync(change, trailers, author, at, isLast: tries == MostTries, cancellation) is { } outcome)
                {
                    return outcome;
                }
            }
        }
        catch (GitException failure)
        {
            return new PublishOutcome.NotNow(failure.Message);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The paths of a change that no longer hold, on the published branch, what the change is based on; and the commit at which that was seen.</summary>
    /// <exception cref="GitException">The repository or its remote can't be read.</exception>
    public async Task<(ImmutableArray<LibraryPath> Moved, CommitId Head)> FindMovedAsync(ChangeSet change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        await repository.FetchAsync(cancellation);
        var head = await repository.ReadHeadAsync(cancellation);
        return (await PublishedPaths.MovedAsync(repository, head, change.Bases, cancellation), head);
    }

    /// <summary>The commits that published a revision, one a step; empty: it is not published.</summary>
    /// <exception cref="GitException">The repository or its remote can't be read.</exception>
    public async Task<ImmutableArray<CommitId>> FindPublishedAsync(SentRevision revision, CancellationToken cancellation)
    {
        await repository.FetchAsync(cancellation);
        return await PublishedRevision.FindAsync(repository, revision, cancellation);
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Null: the branch moved meanwhile, and it is to be tried again.</summary>
    private async Task<PublishOutcome?> TryAsync(
        ChangeSet change, ImmutableArray<Trailer> trailers, Signatory author, DateTimeOffset at, bool isLast, CancellationToken cancellation)
    {
        await repository.FetchAsync(cancellation);
        var head = await repository.ReadHeadAsync(cancellation);
        if (await PublishedPaths.MovedAsync(repository, head, change.Bases, cancellation) is { IsEmpty: false } moved)
        {
            return new PublishOutcome.Moved(moved);
        }

        await using var stream = new CommitStream(repository);
        var date = await DateAfterAsync(head, at, cancellation);
        foreach (var step in change.Steps)
        {
            stream.Add(head, step.Paths, CommitText.Of(step.Note, step.Why, [.. trailers, .. step.Trailers]), author, date);
        }

        var tip = await stream.WriteAsync(cancellation);
        try
        {
            // From here on it is not called off half way: whoever sent it learns what became of it.
            var (landed, refusal) = await LandAsync(head, tip, CancellationToken.None);
            if (landed || refusal is not null)
            {
                return landed ? new PublishOutcome.Published(await CommitsAsync(head, tip, CancellationToken.None)) : new PublishOutcome.NotNow(refusal!);
            }
        }
        catch (GitException lost)
        {
            return new PublishOutcome.NotNow(lost.Message, tip);
        }

        return isLast ? new PublishOutcome.NotNow("Somebody else changes the library at this moment; try it once more.") : null;
    }

    /// <summary>Moves the branch from one commit to another. It may no longer have stood there, or the remote would not have it, and says why.</summary>
    /// <exception cref="GitException">What became of it could not be asked.</exception>
    private async Task<(bool Landed, string? Refusal)> LandAsync(CommitId from, CommitId to, CancellationToken cancellation)
    {
        if (repository.Access is not { } access)
        {
            return (await RefTransaction.MoveAsync(repository, repository.BranchRef, from, to, cancellation), null);
        }

        try
        {
            await RefTransaction.PushAsync(repository, access, repository.BranchRef, from, to, cancellation);
        }
        catch (GitException refused)
        {
            // The answer may have been lost on its way, or somebody else was faster: only the remote knows.
            await repository.FetchAsync(cancellation);
            var head = await repository.ReadHeadAsync(cancellation);
            return (await PublishedLine.HoldsAsync(repository, head, to, cancellation), head == from ? refused.Message : null);
        }

        await RefTransaction.MoveAsync(repository, repository.BranchRef, from, to, cancellation);
        return (true, null);
    }

    /// <summary>Now, or the date of the commit that it stands on where that is later: dates never run backwards on the line.</summary>
    private async Task<DateTimeOffset> DateAfterAsync(CommitId head, DateTimeOffset at, CancellationToken cancellation)
    {
        var text = await repository.Git.ReadTextAsync(
            new GitCall { Arguments = ["log", "--max-count=1", "--format=%ct", head.Hex, "--"], Repository = repository.GitDirectory }, cancellation);
        return long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > at.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : at;
    }

    private async Task<ImmutableArray<CommitId>> CommitsAsync(CommitId from, CommitId to, CancellationToken cancellation) =>
    [
        .. (await repository.Git.ReadTextAsync(
            new GitCall { Arguments = ["rev-list", "--reverse", "--first-parent", $"{from}..{to}", "--"], Repository = repository.GitDirectory }, cancellation))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new CommitId(line.Trim())),
    ];
}
